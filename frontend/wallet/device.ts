// The key of this device. It is made here, cannot be read out, and stays in IndexedDB with the credential made for it.
// Kept by card, so that two holders who share a browser never meet.

import { type Bytes } from "../shared/bytes";
import type { Sign } from "../shared/live_code";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };
const DATABASE = "rongka-wallet";
const STORE = "devices";

/** What is kept for one card on this device. */
export interface Device {
  readonly card: string;
  readonly id: string;
  readonly keys: CryptoKeyPair;
  readonly token: Bytes;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "card" });
  const database = await settled(opening);
  return database.transaction(STORE, mode).objectStore(STORE);
}

/** Makes a key of which only the public half can leave the browser. */
export function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, false, ["sign"]) as Promise<CryptoKeyPair>;
}

/** Gives the public half for the issuer. */
export async function publicKey(keys: CryptoKeyPair): Promise<JsonWebKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", keys.publicKey);
  return { kty, crv, x, y } as JsonWebKey;
}

/** Gives the signing half as a function. */
export function signer(keys: CryptoKeyPair): Sign {
  return async (data) => new Uint8Array(await crypto.subtle.sign(SIGNATURE, keys.privateKey, data));
}

/** Gives the device that was kept for a card. */
export async function keptDevice(card: string): Promise<Device | undefined> {
  return settled((await store("readonly")).get(card));
}

/** Keeps a device. */
export async function keepDevice(device: Device): Promise<void> {
  await settled((await store("readwrite")).put(device));
}

/** Forgets the device of a card. */
export async function forgetDevice(card: string): Promise<void> {
  await settled((await store("readwrite")).delete(card));
}
