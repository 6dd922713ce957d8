// Unified social credit codes (GB 32100-2015) from eleven bytes: 17 characters of base 31; the 18th is their check.
// The twin of rongka/credential/credit_code.py.

import { toHex } from "./bytes";
import { FormatError } from "./errors";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const BASE = 31;
const BODY = 17;
const BYTES = 11; // 31 ** 17 is under 2 ** 85

/** Gives the 18 characters of a packed code; throws `FormatError` for bytes that are none. */
export function unpackCreditCode(packed: Uint8Array): string {
  let value = packed.length === BYTES ? BigInt(`0x${toHex(packed)}`) : -1n;
  if (value < 0n || value >= BigInt(BASE) ** BigInt(BODY)) throw new FormatError("no packed credit code");
  let body = "";
  for (let digit = 0; digit < BODY; digit++) {
    body = ALPHABET.charAt(Number(value % BigInt(BASE))) + body;
    value /= BigInt(BASE);
  }
  return body + check(body);
}

function check(body: string): string {
  // GB 32100-2015, annex A: weights 3^(i-1) mod 31, check = (31 - sum mod 31) mod 31.
  let total = 0;
  let weight = 1;
  for (const character of body) {
    total += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % BASE;
  }
  return ALPHABET.charAt((BASE - (total % BASE)) % BASE);
}
