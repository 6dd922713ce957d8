// Keeps a part of a page fresh while it is looked at: asks for the page again every 30 seconds and puts the part in place.

export {}; // a module, so that its names are its own

const EVERY = 30_000; // milliseconds: what an inspector's scanner sent is here within a minute

if (document.querySelector("[data-fresh]") !== null) {
  window.setInterval(() => void refresh(), EVERY);
  document.addEventListener("visibilitychange", () => void refresh());
}

async function refresh(): Promise<void> {
  if (document.hidden) return;
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    const part = document.querySelector("[data-fresh]");
    const fresh = answer.querySelector("[data-fresh]");
    if (!response.ok || response.redirected || part === null || fresh === null) return;
    if (part.innerHTML !== fresh.innerHTML) part.replaceChildren(...fresh.childNodes);
  } catch {
    // Offline for a moment: what was known stays.
  }
}
