// Makes a live code as the wallet does, with a signature from outside, for the shared vectors. See test_live_code.py.

import { fromBase64Url } from "../../../frontend/shared/bytes";
import { liveCode } from "../../../frontend/shared/live_code";

declare const process: { readonly argv: string[]; readonly stdout: { write(text: string): void } };

const [token = "", signature = "", iat = "0", nonce = "", audience] = process.argv.slice(2);
let signed = new Uint8Array();
const text = await liveCode(
  fromBase64Url(token),
  (data) => {
    signed = data;
    return Promise.resolve(fromBase64Url(signature));
  },
  Number(iat) * 1000,
  audience === undefined ? undefined : { nonce: fromBase64Url(nonce), audience },
);
const hex = [...signed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
process.stdout.write(JSON.stringify({ text, signed: hex }));
