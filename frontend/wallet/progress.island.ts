// The page that waits for the system: asks again every two seconds and puts the answer in place, without a reload.

const EVERY = 2000; // milliseconds; the system needs about one second

const waiting = document.querySelector<HTMLElement>("[data-progress]");
if (waiting !== null) window.setTimeout(() => void ask(waiting), EVERY);

async function ask(section: HTMLElement): Promise<void> {
  try {
    const response = await fetch(section.dataset["address"] ?? location.href);
    if (response.redirected) {
      location.assign(response.url);
      return;
    }
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = answer.querySelector<HTMLElement>("[data-progress]");
    if (response.ok && fresh !== null && fresh.dataset["progress"] !== section.dataset["progress"]) {
      section.replaceChildren(...fresh.childNodes);
      section.dataset["progress"] = fresh.dataset["progress"];
    }
  } catch {
    // Offline for a moment; the next try may succeed.
  }
  if (section.dataset["progress"] !== "active") window.setTimeout(() => void ask(section), EVERY);
}
