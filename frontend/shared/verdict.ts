// The verdict on a code, wholly in the browser. The twin of rongka/credential/verdict.py: the same checks in the same
// order, held to it by tests/vectors/verdicts.json.

import { equal } from "./bytes";
import type { CardClaims, NoticeClaims } from "./claims";
import { documentId } from "./documents";
import { DamagedError, ForeignCodeError, FormatError, SignatureError, StatusError, UnsupportedError } from "./errors";
import { midnight } from "./fields";
import type { Challenge } from "./live_code";
import { type UnverifiedLive, type UnverifiedPrinted, readCode } from "./read_code";
import { type ReasonCode, type VerdictReason, reason } from "./reasons";
import { verifySign1 } from "./sign1";
import { type Status, type VerifiedStatusList, statusAt } from "./status_list";
import { type Issuer, type VerifiedTrustList, counts } from "./trust_list";

const SECOND = 1000;
const CODE_LIFE = 60 * SECOND; // two codes of 30 s: slow hands pass, yesterday's screenshot does not
const CLOCK_TOLERANCE = 30 * SECOND; // phones that take the network's time differ by less
const CLOCK_DIFFERENCE_TO_CHECK = 300 * SECOND; // a clock set by hand; beyond it we assume forgery
const STATUS_LIFE = 24 * 3600 * SECOND; // a revocation is known everywhere within a day
const EXPIRING_WITHIN = 30 * 24 * 3600 * SECOND; // the window for an extension closes 30 days before expiry
// What Python's str.split() takes for a space.
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

export type VerdictKind = "valid" | "check" | "not_valid" | "not_our_code";

/** What the inspector sees around: whose workplace this is, by credit code, and where. */
export interface Expected {
  readonly employerCreditCode?: string | undefined;
  readonly workPlace?: string | undefined;
}

/**
 * The answer; `claims` and `issuer` only when both signatures were verified and nothing is wrong. `reason` is the first
 * reason, `also` the further ones of a "check". `documentId` names the document without naming the person.
 */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly reason: VerdictReason;
  readonly also: readonly VerdictReason[];
  readonly claims?: CardClaims | NoticeClaims | undefined;
  readonly issuer?: Issuer | undefined;
  readonly documentId?: string | undefined;
  /** Milliseconds of the epoch. */
  readonly presentedAt?: number | undefined;
}

/** What a verdict is made from: the text of a QR code, the verified lists at hand, and the instant in milliseconds. */
export interface Given {
  readonly code: string;
  readonly trust: VerifiedTrustList | undefined;
  /** By their address. */
  readonly statusLists: ReadonlyMap<string, VerifiedStatusList>;
  readonly now: number;
  readonly expected?: Expected | undefined;
  /** With it only a live code that answers passes. */
  readonly challenge?: Challenge | undefined;
}

type Unverified = UnverifiedLive | UnverifiedPrinted;

interface KnownIssuer {
  readonly issuer?: Issuer;
  readonly doubts: readonly ReasonCode[];
}

/** A verdict on its way out. */
class Refusal extends Error {
  constructor(readonly code: ReasonCode) {
    super(code);
  }
}

/** Judges a code; never throws for anything that `code` holds. */
export async function judge(given: Given): Promise<Verdict> {
  let id: string | undefined;
  try {
    const unverified = await readCode(given.code);
    id = await documentId(unverified.issued.payload);
    return { ...(await judgeRead(unverified, given)), documentId: id };
  } catch (error) {
    return { ...refused(error), documentId: id };
  }
}

function refused(error: unknown): Verdict {
  if (error instanceof ForeignCodeError) return verdict("not_our_code", "code.foreign");
  if (error instanceof DamagedError) return verdict("not_valid", "code.damaged");
  if (error instanceof FormatError) return verdict("not_valid", "code.malformed");
  if (error instanceof Refusal) return verdict("not_valid", error.code);
  if (error instanceof UnsupportedError) return verdict("check", "signature.uncheckable");
  throw error;
}

function verdict(kind: VerdictKind, first: ReasonCode, also: readonly ReasonCode[] = []): Verdict {
  return { kind, reason: reason(first), also: also.map(reason) };
}

async function judgeRead(unverified: Unverified, given: Given): Promise<Verdict> {
  const byDevice = await checkDevice(unverified);
  const { issuer, doubts: byIssuer } = await checkIssuer(unverified, given);
  const doubts = [...byDevice, ...byIssuer, ...checkTimes(unverified, given)];
  if (issuer !== undefined) doubts.push(...checkStatus(unverified, issuer, given));
  // Nothing is said of a person before both signatures were verified, not even that the place differs.
  const known = issuer !== undefined && byDevice.length === 0;
  if (known) doubts.push(...checkSurroundings(unverified, given));
  const [first = "code.valid", ...also] = new Set(doubts);
  return {
    ...verdict(doubts.length ? "check" : "valid", first, also),
    claims: known ? unverified.document.claims : undefined,
    issuer: known ? issuer : undefined,
    presentedAt: unverified.presentation?.presentedAt,
  };
}

/** Refuses a card that its own device did not show; a notice has no device. */
async function checkDevice({ document, shown }: Unverified): Promise<ReasonCode[]> {
  if (document.purpose !== "card") return [];
  if (shown === undefined) throw new Refusal("card.without_device");
  return doubted(verifySign1(shown, document.deviceKey), "device.other_key");
}

