// The inspector's challenge as a QR code: the address of the holder's own code page, which a phone's camera app opens
// by itself, with nonce and audience behind the #, which never leaves the phone (docs/credential/live-code.md).

import { fromBase64Url, toBase64Url } from "./bytes";
import { CredentialError } from "./errors";
import { checkedText } from "./fields";
import type { Challenge } from "./live_code";

const NAME = "challenge";
const NONCE_BYTES = 16; // 128 bits: nobody meets the same one twice
const [NONCE_LEAST, NONCE_MOST] = [8, 64]; // RFC 9711, 4.1

/** Makes a challenge that was never there before, in the name of `audience`. */
export function newChallenge(audience: string): Challenge {
  return { nonce: crypto.getRandomValues(new Uint8Array(NONCE_BYTES)), audience };
}

/** Gives the text of the QR code for a challenge; `page` is the whole address of the holder's code page. */
export function challengeAddress(page: string, { nonce, audience }: Challenge): string {
  return `${page}#${NAME}=${toBase64Url(nonce)}.${toBase64Url(new TextEncoder().encode(audience))}`;
}

/** Reads the challenge in an address, or undefined when there is none that a device may answer. */
export function challengeIn(address: string): Challenge | undefined {
  const [, nonce = "", audience = ""] = new RegExp(`#${NAME}=([\\w-]+)\\.([\\w-]+)$`).exec(address) ?? [];
  try {
    const bytes = fromBase64Url(nonce);
    if (bytes.length < NONCE_LEAST || bytes.length > NONCE_MOST) return undefined;
    const name = new TextDecoder("utf-8", { fatal: true }).decode(fromBase64Url(audience));
    return { nonce: bytes, audience: checkedText(name) };
  } catch (error) {
    // No base64url, no UTF-8, or a name that cannot be shown.
    if (error instanceof CredentialError || error instanceof DOMException || error instanceof TypeError) return undefined;
    throw error;
  }
}
