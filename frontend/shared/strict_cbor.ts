// Reading CBOR (RFC 8949), strict: one value, definite lengths, shortest forms, no key twice, no floats, no tag but 18,
// keys that are whole numbers or texts. cborg reads; what it would let pass is refused token by token.
// The twin of rongka/credential/cbor.py; cbor.ts writes.

import { Tagged, type Token, Tokenizer, Type, decode as read } from "cborg";
import type { Bytes } from "./bytes";
import { FormatError } from "./errors";

export const MAX_CODE_BYTES = 3072; // a QR code holds 2,953 bytes at most (ISO/IEC 18004); lists pass their own limit
const MAX_DEPTH = 8; // the deepest of our formats, a key inside a card inside a live code, needs 6
const SIGN1_TAG = 18; // RFC 9052, 2

export type CborKey = number | bigint | string;
export type CborValue = CborKey | boolean | null | Bytes | readonly CborValue[] | CborMap | Tagged;
export type CborMap = ReadonlyMap<CborKey, CborValue>;

const KEYS: readonly Type[] = [Type.uint, Type.negint, Type.string];
const OPTIONS = {
  strict: true, // the shortest heads
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: true, // CBOR's whole numbers have 64 bits and a sign
  retainStringBytes: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  tags: Tagged.preserve(SIGN1_TAG),
};
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** An array, a map or a tag of which items are still to come. */
interface Open {
  readonly isMap: boolean;
  left: number;
}

class StrictTokenizer extends Tokenizer {
  readonly #open: Open[] = [];

  override next(): Token {
    const token = super.next();
    if (token.type === Type.float) throw new FormatError("a float");
    // cborg mends wrong UTF-8 and drops a byte order mark; both would be a second spelling.
    if (token.byteValue !== undefined) token.value = UTF8.decode(token.byteValue);
    this.#count(token);
    this.#descend(token);
    return token;
  }

  /** Counts `token` as an item of what is open. */
  #count(token: Token): void {
    const inner = this.#open.at(-1);
    if (inner === undefined) return;
    const isKey = inner.isMap && inner.left % 2 === 0;
    if (isKey && !KEYS.includes(token.type)) throw new FormatError("a key that is no number and no text");
    inner.left -= 1;
  }

  /** Opens what holds items, and closes what is complete. */
  #descend(token: Token): void {
    const isMap = token.type === Type.map;
    const items = token.type === Type.tag ? 1 : isMap || token.type === Type.array ? Number(token.value) : 0;
    if (items > 0) this.#open.push({ isMap, left: isMap ? 2 * items : items });
    else while (this.#open.at(-1)?.left === 0) this.#open.pop();
    if (this.#open.length > MAX_DEPTH) throw new FormatError("deeper than our formats go");
  }
}

/** Reads exactly one value; throws `FormatError` for anything that is not strict or over `maxBytes`. */
export function decode(data: Bytes, maxBytes = MAX_CODE_BYTES): CborValue {
  if (data.length > maxBytes) throw new FormatError("more bytes than this kind of document may have");
  try {
    return read(data, { ...OPTIONS, tokenizer: new StrictTokenizer(data, OPTIONS) }) as CborValue;
  } catch {
    throw new FormatError("not strict CBOR");
  }
}

/** Reads a map, as `decode` does. */
export function decodeMap(data: Bytes, maxBytes = MAX_CODE_BYTES): CborMap {
  const value = decode(data, maxBytes);
  if (!(value instanceof Map)) throw new FormatError("not a map");
  return value as CborMap;
}
