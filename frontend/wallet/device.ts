// The key of this device. It is made here, cannot be read out, and stays in the browser with the credential made for it.

import { type Bytes } from "../shared/bytes";
import type { Sign } from "../shared/live_code";
import { keepNew, kept } from "./kept";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };

/** What is kept for one card on this device. */
export interface Device {
  readonly card: string;
  /** Whose card it is: the person's identifier in the city's records. */
  readonly holder: string;
  /** The city's number of this device, empty before it is registered. */
  readonly id: string;
  readonly keys: CryptoKeyPair;
  /** The credential, empty before there is one and after the holder signed out. */
  readonly token: Bytes;
  /** When the credential was fetched, in milliseconds of the epoch. */
  readonly fetchedAt: number;
}

/** Why a browser cannot be one of the holder's devices; each has a screen of its own. */
export type Cause = "no-crypto" | "no-storage" | "full" | "key-broken";

/** The browser cannot keep a key that works. */
export class CannotKeepError extends Error {
  constructor(readonly because: Cause) {
    super(because);
  }
}

/**
 * Gives this browser's key for a card, which it makes when there is none. It is stored, read back and tried out before
 * anybody hears of it: a browser that cannot keep keys must not register one.
 */
export async function keptKey(card: string, holder: string): Promise<Device> {
  if ((crypto.subtle as SubtleCrypto | undefined) === undefined) throw new CannotKeepError("no-crypto");
  const device = (await stored(card)) ?? (await newlyStored(card, holder));
  if (!(await works(device.keys))) throw new CannotKeepError("key-broken");
  return device;
}

async function newlyStored(card: string, holder: string): Promise<Device> {
  const keys = await makeKeys();
  try {
    await keepNew("devices", { card, holder, id: "", keys, token: new Uint8Array(), fetchedAt: 0 });
  } catch (error) {
    throw new CannotKeepError(causeOf(error));
  }
  const found = await stored(card);
  if (found === undefined) throw new CannotKeepError("no-storage");
  return found;
}

async function stored(card: string): Promise<Device | undefined> {
  try {
    return await kept("devices", card);
  } catch (error) {
    throw new CannotKeepError(causeOf(error));
  }
}

function causeOf(error: unknown): Cause {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return "full";
  return name === "DataCloneError" ? "key-broken" : "no-storage"; // some browsers store everything but keys
}

async function makeKeys(): Promise<CryptoKeyPair> {
  try {
    return (await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"])) as CryptoKeyPair;
  } catch {
    throw new CannotKeepError("no-crypto");
  }
}

/** Tells whether a pair signs, verifies, and cannot be read out. */
async function works({ privateKey, publicKey }: CryptoKeyPair): Promise<boolean> {
  const probe = crypto.getRandomValues(new Uint8Array(32));
  try {
    const signature = await crypto.subtle.sign(SIGNATURE, privateKey, probe);
    return !privateKey.extractable && (await crypto.subtle.verify(SIGNATURE, publicKey, signature, probe));
  } catch {
    return false;
  }
}

/** Gives the public half for the issuer. */
export async function publicKey(keys: CryptoKeyPair): Promise<JsonWebKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", keys.publicKey);
  return { kty, crv, x, y } as JsonWebKey;
}

/** Gives the public half as the point that stands in a credential. */
export async function publicPoint(keys: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey));
}

/** Gives the signing half as a function. */
export function signer(keys: CryptoKeyPair): Sign {
  return async (data) => new Uint8Array(await crypto.subtle.sign(SIGNATURE, keys.privateKey, data));
}
