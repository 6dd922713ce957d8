// The verdict on the screen: a panel, what to do, and the rows of a card that was verified. Words come from the page's
// templates; what is a name, an employer or a number comes from the code, and only of a verdict that has claims.

import { type CardClaims, type NoticeClaims } from "../shared/claims";
import { midnight } from "../shared/fields";
import { made, part } from "../shared/parts";
import type { VerdictReason } from "../shared/reasons";
import type { Verdict, VerdictKind } from "../shared/verdict";

const DAY = 86_400_000;
const HAN = /\p{Script=Han}/u;
/** Each kind feels different in the hand, so that nobody has to look (milliseconds on, off, on ...). */
const VIBRATIONS: Readonly<Record<VerdictKind, readonly number[]>> = {
  valid: [80],
  check: [80, 80, 80],
  not_valid: [350, 120, 350],
  not_our_code: [30, 60, 30, 60, 30],
};

type Claims = CardClaims | NoticeClaims;

/** Puts a verdict into the section `data-screen="verdict"`, whose templates stand in `root`. */
export function showVerdict(root: HTMLElement, { kind, reason, also, claims }: Verdict): void {
  const panel = made(root, kind);
  part(panel, "h1").tabIndex = -1; // takes the focus, so that it is read out first
  // "Valid: valid" would say it twice.
  if (reason.code !== "code.valid") part(panel, ".rk-verdict").append(inBoth(root, "reason", reason.text));
  part(root, "[data-panel]").replaceChildren(panel);
  part(root, "[data-advice]").replaceChildren(
    inBoth(root, "next-step", reason.nextStep),
    ...also.map((one) => inBoth(root, "also", one.text)),
  );
  part(root, "[data-rows]").replaceChildren(...(claims === undefined ? [] : [rows(root, claims)]));
  part(root, "[data-reason-code]").textContent = reason.code;
}

/** Says the verdict without words, where the device can. */
export function vibrate(kind: VerdictKind): void {
  navigator.vibrate?.([...VIBRATIONS[kind]]);
}

/** Fills a template that has a place for each language. */
export function inBoth(root: HTMLElement, name: string, { zh, en }: VerdictReason["text"]): DocumentFragment {
  return made(root, name, { zh, en });
}

/** Fills the table of the claims; lines that this document does not have are taken out. */
function rows(root: HTMLElement, claims: Claims): DocumentFragment {
  const table = made(root, "rows");
  const values = valuesOf(claims);
  for (const place of table.querySelectorAll<HTMLElement>("[data-field]")) {
    const value = values[place.dataset["field"] ?? ""];
    if (value === undefined) place.closest(".govuk-summary-list__row")?.remove();
    else if (place.dataset["field"] === "category") place.append(made(root, `category-${value}`));
    else if (place.dataset["field"] === "valid_until") place.append(lastDay(root, value));
    else write(place, value);
  }
  return table;
}

function valuesOf(claims: Claims): Readonly<Record<string, string | undefined>> {
  const shared = {
    employer: claims.employerName,
    post: claims.post,
    valid_until: claims.validUntil,
    name_viz: claims.nameViz,
    name_mrz: claims.nameMrz,
    nationality: claims.nationality,
    passport: claims.passportMasked,
    category: claims.category,
  };
  if (claims.document === "notice") return { ...shared, notice_number: claims.noticeNumber };
  return { ...shared, name_zh: claims.nameZh, work_place: claims.workPlace, permit_number: claims.permitNumber };
}

function write(place: HTMLElement, value: string): void {
  place.textContent = value;
  // What people typed is read out in its own language; names and numbers are marked by the page as not to be translated.
  if (place.translate) place.lang = HAN.test(value) ? "zh-Hans" : "en";
}

/** The period is half open; on a screen its last day counts. */
function lastDay(root: HTMLElement, until: string): DocumentFragment {
  const last = midnight(until) - DAY;
  return made(root, "day", { zh: dayIn("zh-CN", last), en: dayIn("en-GB", last) });
}

function dayIn(language: string, at: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "Asia/Shanghai" }).format(at);
}
