// Words that the page brings with places in them, {like this}, and what goes there: days, moments, spans, masks.

import { clockTime } from "../shared/parts";

const MASK = "***";
const DAY = 24 * 3_600_000; // milliseconds
const UNITS = [["day", DAY], ["hour", 3_600_000], ["minute", 60_000], ["second", 1000]] as const;

/** Gives words with their places filled. */
export function filled(words: string | undefined, places: Readonly<Record<string, string | number>>): string {
  return (words ?? "").replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place));
}

function locale(): string {
  return document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
}

/** Writes a day such as 2026-11-25 in words. */
export function dayInWords(day: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`));
}

/** Gives the day before; a period's end is half open, and people count its last day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
}

/** Writes an instant as a clock in China shows it, with its day unless it is today. */
export function momentInWords(at: number, now: number): string {
  const [day = "", time = ""] = clockTime(at, now).split(" ");
  return time ? `${dayInWords(day)} ${time}` : day;
}

/** Writes a span of time in its largest unit: 3 minutes. */
export function spanInWords(span: number): string {
  const [unit, length] = UNITS.find(([, least]) => Math.abs(span) >= least) ?? UNITS[3];
  const amount = Math.round(Math.abs(span) / length);
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

/** Keeps the first letter of each part of a name: M***, A*** M***. The twin of mask_name in rongka/proofing. */
export function maskedName(name: string): string {
  return name.normalize("NFC").replace(/([^\s,·])([\u0300-\u036f]*)[^\s,·]*/gu, (_part, first: string, marks: string) => first + marks + MASK);
}

/** Keeps the ends of a number: 2024***0017. The twin of mask_number in rongka/credential. */
export function maskedNumber(number: string): string {
  const characters = [...number]; // whole ones, as Python counts them
  const start = characters.length >= 12 ? 4 : 1;
  if (characters.length <= start + 4) return MASK;
  return [...characters.slice(0, start), MASK, ...characters.slice(-4)].join("");
}

/** Hides a value altogether. */
export function masked(): string {
  return MASK;
}
