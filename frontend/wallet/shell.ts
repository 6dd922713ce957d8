// What every page of the wallet does: keeps the shell for when there is no network, asks how the card stands, says when
// the clock is wrong, and leaves nothing behind at the sign-out.

import { part } from "../shared/parts";
import { lastKnown, purge, refresh } from "./state";
import { allKept, whenChanged } from "./kept";
import { clockOf, daysSince, isLongAgo } from "./standing";
import { filled, momentInWords, spanInWords } from "./words";

const ASK_EVERY = 5 * 60_000; // milliseconds; a card that is suspended disappears from an open page within minutes

/** What the server wrote on the page. */
export interface Surroundings {
  readonly root: HTMLElement;
  /** Who is signed in; empty when nobody is. */
  readonly holder: string;
  readonly csrf: string;
  readonly state: string;
  readonly worker: string;
}

/** Reads what the server wrote on the page. */
export function surroundings(root: HTMLElement): Surroundings {
  const { holder = "", csrf = "", state = "", worker = "" } = root.dataset;
  return { root, holder, csrf, state, worker };
}

/** Starts what all pages have in common; nothing of it may keep the page from working. */
export async function startShell(around: Surroundings): Promise<void> {
  keepShell(around.worker);
  purgeAtSignOut();
  if (around.holder) {
    await purge(around.holder).catch(() => undefined); // whoever was here before
    askNowAndThen(around);
  } else {
    await offerKeptCard(around.root);
  }
  whenChanged(() => void showStrips(around));
  await showStrips(around);
}

function keepShell(worker: string): void {
  if (!worker || !("serviceWorker" in navigator)) return;
  // Private windows and some settings refuse; then there is no wallet without a network, and all else works.
  navigator.serviceWorker.register(worker).catch(() => undefined);
}

function askNowAndThen({ state, holder }: Surroundings): void {
  const ask = () => void (document.hidden ? undefined : refresh(state, holder).catch(() => undefined));
  ask();
  window.setInterval(ask, ASK_EVERY);
  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", ask);
}

/** On the sign-in: says that this phone shows its card all the same. */
async function offerKeptCard(root: HTMLElement): Promise<void> {
  const devices = await allKept("devices").catch(() => []);
  if (!devices.some(({ token }) => token.length > 0) || document.querySelector("[data-kept-wallet]")) return;
  const link = part<HTMLAnchorElement>(root, "[data-kept-link]");
  link.hash = location.hash; // an inspector's challenge survives the way through the sign-in
  strip(root, "kept").hidden = false;
}

function purgeAtSignOut(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.action.endsWith("/wallet/sign-out/")) return;
    event.preventDefault();
    void purge().catch(() => undefined).finally(() => form.submit());
  });
}

/** Says above the page what the holder should know of clock and network. */
export async function showStrips({ root }: Surroundings): Promise<void> {
  const last = await lastKnown();
  if (last === undefined) return;
  const now = Date.now();
  const clock = clockOf(last, now);
  for (const kind of ["fast", "slow", "set-back"]) strip(root, kind).hidden = kind !== clock;
  for (const place of root.querySelectorAll<HTMLElement>("[data-off]")) {
    place.textContent = filled(place.dataset["off"], { time: spanInWords(last.ahead) });
  }
  for (const place of root.querySelectorAll<HTMLElement>("[data-as-of]")) {
    place.textContent = filled(place.dataset["asOf"], { time: momentInWords(last.at - last.ahead, now) });
  }
  const days = part(root, "[data-strip=connect] [data-days]");
  days.textContent = filled(days.dataset["days"], { days: daysSince(last, now), most: last.state.hide_days });
  strip(root, "connect").hidden = !isLongAgo(last, now);
}

/** Gives one of the lines above the page. */
export function strip(root: HTMLElement, kind: string): HTMLElement {
  return part(root, `[data-strip="${kind}"]`);
}
