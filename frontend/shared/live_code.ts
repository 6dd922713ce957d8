// The live code, made on the phone: the device's key signs {iat} over the issuer's token (docs/credential/live-code.md).
// The token is put in as it came, byte for byte: what is not taken apart cannot be put together differently.

import type { Bytes } from "./bytes";
import * as cbor from "./cbor";
import { ALG, ES256, KCWT, sign1, toBeSigned } from "./cose";
import { toText } from "./transport";

const IAT = 6; // RFC 8392, 3.1.6

export const NEW_CODE_EVERY = 30_000; // milliseconds; half the life of a code, so that the one on the screen is good

/** Signs bytes with the device's key: the 64 bytes r and s of ES256. */
export type Sign = (data: Bytes) => Promise<Uint8Array>;

/** Gives the text of the code for an instant in milliseconds of the epoch. */
export async function liveCode(token: Uint8Array, sign: Sign, now: number): Promise<string> {
  const header = cbor.map([ALG, cbor.integer(ES256)], [KCWT, token]);
  const payload = cbor.map([IAT, cbor.integer(Math.floor(now / 1000))]);
  return toText(sign1(header, payload, await sign(toBeSigned(header, payload))));
}
