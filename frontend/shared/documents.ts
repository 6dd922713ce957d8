// The issuer-signed document in a code: a card bound to a device, or a notice.
// The twin of rongka/credential/documents.py.

import { type Bytes, toHex } from "./bytes";
import {
  CARD_PERMIT, CNF, type CardClaims, IAT, NOTICE_PERMIT, type NoticeClaims, STATUS, cardClaims, noticeClaims,
} from "./claims"; // prettier-ignore
import { ForeignCodeError } from "./errors";
import { mapping, moment, text, wholeNumber } from "./fields";
import { type PublicKey, keyFromCose, sha256 } from "./keys";
import type { CborMap } from "./strict_cbor";

const COSE_KEY = 1; // RFC 8747, 3.1: the confirmation method that holds a whole key
const MAX_INDEX = 0xffffffff;

export type Purpose = "card" | "notice" | "payment" | "status";
export const PURPOSES: readonly Purpose[] = ["card", "notice", "payment", "status"];

/** Where the status of a document stands: the list's address and the index in it. */
export interface StatusReference {
  readonly uri: string;
  readonly index: number;
}

/** A card bound to one device's key; times are in milliseconds of the epoch. */
export interface CardDocument {
  readonly purpose: "card";
  readonly claims: CardClaims;
  readonly deviceKey: PublicKey;
  readonly status: StatusReference;
  readonly issuedAt: number;
}

/** A notice; without a status reference its cancellation cannot be seen from the code. */
export interface NoticeDocument {
  readonly purpose: "notice";
  readonly claims: NoticeClaims;
  readonly status: StatusReference | undefined;
  readonly issuedAt: number;
}

/** Reads the document that a claim set is; throws `ForeignCodeError` when it carries no permit. */
export function readDocument(claims: CborMap): CardDocument | NoticeDocument {
  if (claims.has(CARD_PERMIT)) {
    const deviceKey = keyFromCose(mapping(mapping(claims, CNF), COSE_KEY));
    const status = statusReference(claims);
    return { purpose: "card", claims: cardClaims(claims), deviceKey, status, issuedAt: moment(claims, IAT) };
  }
  if (claims.has(NOTICE_PERMIT)) {
    const status = claims.has(STATUS) ? statusReference(claims) : undefined;
    return { purpose: "notice", claims: noticeClaims(claims), status, issuedAt: moment(claims, IAT) };
  }
  throw new ForeignCodeError("a token without a permit");
}

/** Names an issued document without naming the person: 32 hexadecimal digits of its claim set's digest. */
export async function documentId(claimSet: Bytes): Promise<string> {
  return toHex(await sha256(claimSet)).slice(0, 32);
}

function statusReference(claims: CborMap): StatusReference {
  const reference = mapping(mapping(claims, STATUS), "status_list"); // Token Status List, 6.3: texts in CBOR too
  return { uri: text(reference, "uri"), index: wholeNumber(reference, "idx", MAX_INDEX) };
}
