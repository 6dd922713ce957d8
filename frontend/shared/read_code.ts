// Taking a code apart, live or printed; verdict.ts decides. The twin of `read_code` in rongka/credential/live_code.py.

import type { Bytes } from "./bytes";
import { AUD, IAT, NONCE } from "./claims";
import { ALG, KCWT, KID } from "./cose";
import { type CardDocument, type NoticeDocument, readDocument } from "./documents";
import { FormatError } from "./errors";
import { moment, octets, text } from "./fields";
import type { Challenge } from "./live_code";
import { type UnverifiedSign1, readSign1 } from "./sign1";
import { decodeMap } from "./strict_cbor";
import { fromText } from "./transport";

const [NONCE_LEAST, NONCE_MOST] = [8, 64]; // RFC 9711, 4.1

/** What the device says when it shows a code; the time is in milliseconds of the epoch. */
export interface Presentation {
  readonly presentedAt: number;
  readonly challenge: Challenge | undefined;
}

/** A printed code taken apart, or a card that no device showed; nothing in it is known to be true. */
export interface UnverifiedPrinted {
  readonly issued: UnverifiedSign1;
  readonly document: CardDocument | NoticeDocument;
  readonly shown?: undefined;
  readonly presentation?: undefined;
}

/** A live code taken apart; nothing in it is known to be true. */
export interface UnverifiedLive {
  readonly issued: UnverifiedSign1;
  readonly document: CardDocument;
  readonly shown: UnverifiedSign1;
  readonly presentation: Presentation;
}

/** Takes a text apart; throws `ForeignCodeError` when it is not ours, another `FormatError` when it is broken. */
export async function readCode(code: string): Promise<UnverifiedLive | UnverifiedPrinted> {
  const message = readSign1(await fromText(code));
  const issued = message.embedded;
  if (issued === undefined) return readPrinted(message);
  only(message, ALG, KCWT);
  const { document } = readPrinted(issued);
  if (document.purpose !== "card") throw new FormatError("a device that shows something other than a card");
  return { issued, document, shown: message, presentation: readPresentation(message.payload) };
}

function readPrinted(issued: UnverifiedSign1): UnverifiedPrinted {
  const document = readDocument(decodeMap(issued.payload));
  only(issued, ALG, KID);
  return { issued, document };
}

function readPresentation(payload: Bytes): Presentation {
  const claims = decodeMap(payload);
  const asked = claims.has(NONCE) || claims.has(AUD);
  const challenge = asked
    ? { nonce: octets(claims, NONCE, NONCE_LEAST, NONCE_MOST), audience: text(claims, AUD) }
    : undefined;
  return { presentedAt: moment(claims, IAT), challenge };
}

function only(message: UnverifiedSign1, ...allowed: readonly number[]): void {
  if (message.headers.size !== allowed.length || !allowed.every((header) => message.headers.has(header))) {
    throw new FormatError("header parameters other than those of this format");
  }
}
