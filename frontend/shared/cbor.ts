// Writing CBOR (RFC 8949) in the one form that our codes have: definite lengths, shortest heads.
// Only the types of a live code; whoever reads CBOR uses cborg.

import { type Bytes, concat } from "./bytes";

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;

function head(major: number, value: number): Bytes {
  const type = major << 5;
  if (value < 24) return Uint8Array.of(type | value);
  if (value < 0x100) return Uint8Array.of(type | 24, value);
  if (value < 0x10000) return Uint8Array.of(type | 25, value >> 8, value & 0xff);
  const wide = new DataView(new ArrayBuffer(value < 0x100000000 ? 5 : 9));
  wide.setUint8(0, type | (wide.byteLength === 5 ? 26 : 27));
  if (wide.byteLength === 5) wide.setUint32(1, value);
  else wide.setBigUint64(1, BigInt(value));
  return new Uint8Array(wide.buffer);
}

/** Writes a whole number. */
export function integer(value: number): Bytes {
  if (!Number.isSafeInteger(value)) throw new RangeError("not a whole number");
  return value < 0 ? head(NEGATIVE, -1 - value) : head(UNSIGNED, value);
}

/** Writes a byte string. */
export function bytes(value: Uint8Array): Bytes {
  return concat(head(BYTES, value.length), value);
}

/** Writes a text. */
export function text(value: string): Bytes {
  const utf8 = new TextEncoder().encode(value);
  return concat(head(TEXT, utf8.length), utf8);
}

/** Writes an array of items that are written already. */
export function array(...items: readonly Uint8Array[]): Bytes {
  return concat(head(ARRAY, items.length), ...items);
}

/** Writes a map whose keys are whole numbers from 0 to 23, given in ascending order, of items that are written already. */
export function map(...entries: ReadonlyArray<readonly [number, Uint8Array]>): Bytes {
  return concat(head(MAP, entries.length), ...entries.flatMap(([key, item]) => [integer(key), item]));
}

/** Writes a tag before an item that is written already. */
export function tag(number: number, item: Uint8Array): Bytes {
  return concat(head(TAG, number), item);
}
