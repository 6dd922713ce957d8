// COSE_Sign1 (RFC 9052, 4.2) as our codes have it: tagged, everything protected, ES256.

import type { Bytes } from "./bytes";
import * as cbor from "./cbor";

// Header parameters: RFC 9052, 3.1; RFC 9528, 3.5.3 (kcwt); RFC 9596 (typ).
export const ALG = 1;
export const CRIT = 2;
export const KID = 4;
export const KCWT = 13;
export const TYP = 16;
export const ES256 = -7; // RFC 9053, 2.1
const SIGN1_TAG = 18;

/** Gives the bytes that a signature is over (RFC 9052, 4.4), the external data being empty. */
export function toBeSigned(protectedHeader: Uint8Array, payload: Uint8Array): Bytes {
  return cbor.array(
    cbor.text("Signature1"),
    cbor.bytes(protectedHeader),
    cbor.bytes(new Uint8Array()),
    cbor.bytes(payload),
  );
}

/** Puts a signed message together. */
export function sign1(protectedHeader: Uint8Array, payload: Uint8Array, signature: Uint8Array): Bytes {
  const parts = [cbor.bytes(protectedHeader), cbor.map(), cbor.bytes(payload), cbor.bytes(signature)];
  return cbor.tag(SIGN1_TAG, cbor.array(...parts));
}
