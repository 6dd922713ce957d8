// Byte strings: joining them, and base64url, in which tokens travel in JSON.

export type Bytes = Uint8Array<ArrayBuffer>;

/** Joins byte strings. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Reads base64url (RFC 4648, 5) without padding; throws for anything else. */
export function fromBase64Url(text: string): Bytes {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Writes base64url without padding. */
export function toBase64Url(data: Uint8Array): string {
  const binary = Array.from(data, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Tells whether two byte strings are the same; no secret is ever compared here. */
export function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Tells whether `part` stands somewhere in `whole`. */
export function includes(whole: Uint8Array, part: Uint8Array): boolean {
  const last = whole.length - part.length;
  for (let at = 0; at <= last; at++) {
    if (equal(whole.subarray(at, at + part.length), part)) return true;
  }
  return false;
}

/** Writes bytes as hexadecimal digits, which, other than bytes, can be a key of a `Map`. */
export function toHex(data: Uint8Array): string {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
