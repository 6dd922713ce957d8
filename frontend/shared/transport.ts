// A message as the text of a QR code: base45 (RFC 9285) of a zlib stream (RFC 1950) of exactly one stored block.
// The twin of rongka/credential/transport.py, which says why the block is stored and never compressed.

import * as base45 from "./base45";
import { type Bytes, includes } from "./bytes";
import { CredentialError, DamagedError, ForeignCodeError, FormatError } from "./errors";
import { inflate, store, stored } from "./zlib";

const MAX_CODE_BYTES = 3072; // the limit of the Python side; a QR code holds 2,953
const PREFIX = "NCF"; // base45 of 78 DA, the zlib header
// Shorter texts in our alphabet are somebody else's ticket or part number; our shortest code has about 300 characters.
const SHORTEST_OF_OURS = 60;
const CHARACTERS_MISREAD = 2;
// The permit's claims, -65537 and -65538, in CBOR.
const OUR_CLAIMS = [Uint8Array.of(0x3a, 0, 1, 0, 0), Uint8Array.of(0x3a, 0, 1, 0, 1)];

/** Gives the text of a message. */
export function toText(message: Uint8Array): string {
  if (message.length > MAX_CODE_BYTES) throw new RangeError("a message larger than a QR code");
  return base45.encode(store(message));
}

/**
 * Gives the message in a text. Throws `ForeignCodeError` when the text never was a code of ours, `DamagedError` when it
 * was one but is cut, damaged or respelled.
 */
export async function fromText(text: string): Promise<Bytes> {
  let stream: Bytes | undefined;
  try {
    stream = base45.decode(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  const message = stream && stored(stream);
  if (message !== undefined) return message;
  const inside = stream && (await inflated(stream));
  // A whole stream is ours when it has our claims, however it was compressed; of any other only the text can tell.
  const ours = inside?.length ? OUR_CLAIMS.some((claim) => includes(inside, claim)) : looksLikeOurs(text);
  throw ours ? new DamagedError("a code of ours that is cut or damaged") : new ForeignCodeError("some other code");
}

async function inflated(stream: Bytes): Promise<Bytes | undefined> {
  try {
    return await inflate(stream, MAX_CODE_BYTES);
  } catch (error) {
    if (error instanceof CredentialError) return undefined;
    throw error;
  }
}

/** Tells whether a text was once a code of ours; a camera may have missed a character or two. */
function looksLikeOurs(text: string): boolean {
  const start = [...text.slice(0, 2 * SHORTEST_OF_OURS)].slice(0, SHORTEST_OF_OURS); // whole characters, as in Python
  const wrongAtStart = [...PREFIX].filter((character, at) => start[at] !== character).length;
  const outside = start.filter((character) => !base45.ALPHABET.includes(character)).length;
  return start.length === SHORTEST_OF_OURS && wrongAtStart <= 1 && outside <= CHARACTERS_MISREAD;
}
