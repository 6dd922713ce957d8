// Reads texts as challenges and writes them again, for test_challenge.py: one line of JSON for each argument.

import { challengeText, readChallenge } from "../../../frontend/shared/challenge";
import { toHex } from "../../../frontend/shared/bytes";
import { FormatError } from "../../../frontend/shared/errors";

declare const process: { readonly argv: string[]; readonly stdout: { write(text: string): void } };

function read(code: string): unknown {
  try {
    const { audience, nonce } = readChallenge(code);
    return { audience, nonce: toHex(nonce), text: challengeText({ audience, nonce }) };
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(read)));