/** Gives no doubt for a good signature and one for a signature that this browser cannot check; refuses a wrong one. */
async function doubted(verified: Promise<unknown>, wrong: ReasonCode): Promise<ReasonCode[]> {
  try {
    await verified;
    return [];
  } catch (error) {
    if (error instanceof SignatureError) throw new Refusal(wrong);
    if (error instanceof UnsupportedError) return ["signature.uncheckable"];
    throw error;
  }
}

/** Gives the issuer, verified, or none when it cannot be told who that is. */
async function checkIssuer({ issued, document }: Unverified, { trust, now }: Given): Promise<KnownIssuer> {
  if (trust === undefined) return { doubts: ["trust.missing"] };
  const stale: ReasonCode[] = isStale(trust, now) ? ["trust.stale"] : [];
  const entry = trust.byKid.get(issued.kid);
  if (entry === undefined) {
    if (stale.length) return { doubts: stale }; // a newer list may well know this issuer
    throw new Refusal("issuer.unknown");
  }
  if (entry.key.purpose !== document.purpose || !counts(entry.key, document.issuedAt, now)) {
    throw new Refusal("issuer.distrusted");
  }
  const uncheckable = await doubted(verifySign1(issued, entry.key.key), "issuer.signature");
  return uncheckable.length ? { doubts: [...uncheckable, ...stale] } : { issuer: entry.issuer, doubts: stale };
}

function isStale(trust: VerifiedTrustList, now: number): boolean {
  return now >= trust.nextUpdate || trust.issuedAt - now > CLOCK_DIFFERENCE_TO_CHECK;
}

/** Refuses codes and documents outside their time, and codes that do not answer the challenge. */
function checkTimes({ document, presentation }: Unverified, { now, challenge }: Given): ReasonCode[] {
  let ahead = document.issuedAt - now;
  if (presentation !== undefined) {
    if (now - presentation.presentedAt > CODE_LIFE) throw new Refusal("code.stale");
    ahead = Math.max(ahead, presentation.presentedAt - now);
  }
  if (ahead > CLOCK_DIFFERENCE_TO_CHECK) throw new Refusal("code.from_future");
  if (now >= midnight(document.claims.validUntil)) throw new Refusal("permit.expired");
  const begun = document.purpose === "notice" || now >= midnight(document.claims.validFrom);
  if (!begun) throw new Refusal("permit.not_yet_valid");
  const answered = challenge === undefined || isAnswered(challenge, presentation?.challenge);
  if (!answered) throw new Refusal("challenge.unanswered");
  return ahead > CLOCK_TOLERANCE ? ["clock.differs"] : [];
}

function isAnswered(asked: Challenge, answered: Challenge | undefined): boolean {
  return answered !== undefined && answered.audience === asked.audience && equal(answered.nonce, asked.nonce);
}

/** Refuses what a list says is revoked; an old list still knows that, but cannot say that something is good. */
function checkStatus({ document }: Unverified, issuer: Issuer, { statusLists, trust, now }: Given): ReasonCode[] {
  if (document.status === undefined) return [];
  const { uri, index } = document.status;
  const found = statusLists.get(uri);
  const entry = found && trust?.byKid.get(found.kid);
  // One city's key says nothing of another city's cards, whatever address it writes on its list.
  if (found === undefined || entry?.issuer !== issuer || found.uri !== uri) return ["status.missing"];
  if (entry.key.purpose !== "status" || !counts(entry.key, found.issuedAt, now)) return ["status.missing"];
  const status = statusOrUnknown(found, index);
  if (status === undefined) return ["status.missing"];
  if (status === "invalid") throw new Refusal("status.revoked");
  if (isOld(found, now)) return ["status.stale"];
  if (status === "suspended") throw new Refusal("status.suspended");
  return [];
}

function statusOrUnknown(list: VerifiedStatusList, index: number): Status | undefined {
  try {
    return statusAt(list, index);
  } catch (error) {
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}

function isOld(found: VerifiedStatusList, now: number): boolean {
  const age = now - found.issuedAt;
  return age > STATUS_LIFE || now >= found.expiresAt || -age > CLOCK_DIFFERENCE_TO_CHECK;
}

/** Gives what is right by itself and still wants a second look. */
function checkSurroundings({ document }: Unverified, { expected = {}, now }: Given): ReasonCode[] {
  const doubts: ReasonCode[] = [];
  if (document.purpose === "card") {
    const { employerCreditCode, workPlace } = document.claims;
    if (![undefined, employerCreditCode].includes(expected.employerCreditCode)) doubts.push("employer.differs");
    if (expected.workPlace !== undefined && !isSamePlace(expected.workPlace, workPlace)) doubts.push("place.differs");
  } else {
    doubts.push("document.printed");
  }
  if (midnight(document.claims.validUntil) - now <= EXPIRING_WITHIN) doubts.push("permit.expiring");
  return doubts;
}

/** Tells whether one address lies within the other: a district and a street in it are the same place. */
function isSamePlace(one: string, other: string): boolean {
  const [a = "", b = ""] = [one, other].map((place) => place.replace(SPACES, "").toUpperCase());
  return a.startsWith(b) || b.startsWith(a);
}
