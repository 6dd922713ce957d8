// The live code, made on the phone: the device's key signs {iat} over the issuer's token (docs/credential/live-code.md).
// The token is put in as it came, byte for byte: what is not taken apart cannot be put together differently.

import type { Bytes } from "./bytes";
import * as cbor from "./cbor";
import { ALG, ES256, KCWT, sign1, toBeSigned } from "./cose";
import { toText } from "./transport";

const [AUD, IAT, NONCE] = [3, 6, 10]; // RFC 8392, 3.1; RFC 9711, 4.1

export const NEW_CODE_EVERY = 30_000; // milliseconds; half the life of a code, so that the one on the screen is good

/** Signs bytes with the device's key: the 64 bytes r and s of ES256. */
export type Sign = (data: Bytes) => Promise<Uint8Array>;

/** What an inspector asks the device to sign: a fresh nonce of 8 to 64 bytes and the inspector's own name. */
export interface Challenge {
  readonly nonce: Uint8Array;
  readonly audience: string;
}

/** Gives the text of the code for an instant in milliseconds of the epoch, in answer to a challenge if there is one. */
export async function liveCode(token: Uint8Array, sign: Sign, now: number, challenge?: Challenge): Promise<string> {
  const header = cbor.map([ALG, cbor.integer(ES256)], [KCWT, token]);
  const payload = claimSet(cbor.integer(Math.floor(now / 1000)), challenge);
  return toText(sign1(header, payload, await sign(toBeSigned(header, payload))));
}

function claimSet(iat: Bytes, challenge: Challenge | undefined): Bytes {
  if (challenge === undefined) return cbor.map([IAT, iat]);
  return cbor.map([AUD, cbor.text(challenge.audience)], [IAT, iat], [NONCE, cbor.bytes(challenge.nonce)]);
}
