// The page for when there is no network: stands in for the wallet's pages and fills itself in with what is kept here.

import type { CardClaims } from "../shared/claims";
import { part } from "../shared/parts";
import { CodePage } from "./code_page";
import { claimsOf } from "./credential";
import { fillFace } from "./face";
import { kept, whenChanged } from "./kept";
import { type Surroundings, showStrips, strip } from "./shell";
import { obstacle } from "./standing";
import { type KeptState, lastKnown, refresh } from "./state";
import { dayInWords, filled } from "./words";

// By the end of the address. The page's own address is asked for when there is a network but no sign-in.
const PLACES: ReadonlyArray<readonly [string, string]> = [
  ["/wallet/", "steps"], ["/code/", "code"], ["/offline/", "code"], ["/licence/", "licence"], ["/services/", "services"],
]; // prettier-ignore

const SETTLED = 500; // milliseconds; a reload at a flicker would call somebody back who is just leaving the page

let isOpen = false; // whether the licence view shows its details

export async function startOffline(root: HTMLElement, around: Surroundings): Promise<void> {
  const place = PLACES.find(([end]) => location.pathname.endsWith(end))?.[1] ?? "other";
  nameTheTime(around, place);
  keepThePage();
  prepareEye(root);
  for (const section of root.querySelectorAll<HTMLElement>("[data-place]")) section.hidden = section.dataset["place"] !== place;
  if (place === "code") {
    root.hidden = false;
    await new CodePage(part(root, "[data-wallet-code]"), around).start();
    return;
  }
  whenChanged(() => void fill(root));
  await fill(root);
  root.hidden = false;
}

/** Says how old the page is, and how it gets newer. */
function nameTheTime(around: Surroundings, place: string): void {
  const isHere = location.pathname.endsWith("/offline/");
  const show = () => {
    strip(around.root, "offline").hidden = isHere && navigator.onLine;
    strip(around.root, "signed-out").hidden = !(isHere && navigator.onLine);
  };
  show();
  window.addEventListener("offline", show);
  window.addEventListener("online", () => {
    window.setTimeout(() => void backOnline(around, isHere || place === "code").then(show), SETTLED);
  });
}

/** A page is loaded anew; a code that somebody may be reading just now stays. */
async function backOnline(around: Surroundings, stays: boolean): Promise<void> {
  if (!navigator.onLine) return; // it was there for a moment only
  const last = await lastKnown();
  if (!stays) location.reload();
  else if (last !== undefined) await refresh(around.state, last.holder, last.state.card).catch(() => undefined);
  await showStrips(around);
}

/** Links and tabs know only the page's own address, which nobody sees; the way out of the wallet needs a network. */
function keepThePage(): void {
  const [, here = "", rest = ""] = /^\/([^/]+)(\/.*)$/.exec(location.pathname) ?? [];
  part<HTMLAnchorElement>(document, ".rk-brand").href = `/${here}/wallet/`;
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".rk-language a")) {
    const [, other = here] = /^\/([^/]+)\//.exec(link.pathname) ?? [];
    link.href = `/${other}${rest}${location.hash}`;
    void hideUnlessKept(link, `/${other}/wallet/`);
  }
  for (const tab of document.querySelectorAll<HTMLAnchorElement>(".rk-tabs a")) {
    const isCurrent = tab.pathname === location.pathname || (tab.pathname.endsWith("/code/") && /\/(licence|offline)\/$/.test(rest));
    if (isCurrent) tab.setAttribute("aria-current", "page");
  }
}

/** Without a network the other language is there only if its pages were opened once. */
async function hideUnlessKept(link: HTMLElement, room: string): Promise<void> {
  if (navigator.onLine) return;
  link.hidden = (await navigator.serviceWorker?.getRegistration(room)) === undefined;
}

function prepareEye(root: HTMLElement): void {
  part(root, "[data-eye]").addEventListener("click", () => {
    isOpen = !isOpen;
    void fill(root);
  });
}

async function fill(root: HTMLElement): Promise<void> {
  const last = await lastKnown();
  const device = await kept("devices", last?.state.card ?? "").catch(() => undefined);
  const claims = claimsOf(device);
  fillProblems(root, last, claims);
  fillLicence(root, claims);
  fillSteps(root, last, obstacle({ claims, last, now: Date.now() }) === undefined);
  fillServices(root, last);
}

function fillProblems(root: HTMLElement, last: KeptState | undefined, claims: CardClaims | undefined): void {
  const why = obstacle({ claims, last, now: Date.now() });
  const expired = part(root, "[data-screen=expired] .rk-notice__title").textContent ?? "";
  const reason = why === "expired" ? expired : (last?.state.reason ?? "");
  for (const problem of root.querySelectorAll<HTMLElement>("[data-problem]")) {
    problem.hidden = why !== "expired" && why !== "held";
    const words = part(problem, "[data-problem-reason]");
    words.textContent = reason;
    if (why === "held") words.lang = last?.language ?? "";
  }
}

function fillLicence(root: HTMLElement, claims: CardClaims | undefined): void {
  part(root, "[data-has-card]").hidden = claims === undefined;
  part(root, "[data-no-card]").hidden = claims !== undefined;
  if (claims === undefined) return;
  fillFace(root, claims, isOpen);
  const eye = part(root, "[data-eye]");
  eye.textContent = eye.dataset[isOpen ? "hide" : "show"] ?? "";
}

function fillSteps(root: HTMLElement, last: KeptState | undefined, hasCode: boolean): void {
  const turn = part(root, "[data-has-steps]");
  turn.hidden = last === undefined;
  part(root, "[data-no-steps]").hidden = last !== undefined;
  if (last === undefined) return;
  const { done, of, since, title, turn: whose } = last.state.steps;
  const count = part(turn, "[data-count]");
  count.textContent = filled(count.dataset["count"], { done, total: of });
  const who = part(turn, "[data-steps=turn]");
  if (title === null) who.textContent = who.dataset["done"] ?? "";
  else write(who, whose ?? title, last.language);
  write(part(turn, "[data-steps=title]"), whose ? (title ?? "") : "", last.language);
  part(turn, "[data-code-link]").hidden = !hasCode;
  const from = part(turn, "[data-since]");
  from.textContent = since ? filled(from.dataset["since"], { day: dayInWords(since) }) : "";
}

function fillServices(root: HTMLElement, last: KeptState | undefined): void {
  const day = last?.state.residence;
  part(root, "[data-residence]").hidden = !day;
  if (day) part(root, "[data-residence-day]").textContent = dayInWords(day);
}

/** Writes words that the server made, perhaps on a page in the other language. */
function write(place: HTMLElement, text: string, language: string): void {
  place.textContent = text;
  place.lang = language;
}
