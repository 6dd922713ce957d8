// Token Status List as a CWT (draft-ietf-oauth-status-list). The twin of rongka/credential/status_list/.
// Three answers: the status, or an error that means "cannot tell"; never "not valid" because a list could not be read.

import type { Bytes } from "./bytes";
import { EXP, IAT, STATUS_LIST, SUB, TTL } from "./claims";
import { TYP } from "./cose";
import { FormatError, StatusError } from "./errors";
import { checkedText, mapping, moment, octets, wholeNumber } from "./fields";
import { readSign1 } from "./sign1";
import { type CborKey, type CborMap, decodeMap } from "./strict_cbor";
import { type VerifiedTrustList, verifyStatusSigner } from "./trust_list";
import { inflate } from "./zlib";

const TYPE = "application/statuslist+cwt"; // Token Status List, 5.2: the typ header
const WIDTHS: readonly number[] = [1, 2, 4, 8]; // bits an entry; Token Status List, 4.1 step 1
const MAX_LIST_BYTES = 1 << 22; // 16 million entries of two bits; more credentials go into more lists
const MAX_TOKEN_BYTES = 8 << 20;
const SMALLEST = 8; // bytes of an empty zlib stream
const MAX_TTL = 366 * 86_400; // seconds
const STATUSES: readonly Status[] = ["valid", "invalid", "suspended"]; // Token Status List, 7.1, in their order

export type Status = "valid" | "invalid" | "suspended";

/** A list whose signature and type were checked; times in milliseconds. Whether it is fresh depends on the moment. */
export interface VerifiedStatusList {
  readonly uri: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly ttl: number;
  readonly kid: string;
  readonly bits: number;
  readonly entries: Bytes;
}

/** Gives a list that a trusted status key signed, of the address `uri` if there is one; throws `CredentialError`s. */
export async function verifyStatusList(
  given: { token: Bytes; trust: VerifiedTrustList; now: number; uri?: string | undefined },
): Promise<VerifiedStatusList> {
  const message = readSign1(given.token, MAX_TOKEN_BYTES);
  if (message.headers.get(TYP) !== TYPE) throw new FormatError("not typed as a status list");
  const claims = decodeMap(message.payload, MAX_TOKEN_BYTES);
  const packed = octets(mapping(claims, STATUS_LIST), "lst", SMALLEST, MAX_TOKEN_BYTES);
  const list = { ...readClaims(claims), kid: message.kid };
  // Token Status List, 8.3 step 4a.
  if (list.uri !== (given.uri ?? list.uri)) throw new StatusError("the list of another address");
  await verifyStatusSigner({ trust: given.trust, message, issuedAt: list.issuedAt, now: given.now });
  return { ...list, entries: await inflate(packed, MAX_LIST_BYTES) };
}

function readClaims(claims: CborMap): Omit<VerifiedStatusList, "kid" | "entries"> {
  const inner = mapping(claims, STATUS_LIST);
  const bits = wholeNumber(inner, "bits", Math.max(...WIDTHS));
  const ttl = wholeNumber(claims, TTL, MAX_TTL);
  // Token Status List, 5.1: a time to live is a positive number.
  if (!WIDTHS.includes(bits) || ttl === 0) throw new FormatError("a list of another width, or of no time to live");
  if (inner.has("aggregation_uri")) address(inner, "aggregation_uri");
  const times = { issuedAt: moment(claims, IAT), expiresAt: moment(claims, EXP), ttl: ttl * 1000 };
  return { uri: address(claims, SUB), bits, ...times };
}

function address(claims: CborMap, key: CborKey): string {
  const value = claims.get(key);
  if (typeof value !== "string") throw new FormatError("no address");
  return checkedText(value);
}

/** Gives the status at `index`; throws `StatusError` outside the list or for a value that we do not know. */
export function statusAt({ entries, bits }: Pick<VerifiedStatusList, "entries" | "bits">, index: number): Status {
  const perByte = 8 / bits;
  const byte = entries[Math.floor(index / perByte)];
  if (byte === undefined) throw new StatusError("an index outside the list");
  const status = STATUSES[(byte >> ((index % perByte) * bits)) & ((1 << bits) - 1)];
  if (status === undefined) throw new StatusError("a status that we do not know");
  return status;
}
