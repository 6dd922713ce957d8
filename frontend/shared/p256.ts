// Points of P-256 (SEC 1, 2.3.4): WebCrypto takes both coordinates, our cards carry one and the sign of the other.

import { type Bytes, concat, toHex } from "./bytes";
import { FormatError } from "./errors";

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn; // SP 800-186, 3.2.1.3
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const COORDINATE_BYTES = 32;

/** Gives the point with both coordinates, 65 bytes beginning with 4, when it lies on the curve. */
export function point(x: Uint8Array, y: Uint8Array): Bytes {
  const [a, b] = [coordinate(x), coordinate(y)];
  if ((b * b) % P !== rightSide(a)) throw new FormatError("no point of P-256");
  return concat(Uint8Array.of(4), x, y);
}

/** Gives the point of an x coordinate and the sign of y: whether y is odd. */
export function decompressed(x: Uint8Array, odd: boolean): Bytes {
  const square = rightSide(coordinate(x));
  const root = power(square, (P + 1n) / 4n); // P is 3 mod 4
  if ((root * root) % P !== square) throw new FormatError("no point of P-256");
  const y = (root & 1n) === (odd ? 1n : 0n) ? root : P - root;
  return concat(Uint8Array.of(4), x, octets(y));
}

/** x³ - 3x + b */
function rightSide(x: bigint): bigint {
  return (((x * x - 3n) % P) * x + B + P * P) % P;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % P;
    if (bit === "1") result = (result * base) % P;
  }
  return result;
}

function coordinate(bytes: Uint8Array): bigint {
  const value = bytes.length === COORDINATE_BYTES ? BigInt(`0x${toHex(bytes)}`) : P;
  if (value >= P) throw new FormatError("no coordinate of P-256");
  return value;
}

function octets(value: bigint): Bytes {
  const digits = value.toString(16).padStart(2 * COORDINATE_BYTES, "0");
  return Uint8Array.from({ length: COORDINATE_BYTES }, (_, at) => parseInt(digits.slice(2 * at, 2 * at + 2), 16));
}
