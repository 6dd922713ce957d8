// Base45 (RFC 9285), strict: two bytes are three characters, little end first. The twin of rongka/credential/base45.py.

import type { Bytes } from "./bytes";
import { FormatError } from "./errors";

export const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
export const MAX_CHARACTERS = 8192; // a QR code holds 4,296 alphanumeric characters (ISO/IEC 18004, table 7)

const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((character, value) => [character, value]));

/** Gives the text of any bytes. */
export function encode(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += 2) {
    const first = data[at] ?? 0;
    const second = data[at + 1];
    const value = second === undefined ? first : first * 256 + second;
    text += ALPHABET.charAt(value % 45) + ALPHABET.charAt(Math.floor(value / 45) % 45);
    if (second !== undefined) text += ALPHABET.charAt(Math.floor(value / 2025));
  }
  return text;
}

/** Gives the bytes of a text; throws `FormatError` for anything else, lower case included. */
export function decode(text: string): Bytes {
  if (text.length > MAX_CHARACTERS) throw new FormatError("text is longer than any QR code");
  if (text.length % 3 === 1) throw new FormatError("a length that no bytes encode to");
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 ? 1 : 0));
  let to = 0;
  for (let at = 0; at < text.length; at += 3) {
    const pair = valueAt(text, at) + 45 * valueAt(text, at + 1);
    const whole = at + 2 < text.length;
    const value = whole ? pair + 2025 * valueAt(text, at + 2) : pair;
    // RFC 9285, 4.2: a triple above 65535 is no encoding of two bytes, nor a pair above 255 of one.
    if (value > (whole ? 0xffff : 0xff)) throw new FormatError("a group that encodes no bytes");
    if (whole) bytes[to++] = value >> 8;
    bytes[to++] = value & 0xff;
  }
  return bytes;
}

function valueAt(text: string, at: number): number {
  const value = VALUES.get(text.charAt(at));
  if (value === undefined) throw new FormatError("a character outside the alphabet");
  return value;
}
