// Measures npm's credential libraries in one process against this process's own raw check, in turns.
// Reads {token, jwk, audience, nonce, response, transcript, root, raw, rounds} as JSON; writes {raw, cases, left_out}.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const given = JSON.parse(readFileSync(0, "utf8"));
const bytes = (text) => Buffer.from(text, "base64url");
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const isOver = (key, data, signature) => verify("sha256", data, { key, dsaEncoding: "ieee-p1363" }, signature);

const raw_key = createPublicKey({ key: given.raw.jwk, format: "jwk" });
const raw_data = bytes(given.raw.data);
const raw_signature = bytes(given.raw.signature);
const raw = async () => {
  if (!isOver(raw_key, raw_data, raw_signature)) throw new Error("the raw check does not verify");
};

async function microseconds(run, times) {
  const start = process.cpuUsage();
  for (let i = 0; i < times; i++) await run();
  const used = process.cpuUsage(start);
  return Math.max(used.user + used.system, 1) / times;
}

async function measure(name, peer, run, refused) {
  await run();
  let took = false;
  try {
    await refused();
    took = true;
  } catch {
    // whatever a library raises, it refused
  }
  if (took) throw new Error(`${name} takes what it should refuse`);
  for (let i = 0; i < 100; i++) {
    await run();
    await raw();
  }
  const times = Math.max(1, Math.round(20_000 / (await microseconds(run, 5))));
  const costs = [];
  const own = [];
  for (let round = 0; round < given.rounds; round++) {
    const before = await microseconds(raw, 100);
    const taken = await microseconds(run, times);
    costs.push(taken / ((before + (await microseconds(raw, 100))) / 2));
    own.push(taken);
  }
  return { name, peer, cost: median(costs), per_second: 1e6 / median(own) };
}

async function sdJwt() {
  const { SDJwtVcInstance } = await import("@sd-jwt/sd-jwt-vc");
  const key = createPublicKey({ key: given.jwk, format: "jwk" });
  const instance = new SDJwtVcInstance({
    hasher: (data, algorithm) => createHash(algorithm.replace("-", "")).update(data).digest(),
    hashAlg: "sha-256",
    verifier: async (data, signature) => isOver(key, Buffer.from(data), bytes(signature)),
    kbVerifier: async (data, signature, payload) =>
      isOver(createPublicKey({ key: payload.cnf.jwk, format: "jwk" }), Buffer.from(data), bytes(signature)),
  });
  const check = (token) => instance.verify(token, { keyBindingNonce: given.nonce });
  return measure(given.names.sd_jwt, "@sd-jwt/sd-jwt-vc", () => check(given.token), () => check(given.foreign_token));
}

async function mdoc() {
  const library = await import("@auth0/mdl");
  const verifier = new (library.Verifier ?? library.default.Verifier)([given.root]);
  const options = { encodedSessionTranscript: bytes(given.transcript) };
  const check = (response) => verifier.verify(bytes(response), options);
  return measure(given.names.mdoc, "@auth0/mdl", () => check(given.response), () => check(given.foreign_response));
}

const cases = [];
const left_out = {};
for (const [peer, run] of [["@sd-jwt/sd-jwt-vc", sdJwt], ["@auth0/mdl", mdoc]]) {
  try {
    cases.push(await run());
  } catch (error) {
    left_out[peer] = error.code === "ERR_MODULE_NOT_FOUND" ? "not installed" : `does not work here: ${error.message}`;
  }
}
process.stdout.write(JSON.stringify({ cases, left_out, raw_microseconds: await microseconds(raw, 500) }));
