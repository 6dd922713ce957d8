// Reading COSE_Sign1 (RFC 9052, 4.2) as we allow it: tagged, nothing unprotected, the algorithm that of the key.
// The twin of rongka/credential/cose.py; cose.ts writes.

import { Tagged } from "cborg";
import { type Bytes, toHex } from "./bytes";
import { ALG, CRIT, KCWT, KID, toBeSigned } from "./cose";
import { FormatError, SignatureError } from "./errors";
import { type PublicKey, SIGNATURE_BYTES, verifySignature } from "./keys";
import { type CborMap, type CborValue, MAX_CODE_BYTES, decode, decodeMap } from "./strict_cbor";

/** A message that is well formed; nothing in it is known to be true until `verifySign1` has returned. */
export interface UnverifiedSign1 {
  readonly protectedHeader: Bytes;
  readonly headers: CborMap;
  readonly payload: Bytes;
  readonly signature: Bytes;
  /** The key identifier in hexadecimal digits, empty when the header has none. */
  readonly kid: string;
  /** The message in header 13 (kcwt, RFC 9528, 3.5.3). */
  readonly embedded: UnverifiedSign1 | undefined;
}

/** Reads a COSE_Sign1; throws `FormatError` unless it is strict and complete. */
export function readSign1(data: Bytes, maxBytes = MAX_CODE_BYTES): UnverifiedSign1 {
  return sign1Of(decode(data, maxBytes), maxBytes);
}

function sign1Of(value: CborValue | undefined, maxBytes = MAX_CODE_BYTES): UnverifiedSign1 {
  const parts: unknown = value instanceof Tagged ? value.value : undefined;
  if (!Array.isArray(parts) || parts.length !== 4) throw new FormatError("not a tagged COSE_Sign1 of four parts");
  const [protectedHeader, unprotected, payload, signature] = parts as readonly CborValue[];
  if (!(protectedHeader instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array)) {
    throw new FormatError("a part of a COSE_Sign1 that is not bytes; a detached payload is not allowed");
  }
  // What is not protected could be changed by anyone, so that nothing may stand there.
  if (!(unprotected instanceof Map) || unprotected.size) throw new FormatError("an unprotected header");
  if (signature.length !== SIGNATURE_BYTES) throw new FormatError("an empty or cut signature");
  const headers = decodeMap(protectedHeader, maxBytes);
  // RFC 9052, 3.1: a critical header that is not understood is fatal; we define none.
  if (headers.has(CRIT)) throw new FormatError("a critical header parameter that we do not know");
  const found = headers.get(KID);
  const kid = found instanceof Uint8Array ? toHex(found) : "";
  const embedded = headers.has(KCWT) ? sign1Of(headers.get(KCWT)) : undefined;
  return { protectedHeader, headers, payload, signature, kid, embedded };
}

/** Gives the payload when `key` signed it; throws `SignatureError` otherwise. */
export async function verifySign1(message: UnverifiedSign1, key: PublicKey): Promise<Bytes> {
  // RFC 9052, 4.4 step 5: the algorithm must be the key's own, whatever the message says.
  if (message.headers.get(ALG) !== key.algorithm) throw new SignatureError("an algorithm that is not the key's own");
  await verifySignature(key, message.signature, toBeSigned(message.protectedHeader, message.payload));
  return message.payload;
}
