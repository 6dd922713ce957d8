// What @sd-jwt/sd-jwt-vc makes of what we give it, and the other way round: one process for all cases, since it starts
// slowly. JSON on standard input, JSON on standard output.
import { createHash, randomBytes, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { SDJwtVcInstance, TypeMetadataFormatSchema } from "@sd-jwt/sd-jwt-vc";

const ECDSA = { name: "ECDSA", hash: "SHA-256" };
const imported = (jwk, use) =>
  webcrypto.subtle.importKey("jwk", { ...jwk, key_ops: [use] }, { name: "ECDSA", namedCurve: "P-256" }, true, [use]);
const signer = async (jwk) => {
  const key = await imported(jwk, "sign");
  return async (data) =>
    Buffer.from(await webcrypto.subtle.sign(ECDSA, key, Buffer.from(data))).toString("base64url");
};
const verified = async (key, data, signature) =>
  webcrypto.subtle.verify(ECDSA, key, Buffer.from(signature, "base64url"), Buffer.from(data));

const asked = JSON.parse(readFileSync(0, "utf8"));
const issuer = await imported(asked.issuer, "verify");
const peer = new SDJwtVcInstance({
  hasher: (data, algorithm) => createHash(algorithm.replace("-", "")).update(Buffer.from(data)).digest(),
  hashAlg: "sha-256",
  saltGenerator: (length) => randomBytes(length).toString("base64url"),
  signer: await signer(asked.signs.issuer),
  signAlg: "ES256",
  kbSigner: await signer(asked.signs.holder),
  kbSignAlg: "ES256",
  verifier: (data, signature) => verified(issuer, data, signature),
  kbVerifier: async (data, signature, payload) =>
    verified(await imported({ ...payload.cnf.jwk, d: undefined }, "verify"), data, signature),
  // The status is another format's matter: the list says "valid" here without anybody being asked.
  statusListFetcher: async () => asked.status_list,
  statusVerifier: async () => true,
});

const outcomes = {};
for (const [name, presentation] of Object.entries(asked.presentations)) {
  try {
    const options = { currentDate: asked.now, keyBindingNonce: asked.nonce };
    outcomes[name] = { claims: (await peer.verify(presentation, options)).payload };
  } catch (error) {
    outcomes[name] = { error: String(error.message ?? error) };
  }
}

const frame = { _sd: Object.keys(asked.elements), _sd_decoy: 3 };
const issued = await peer.issue({ ...asked.about, ...asked.elements }, frame, { header: { kid: asked.kid } });
const shown = await peer.present(issued, Object.fromEntries(asked.disclose.map((name) => [name, true])), {
  kb: { payload: { iat: asked.now, aud: asked.audience, nonce: asked.nonce } },
});

const metadata = asked.metadata.map((item) => TypeMetadataFormatSchema.safeParse(item).success);
process.stdout.write(JSON.stringify({ outcomes, issued, shown, metadata }));
