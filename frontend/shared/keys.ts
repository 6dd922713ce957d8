// Public keys that carry their one algorithm: ES256 (ECDSA on P-256 with SHA-256) or EdDSA (Ed25519), by WebCrypto.
// No key is ever taken from a message's own headers. The twin of rongka/credential/keys.py.

import { type Bytes, concat, toHex } from "./bytes";
import * as cbor from "./cbor";
import { ES256 } from "./cose";
import { FormatError, SignatureError, UnsupportedError } from "./errors";
import { decompressed, point } from "./p256";
import type { CborMap } from "./strict_cbor";

export const SIGNATURE_BYTES = 64;
const EDDSA = -8; // RFC 9053, 2.2
const KID_BYTES = 4; // a hint for look-up, not a proof
const COORDINATE_BYTES = 32;
// RFC 9053, 7.1 and 7.2.
const [KTY, CRV, X, Y] = [1, -1, -2, -3];
const [OKP, EC2, P256, ED25519] = [1, 2, 1, 6];
const WEBCRYPTO = {
  [ES256]: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  [EDDSA]: { name: "Ed25519" },
} as const;

/** A public key with the only algorithm that it may be used with; `raw` is the whole point, or Ed25519's own bytes. */
export interface PublicKey {
  readonly algorithm: typeof ES256 | typeof EDDSA;
  readonly raw: Bytes;
}

const imported = new WeakMap<PublicKey, Promise<CryptoKey>>(); // the issuer's keys check many codes

/** Reads a COSE_Key map of exactly the parameters we write, the point compressed or not. */
export function keyFromCose(parameters: CborMap): PublicKey {
  const x = parameters.get(X);
  const y = parameters.get(Y);
  const kind = [parameters.get(KTY), parameters.get(CRV), parameters.size].join(" ");
  if (!(x instanceof Uint8Array)) throw new FormatError("a key without its coordinate");
  if (kind === `${EC2} ${P256} 4` && typeof y === "boolean") return { algorithm: ES256, raw: decompressed(x, y) };
  if (kind === `${EC2} ${P256} 4` && y instanceof Uint8Array) return { algorithm: ES256, raw: point(x, y) };
  if (kind === `${OKP} ${ED25519} 3` && x.length === COORDINATE_BYTES) return { algorithm: EDDSA, raw: x };
  throw new FormatError("not a COSE key of P-256 or Ed25519");
}

/** Gives the key's identifier in hexadecimal digits: the first bytes of its thumbprint (RFC 9679, 3). */
export async function kidOf(key: PublicKey): Promise<string> {
  return toHex((await sha256(thumbprintInput(key))).subarray(0, KID_BYTES));
}

function thumbprintInput({ algorithm, raw }: PublicKey): Bytes {
  const x = cbor.bytes(algorithm === ES256 ? raw.subarray(1, 1 + COORDINATE_BYTES) : raw);
  const start = [cbor.integer(KTY), cbor.integer(algorithm === ES256 ? EC2 : OKP), cbor.integer(CRV)];
  if (algorithm === EDDSA) return concat(Uint8Array.of(0xa3), ...start, cbor.integer(ED25519), cbor.integer(X), x);
  const y = cbor.bytes(raw.subarray(1 + COORDINATE_BYTES));
  return concat(Uint8Array.of(0xa4), ...start, cbor.integer(P256), cbor.integer(X), x, cbor.integer(Y), y);
}

/** Gives the SHA-256 of bytes. */
export async function sha256(data: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle().digest("SHA-256", data));
}

/** Throws `SignatureError` unless `signature`, r and s or Ed25519's own, is by `key` over `data`. */
export async function verifySignature(key: PublicKey, signature: Bytes, data: Bytes): Promise<void> {
  const made = imported.get(key) ?? importKey(key);
  imported.set(key, made);
  const verified = subtle().verify(WEBCRYPTO[key.algorithm], await made, signature, data);
  // Some engines reject numbers out of range instead of saying that they are wrong.
  if (!(await verified.catch(() => false))) {
    throw new SignatureError("the signature is not by this key over these bytes");
  }
}

async function importKey({ algorithm, raw }: PublicKey): Promise<CryptoKey> {
  try {
    return await subtle().importKey("raw", raw, WEBCRYPTO[algorithm], false, ["verify"]);
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") {
      throw new UnsupportedError("this browser does not know the key's algorithm");
    }
    throw new SignatureError("a key that this browser refuses");
  }
}

function subtle(): SubtleCrypto {
  // Missing where a page was not loaded by https, whatever the types say.
  const found = crypto.subtle as SubtleCrypto | undefined;
  if (found === undefined) throw new UnsupportedError("this browser checks no signatures");
  return found;
}
