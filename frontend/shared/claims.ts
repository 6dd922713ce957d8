// What a card and a notice say, by the numbers of docs/credential/claims.md. The twin of rongka/credential/claims.py.

import { unpackCreditCode } from "./credit_code";
import { FormatError } from "./errors";
import { checkedText, dayInChina, mapping, moment, optionalText, text, wholeNumber } from "./fields";
import { mrzName } from "./names";
import type { CborMap } from "./strict_cbor";

// Registered claims: RFC 8392, RFC 8747 (cnf), RFC 9711 (nonce), Token Status List.
export const SUB = 2;
export const AUD = 3;
export const EXP = 4;
export const NBF = 5;
export const IAT = 6;
export const CNF = 8;
export const NONCE = 10;
export const STATUS_LIST = 65533;
export const TTL = 65534;
export const STATUS = 65535;
const IDENTITY = 169;
// Ours. A card and a notice have different claims, so that one never passes for the other.
export const CARD_PERMIT = -65537;
export const NOTICE_PERMIT = -65538;

// MOSIP ID Claim 169, 3.1.
const [ID, FULL_NAME, BIRTH_DATE, GENDER, NATIONALITY, NAME_SECOND_LANGUAGE] = [1, 4, 8, 9, 13, 19];
// Ours, inside the permit's claim.
const [NAME_MRZ, PASSPORT, CATEGORY, EMPLOYER, CREDIT_CODE, POST, PLACE, NOTICE] = [1, 2, 3, 4, 5, 6, 7, 8];

const SEXES: ReadonlyMap<number, Sex> = new Map([[1, "M"], [2, "F"], [3, "X"]]);
const CATEGORIES: readonly Category[] = ["A", "B", "C"];
const MASK = "***";
const SHOWN = 4; // last characters of a number that a mask shows

export type Sex = "M" | "F" | "X";
export type Category = "A" | "B" | "C";

interface SharedClaims {
  readonly nameViz: string;
  readonly nameMrz: string;
  readonly nationality: string;
  readonly passportMasked: string;
  readonly category: Category;
  readonly employerName: string;
  readonly post: string;
  /** Days are days in China, such as `2027-12-31`; on this one it is no longer valid. */
  readonly validUntil: string;
}

/** What a card says of its holder. */
export interface CardClaims extends SharedClaims {
  readonly document: "card";
  readonly permitNumber: string;
  readonly nameZh?: string | undefined;
  readonly sex: Sex;
  readonly birthDate: string;
  readonly employerCreditCode: string;
  readonly workPlace: string;
  readonly validFrom: string;
}

/** What a work permit notice says; it proves the document and never the person. */
export interface NoticeClaims extends SharedClaims {
  readonly document: "notice";
  readonly noticeNumber: string;
}

/** Reads the claims of a card; throws `FormatError` for any that is missing or wrong. */
export function cardClaims(claims: CborMap): CardClaims {
  const identity = mapping(claims, IDENTITY);
  const permit = mapping(claims, CARD_PERMIT);
  const card = {
    document: "card",
    permitNumber: text(identity, ID),
    nameZh: optionalText(identity, NAME_SECOND_LANGUAGE),
    sex: sex(identity),
    birthDate: birthDate(identity),
    employerCreditCode: creditCode(permit),
    workPlace: text(permit, PLACE),
    validFrom: dayInChina(moment(claims, NBF)),
    ...sharedClaims(claims, identity, permit),
  } as const;
  if (card.validFrom >= card.validUntil) throw new FormatError("a validity that ends before it begins");
  return card;
}

/** Reads the claims of a notice; throws `FormatError` for any that is missing or wrong. */
export function noticeClaims(claims: CborMap): NoticeClaims {
  const permit = mapping(claims, NOTICE_PERMIT);
  const shared = sharedClaims(claims, mapping(claims, IDENTITY), permit);
  return { document: "notice", noticeNumber: text(permit, NOTICE), ...shared };
}

function sharedClaims(claims: CborMap, identity: CborMap, permit: CborMap): SharedClaims {
  const nameViz = text(identity, FULL_NAME);
  return {
    nameViz,
    nameMrz: optionalText(permit, NAME_MRZ) ?? checkedText(mrzName(nameViz)),
    nationality: text(identity, NATIONALITY),
    passportMasked: checkedText(unmasked(text(permit, PASSPORT))),
    category: CATEGORIES[wholeNumber(permit, CATEGORY, 2)] ?? "C",
    employerName: text(permit, EMPLOYER),
    post: text(permit, POST),
    validUntil: dayInChina(moment(claims, EXP)),
  };
}

/** Puts back the stars, which stand before the last four characters and are not sent. */
function unmasked(packed: string): string {
  if (packed.includes("*")) return packed;
  const characters = [...packed];
  const shown = Math.max(0, characters.length - SHOWN);
  return [...characters.slice(0, shown), MASK, ...characters.slice(shown)].join("");
}

function sex(identity: CborMap): Sex {
  const found = SEXES.get(wholeNumber(identity, GENDER));
  if (found === undefined) throw new FormatError("a sex that claim 169 does not know");
  return found;
}

function birthDate(identity: CborMap): string {
  const digits = /^(?!0000)(\d{4})(\d\d)(\d\d)$/.exec(text(identity, BIRTH_DATE));
  const day = digits ? `${digits[1]}-${digits[2]}-${digits[3]}` : "";
  const at = Date.parse(`${day}T00:00:00Z`);
  // Some engines turn 30 February into 2 March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) {
    throw new FormatError("a birth date that is not YYYYMMDD");
  }
  return day;
}

function creditCode(permit: CborMap): string {
  const packed = permit.get(CREDIT_CODE);
  return packed instanceof Uint8Array ? checkedText(unpackCreditCode(packed)) : text(permit, CREDIT_CODE);
}
