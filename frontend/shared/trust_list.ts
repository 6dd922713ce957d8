// The trust list: who may sign what, with which keys and when; signed by one anchor. The twin of
// rongka/credential/trust_list.py. A list that is missing, forged or stale means "cannot tell", never "valid".

import type { Bytes } from "./bytes";
import { EXP, IAT, SUB } from "./claims";
import { TYP } from "./cose";
import { PURPOSES, type Purpose } from "./documents";
import { FormatError, TrustError } from "./errors";
import { asMap, mapping, moment, octets, optionalMoment, text } from "./fields";
import { type PublicKey, keyFromCose, kidOf } from "./keys";
import { type UnverifiedSign1, readSign1, verifySign1 } from "./sign1";
import { type CborMap, type CborValue, decodeMap } from "./strict_cbor";

const TYPE = "application/rongka-trust-list+cwt";
const SUBJECT = "rongka:trust-list";
const ISSUERS = -65539; // private use; the issuers of the list
const MAX_TOKEN_BYTES = 1 << 20; // several thousand keys
const MAX_ROOTS = 16; // of one issuer
const [SMALLEST_ROOT, MAX_ROOT_BYTES] = [64, 4096];
const [NAME_ZH, NAME_EN, KEYS, ROOTS] = [1, 2, 3, 4];
const [PURPOSE, KEY, SIGNS_FROM, SIGNS_UNTIL, DISTRUSTED_FROM] = [1, 2, 3, 4, 5];

/** When what a key signed counts, in milliseconds of the epoch: bounds on the issuing date, half open, and distrust. */
interface Times {
  readonly purpose: Purpose;
  readonly signsFrom: number;
  readonly signsUntil: number | undefined;
  readonly distrustedFrom: number | undefined;
}

/** A key, its purpose, and when it counts. */
export interface TrustedKey extends Times {
  readonly key: PublicKey;
}

/** A city's authority and its keys. Its certificates are for mdoc, which codes are not; they are only read over. */
export interface Issuer {
  readonly name: { readonly zh: string; readonly en: string };
  readonly keys: readonly TrustedKey[];
}

/** A list that the pinned anchor signed; whether it is fresh depends on the moment. Keys stand by their `kid`. */
export interface VerifiedTrustList {
  readonly issuedAt: number;
  readonly nextUpdate: number;
  readonly byKid: ReadonlyMap<string, { readonly issuer: Issuer; readonly key: TrustedKey }>;
}

/**
 * Gives the list when `anchor` signed it; throws `SignatureError`, or a `FormatError` for bytes that are no list.
 * Whoever holds a list already gives its `issuedAt` as `notBefore`: an older one throws `TrustError`, since whoever
 * stands between could otherwise bring back the list of before a key was distrusted.
 */
export async function verifyTrustList(
  given: { token: Bytes; anchor: PublicKey; notBefore?: number | undefined },
): Promise<VerifiedTrustList> {
  const message = readSign1(given.token, MAX_TOKEN_BYTES);
  if (message.headers.get(TYP) !== TYPE) throw new FormatError("not typed as a trust list");
  const claims = decodeMap(await verifySign1(message, given.anchor), MAX_TOKEN_BYTES);
  if (text(claims, SUB) !== SUBJECT) throw new FormatError("not a trust list");
  const issuers = rows(claims, ISSUERS).map(readIssuer);
  const list = { issuedAt: moment(claims, IAT), nextUpdate: moment(claims, EXP), byKid: await byKid(issuers) };
  if (list.issuedAt < (given.notBefore ?? 0)) throw new TrustError("an older list than the one that is held");
  return list;
}

/** Throws unless a key for status lists signed `message` at `issuedAt`, while it counted. */
export async function verifyStatusSigner(
  given: { trust: VerifiedTrustList; message: UnverifiedSign1; issuedAt: number; now: number },
): Promise<void> {
  const entry = given.trust.byKid.get(given.message.kid);
  if (entry?.key.purpose !== "status" || !counts(entry.key, given.issuedAt, given.now)) {
    throw new TrustError("a status list by a key that is not trusted for it");
  }
  await verifySign1(given.message, entry.key.key);
}

/** Tells whether what `key` signed at `issuedAt` counts at `now`. */
export function counts(key: Times, issuedAt: number, now: number): boolean {
  const inTime = key.signsFrom <= issuedAt && (key.signsUntil === undefined || issuedAt < key.signsUntil);
  return inTime && (key.distrustedFrom === undefined || now < key.distrustedFrom);
}

async function byKid(issuers: readonly Issuer[]): Promise<VerifiedTrustList["byKid"]> {
  const found = new Map<string, { issuer: Issuer; key: TrustedKey }>();
  for (const issuer of issuers) {
    for (const key of issuer.keys) {
      const kid = await kidOf(key.key);
      if (found.has(kid)) throw new TrustError("two keys with one identifier");
      found.set(kid, { issuer, key });
    }
  }
  return found;
}

function readIssuer(issuer: CborMap): Issuer {
  const roots = issuer.has(ROOTS) ? rows(issuer, ROOTS) : [];
  if (roots.length > MAX_ROOTS) throw new FormatError("more roots than an issuer may have");
  for (const root of roots) {
    octets(root, KEY, SMALLEST_ROOT, MAX_ROOT_BYTES);
    readTimes(root);
  }
  const keys = rows(issuer, KEYS).map((row) => ({ key: keyFromCose(mapping(row, KEY)), ...readTimes(row) }));
  return { name: { zh: text(issuer, NAME_ZH), en: text(issuer, NAME_EN) }, keys };
}

function readTimes(row: CborMap): Times {
  const named = text(row, PURPOSE);
  const purpose = PURPOSES.find((known) => known === named);
  if (purpose === undefined) throw new FormatError("a purpose that we do not know");
  return {
    purpose,
    signsFrom: moment(row, SIGNS_FROM),
    signsUntil: optionalMoment(row, SIGNS_UNTIL),
    distrustedFrom: optionalMoment(row, DISTRUSTED_FROM),
  };
}

function rows(claims: CborMap, key: number): readonly CborMap[] {
  const found = claims.get(key);
  if (!Array.isArray(found)) throw new FormatError("no list of rows");
  return (found as readonly CborValue[]).map(asMap);
}
