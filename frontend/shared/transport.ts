// A message as the text of a QR code: base45 (RFC 9285) of a zlib stream (RFC 1950) of exactly one stored block.
// The twin of rongka/credential/transport.py, which says why the block is stored and never compressed.

import { concat } from "./bytes";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const MOST_BYTES = 3072; // the limit of the Python side; a QR code holds 2,953
const ADLER_MODULUS = 65521; // RFC 1950, 8.2

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % ADLER_MODULUS;
    b = (b + a) % ADLER_MODULUS;
  }
  return b * 0x10000 + a;
}

function stored(message: Uint8Array): Uint8Array {
  const start = new DataView(new ArrayBuffer(7));
  start.setUint16(0, 0x78da); // zlib: deflate, 32 K window, level 3
  start.setUint8(2, 1); // RFC 1951, 3.2.4: the final block, stored
  start.setUint16(3, message.length, true);
  start.setUint16(5, message.length ^ 0xffff, true);
  const checksum = new DataView(new ArrayBuffer(4));
  checksum.setUint32(0, adler32(message));
  return concat(new Uint8Array(start.buffer), message, new Uint8Array(checksum.buffer));
}

/** Writes base45. */
export function base45(data: Uint8Array): string {
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

/** Gives the text of a message. */
export function toText(message: Uint8Array): string {
  if (message.length > MOST_BYTES) throw new RangeError("a message larger than a QR code");
  return base45(stored(message));
}
