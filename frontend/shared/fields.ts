// Reading single claims: each is of one type, within limits, or a `FormatError`.
// The twin of rongka/credential/fields.py.

import type { Bytes } from "./bytes";
import { FormatError } from "./errors";
import type { CborKey, CborMap, CborValue } from "./strict_cbor";

const MAX_TEXT = 200; // characters of one field; the longest registered company names have about 100
export const LAST_MOMENT = 253_370_764_800; // seconds; the year 9999
const CHINA = 8 * 3_600_000; // milliseconds; one zone, no summer time since 1991
// Neither control, format, surrogate, private nor unassigned characters, nor other spaces than the plain one.
// Characters that are not yet assigned in the two planes of Han characters can only become Han characters: rare names
// must not depend on the age of the browser.
const PRINTABLE = /^(?:[^\p{C}\p{Z}]| |[\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}])+$/u;

/** Gives a required text; texts that UTF-16 makes shorter are byte strings of UTF-16BE. */
export function text(claims: CborMap, key: CborKey): string {
  const value = claims.get(key);
  if (value instanceof Uint8Array) return checkedText(utf16(value));
  if (typeof value !== "string") throw new FormatError(`claim ${key} is missing or no text`);
  return checkedText(value);
}

/** Gives a text, or undefined when there is no such claim. */
export function optionalText(claims: CborMap, key: CborKey): string | undefined {
  return claims.has(key) ? text(claims, key) : undefined;
}

/** Gives `value` when it is 1 to 200 printable characters without spaces at its ends. */
export function checkedText(value: string): string {
  if ([...value].length > MAX_TEXT || !PRINTABLE.test(value) || value.startsWith(" ") || value.endsWith(" ")) {
    throw new FormatError("a text that is empty, too long or has characters that cannot be shown");
  }
  return value;
}

/** Reads UTF-16BE; a half pair stays as it is and cannot be shown. */
function utf16(data: Uint8Array): string {
  if (data.length % 2) throw new FormatError("half a character");
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  return Array.from({ length: data.length / 2 }, (_, at) => String.fromCharCode(view.getUint16(2 * at))).join("");
}

/** Gives a required whole number from 0 to `most`. */
export function wholeNumber(claims: CborMap, key: CborKey, most = LAST_MOMENT): number {
  const value = claims.get(key);
  if (typeof value !== "number" || value < 0 || value > most) {
    throw new FormatError(`claim ${key} is missing or no number in range`);
  }
  return value;
}

/** Gives a required byte string of `least` to `most` bytes. */
export function octets(claims: CborMap, key: CborKey, least: number, most: number): Bytes {
  const value = claims.get(key);
  if (!(value instanceof Uint8Array) || value.length < least || value.length > most) {
    throw new FormatError(`claim ${key} is missing or no bytes of the right length`);
  }
  return value;
}

/** Gives a required map. */
export function mapping(claims: CborMap, key: CborKey): CborMap {
  return asMap(claims.get(key));
}

/** Gives a value that must be a map. */
export function asMap(value: CborValue | undefined): CborMap {
  if (!(value instanceof Map)) throw new FormatError("no map where one must be");
  return value as CborMap;
}

/** Gives a required NumericDate (RFC 8392, 2), whole seconds only, as milliseconds of the epoch. */
export function moment(claims: CborMap, key: CborKey): number {
  return wholeNumber(claims, key) * 1000;
}

/** Gives a moment that may be missing. */
export function optionalMoment(claims: CborMap, key: CborKey): number | undefined {
  return claims.has(key) ? moment(claims, key) : undefined;
}

/** Gives the day in China of an instant in milliseconds, as `2027-12-31`. */
export function dayInChina(at: number): string {
  return new Date(at + CHINA).toISOString().slice(0, 10);
}

/** Gives the first instant of a day in China, in milliseconds of the epoch. */
export function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - CHINA;
}
