// The issuer's CWT for this device's key: fetched once, renewed in the background, read for what it says of the card.

import { equal, fromBase64Url, type Bytes } from "../shared/bytes";
import type { CardClaims } from "../shared/claims";
import { type CardDocument, readDocument } from "../shared/documents";
import { CredentialError } from "../shared/errors";
import { readSign1 } from "../shared/sign1";
import { decodeMap } from "../shared/strict_cbor";
import { type Device, publicKey, publicPoint } from "./device";
import { announce, keep } from "./kept";

const RENEW_EVERY = 3_600_000; // milliseconds: what changed is on the phone within an hour of being online

interface Registered {
  readonly device: string;
  readonly credential: string;
}

/** What the server said when it refused; its words are in the page's language. */
export class RefusedError extends Error {}

/** Reads a credential as its issuer wrote it; undefined when there is none, or none that we can read. */
export function cardIn(token: Bytes): CardDocument | undefined {
  if (token.length === 0) return undefined;
  try {
    const document = readDocument(decodeMap(readSign1(token).payload));
    return document.purpose === "card" ? document : undefined;
  } catch (error) {
    if (error instanceof CredentialError) return undefined;
    throw error;
  }
}

/** Gives what the kept credential says of the card. */
export function claimsOf(device: Device | undefined): CardClaims | undefined {
  return device && cardIn(device.token)?.claims;
}

/** Registers this device's key, or the same key once more, and keeps the credential that comes back. */
export async function register(address: string, csrf: string, device: Device): Promise<Device> {
  const answer = (await post(address, csrf, { public_key: await publicKey(device.keys) })) as Registered;
  return keepCredential({ ...device, id: answer.device }, answer.credential);
}

/** Fetches the newest credential when the kept one was fetched long enough ago; leaves it as it is when that fails. */
export async function renew(address: string, csrf: string, device: Device): Promise<Device> {
  if (Math.abs(Date.now() - device.fetchedAt) < RENEW_EVERY) return device;
  try {
    const { credential } = (await post(address, csrf, {})) as Registered;
    return await keepCredential(device, credential);
  } catch {
    return device;
  }
}

/** Keeps a credential for this very key; any other would make codes that nobody accepts. */
async function keepCredential(device: Device, credential: string): Promise<Device> {
  const token = fromBase64Url(credential);
  const card = cardIn(token);
  if (card === undefined || !equal(card.deviceKey.raw, await publicPoint(device.keys))) {
    throw new Error("a credential for another key");
  }
  const ready = { ...device, token, fetchedAt: Date.now() };
  await keep("devices", ready);
  announce();
  return ready;
}

async function post(address: string, csrf: string, body: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify(body),
  });
  if (response.status === 401) location.reload(); // signed out meanwhile: the page leads to the sign-in
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const refusal = answer as { text: string; next_step: string; code: string };
  throw new RefusedError(`${refusal.text} ${refusal.next_step} (${refusal.code})`);
}
