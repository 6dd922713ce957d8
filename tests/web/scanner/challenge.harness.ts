// Reads addresses, one a line in JSON, and answers with what stands in them; then makes one of its own.

import { toHex } from "../../../frontend/shared/bytes";
import { challengeAddress, challengeIn, newChallenge } from "../../../frontend/shared/challenge";

const [, , page = "", audience = "", ...addresses] = process.argv;
const own = challengeAddress(page, newChallenge(audience));
const read = [own, ...addresses].map((address) => {
  const found = challengeIn(address);
  return found === undefined ? null : { nonce: toHex(found.nonce), audience: found.audience };
});
console.log(JSON.stringify({ own, read }));
