// What @owf/mdoc and @auth0/mdl make of what we give them, and the other way round: one process for all cases, since it
// starts slowly. JSON on standard input, JSON on standard output; bytes are base64url.
import { createHash, randomBytes, sign, verify, X509Certificate, createPublicKey, createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const asked = JSON.parse(readFileSync(0, "utf8"));
const Now = Date;
// @auth0/mdl asks the clock and nothing else.
globalThis.Date = class extends Now {
  constructor(...given) {
    super(...(given.length ? given : [asked.now]));
  }
  static now() {
    return new Now(asked.now).getTime();
  }
};
const auth0 = createRequire(import.meta.url)("@auth0/mdl");
const owf = await import("@owf/mdoc");

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64url"));
const text = (data) => Buffer.from(data).toString("base64url");
const pem = (der) => new X509Certificate(der).toString();
const raw = { dsaEncoding: "ieee-p1363" };

// @owf/mdoc has no cryptography of its own. The chain here is as simple as ours: one signer below one root.
const context = {
  crypto: {
    random: (length) => new Uint8Array(randomBytes(length)),
    digest: ({ digestAlgorithm, bytes: data }) =>
      new Uint8Array(createHash(digestAlgorithm.replace("-", "")).update(data).digest()),
  },
  cose: {
    sign1: {
      sign: ({ toBeSigned, key }) =>
        new Uint8Array(sign("sha256", toBeSigned, { key: createPrivateKey({ key: key.jwk, format: "jwk" }), ...raw })),
      verify: ({ key, sign1 }) => {
        const { kty, crv, x, y } = key.jwk;
        const publicKey = createPublicKey({ key: { kty, crv, x, y }, format: "jwk" });
        return verify("sha256", sign1.toBeSigned, { key: publicKey, ...raw }, sign1.signature);
      },
    },
  },
  x509: {
    getIssuerNameField: () => ["CN"],
    getPublicKey: ({ certificate }) =>
      owf.CoseKey.fromJwk(new X509Certificate(certificate).publicKey.export({ format: "jwk" })),
    verifyCertificateChain: ({ trustedCertificates, x5chain }) => {
      const root = new X509Certificate(trustedCertificates[0]);
      if (!new X509Certificate(x5chain[0]).verify(root.publicKey)) throw new Error("chain");
    },
    getCertificateData: ({ certificate }) => {
      const parsed = new X509Certificate(certificate);
      return {
        issuerName: parsed.issuer, subjectName: parsed.subject, serialNumber: parsed.serialNumber,
        thumbprint: parsed.fingerprint, notBefore: new Date(parsed.validFrom), notAfter: new Date(parsed.validTo),
        pem: parsed.toString(),
      };
    },
  },
};

const outcome = async (run) => {
  try {
    return { value: await run() };
  } catch (error) {
    return { refused: String(error?.message ?? error).slice(0, 200) };
  }
};

const root = bytes(asked.root);
const transcript = bytes(asked.transcript);
// @auth0/mdl wants the transcript in tag 24.
const tagged = auth0Tagged(transcript);

function auth0Tagged(data) {
  const head = data.length < 24 ? [0x40 | data.length] : [0x58, data.length];
  return Buffer.from([0xd8, 0x18, ...head, ...data]);
}

const verifiers = {
  "@owf/mdoc": (response) =>
    owf.Verifier.verifyDeviceResponse(
      { deviceResponse: response, sessionTranscript: transcript, trustedCertificates: [root], now: new Date() },
      context,
    ),
  "@auth0/mdl": (response) =>
    new auth0.Verifier([pem(root)]).verify(response, { encodedSessionTranscript: tagged }),
};

const presenters = {
  "@owf/mdoc": async () => {
    const request = owf.DeviceRequest.create({
      docRequests: [
        owf.DocRequest.create({
          itemsRequest: owf.ItemsRequest.create({
            docType: asked.doc_type,
            namespaces: { [asked.doc_type]: Object.fromEntries(asked.names.map((name) => [name, false])) },
          }),
        }),
      ],
    });
    const response = await owf.Holder.createDeviceResponseForDeviceRequest(
      {
        deviceRequest: request,
        sessionTranscript: transcript,
        issuerSigned: [owf.IssuerSigned.decode(bytes(asked.issuer_signed))],
        signature: { signingKey: owf.CoseKey.fromJwk({ ...asked.device, alg: "ES256" }) },
      },
      context,
    );
    return text(response.encode());
  },
  "@auth0/mdl": async () => {
    const whole = auth0.parse(bytes(asked.issued_response));
    const definition = {
      id: "all",
      input_descriptors: [
        {
          id: asked.doc_type,
          format: { mso_mdoc: { alg: ["ES256"] } },
          constraints: {
            limit_disclosure: "required",
            fields: asked.names.map((name) => ({ path: [`$['${asked.doc_type}']['${name}']`], intent_to_retain: false })),
          },
        },
      ],
    };
    const response = await auth0.DeviceResponse.from(whole)
      .usingPresentationDefinition(definition)
      .usingSessionTranscriptBytes(tagged)
      .authenticateWithSignature(asked.device, "ES256")
      .sign();
    return text(response.encode());
  },
};

const times = { signed: new Date(), validFrom: new Date(), validUntil: new Date(new Date().getTime() + 864e5) };
const { kty, crv, x, y } = asked.device;
const issuers = {
  "@owf/mdoc": async () => {
    const builder = new owf.IssuerSignedBuilder(asked.doc_type, context);
    builder.addIssuerNamespace(asked.doc_type, { ...asked.elements, birth_date: new owf.DateOnly("1990-04-05") });
    const signed = await builder.sign({
      signingKey: owf.CoseKey.fromJwk({ ...asked.issuer, alg: "ES256" }),
      algorithm: owf.SignatureAlgorithm.ES256,
      digestAlgorithm: "SHA-256",
      validityInfo: times,
      deviceKeyInfo: { deviceKey: owf.DeviceKey.fromJwk({ kty, crv, x, y }) },
      certificates: [bytes(asked.certificate)],
    });
    return text(signed.encode());
  },
  "@auth0/mdl": async () => {
    const document = await new auth0.Document(asked.doc_type)
      .addIssuerNameSpace(asked.doc_type, asked.elements)
      .useDigestAlgorithm("SHA-256")
      .addValidityInfo(times)
      .addDeviceKeyInfo({ deviceKey: { kty, crv, x, y } })
      .sign({ issuerPrivateKey: asked.issuer, issuerCertificate: pem(bytes(asked.certificate)), alg: "ES256" });
    return text(new auth0.MDoc([document]).encode());
  },
};

const answers = { verified: {}, presented: {}, issued: {} };
for (const [peer, check] of Object.entries(verifiers)) {
  answers.verified[peer] = {};
  for (const [name, response] of Object.entries(asked.responses)) {
    answers.verified[peer][name] = await outcome(async () => Boolean((await check(bytes(response))) ?? true));
  }
}
for (const [peer, present] of Object.entries(presenters)) answers.presented[peer] = await outcome(present);
for (const [peer, issue] of Object.entries(issuers)) answers.issued[peer] = await outcome(issue);
process.stdout.write(JSON.stringify(answers));
