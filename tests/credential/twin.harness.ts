// Runs the browser's twin over cases in Node: one JSON document a line comes in, one answer a line goes out.

import * as base45 from "../../frontend/shared/base45";
import { type Bytes, toHex } from "../../frontend/shared/bytes";
import { unpackCreditCode } from "../../frontend/shared/credit_code";
import { CredentialError } from "../../frontend/shared/errors";
import { keyFromCose, kidOf } from "../../frontend/shared/keys";
import { mrzName } from "../../frontend/shared/names";
import { statusAt, type VerifiedStatusList, verifyStatusList } from "../../frontend/shared/status_list";
import { decode, decodeMap } from "../../frontend/shared/strict_cbor";
import { type VerifiedTrustList, verifyTrustList } from "../../frontend/shared/trust_list";
import { type Verdict, judge } from "../../frontend/shared/verdict";

declare const process: {
  readonly argv: string[];
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: { write(text: string): void };
};

interface Case {
  readonly code: string;
  readonly anchor: string;
  readonly trust: string | null;
  readonly lists: readonly string[];
  readonly now: number;
  readonly expected: { readonly employer_credit_code: string | null; readonly work_place: string | null } | null;
  readonly challenge: { readonly nonce: string; readonly audience: string } | null;
}

function bytes(hex: string): Bytes {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

/** Gives what `make` gives, or undefined for an error of the twin's own; any other error ends the run. */
async function orNone<T>(make: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof CredentialError) return undefined;
    throw error;
  }
}

interface Loaded {
  readonly trust: VerifiedTrustList | undefined;
  readonly statusLists: ReadonlyMap<string, VerifiedStatusList>;
}
// A scanner verifies its lists once, not at each code.
const loaded = new Map<string, Promise<Loaded>>();
const trusts = new Map<string, Promise<VerifiedTrustList | undefined>>();

function once<T>(known: Map<string, Promise<T>>, name: readonly unknown[], make: () => Promise<T>): Promise<T> {
  const key = JSON.stringify(name);
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

async function load({ anchor, trust: token, lists, now }: Case): Promise<Loaded> {
  const trust = token === null ? undefined : await once(trusts, [anchor, token], () => verifiedTrust(anchor, token));
  const statusLists = new Map<string, VerifiedStatusList>();
  for (const list of lists) {
    const verified = trust && (await orNone(() => verifyStatusList({ token: bytes(list), trust, now })));
    if (verified) statusLists.set(verified.uri, verified);
  }
  return { trust, statusLists };
}

function verifiedTrust(anchor: string, token: string): Promise<VerifiedTrustList | undefined> {
  return orNone(() => verifyTrustList({ token: bytes(token), anchor: keyFromCose(decodeMap(bytes(anchor))) }));
}

async function verdict(given: Case): Promise<unknown> {
  const { expected, challenge } = given;
  return asJson(
    await judge({
      ...(await once(loaded, [given.anchor, given.trust, given.lists, given.now], () => load(given))),
      code: given.code,
      now: given.now,
      expected: expected
        ? {
            employerCreditCode: expected.employer_credit_code ?? undefined,
            workPlace: expected.work_place ?? undefined,
          }
        : undefined,
      challenge: challenge ? { nonce: bytes(challenge.nonce), audience: challenge.audience } : undefined,
    }),
  );
}

function asJson(found: Verdict): unknown {
  const { document: _, ...claims } = found.claims ?? { document: "card" };
  const named = Object.entries(claims)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    kind: found.kind,
    reason: found.reason.code,
    also: found.also.map((reason) => reason.code),
    document_id: found.documentId ?? null,
    issuer: found.issuer?.name.en ?? null,
    presented_at: found.presentedAt === undefined ? null : found.presentedAt / 1000,
    claims: found.claims ? Object.fromEntries(named) : null,
  };
}

/** What each low-level reader makes of one input; null for what it refuses. */
const FORMATS: Record<string, (given: string) => unknown> = {
  base45: (given) => toHex(base45.decode(given)),
  base45_encode: (given) => base45.encode(bytes(given)),
  cbor: (given) => (decode(bytes(given)), true),
  key: async (given) => {
    const key = keyFromCose(decodeMap(bytes(given)));
    return { raw: toHex(key.raw), kid: await kidOf(key) };
  },
  name: (given) => mrzName(given),
  credit_code: (given) => unpackCreditCode(bytes(given)),
  status: (given) => {
    const [bits = "", entries = "", index = ""] = given.split(" ");
    return statusAt({ bits: Number(bits), entries: bytes(entries) }, Number(index));
  },
};

// These take several inputs with spaces between them; `-` stands for none.
Object.assign(FORMATS, {
  trust_list: async (given: string) => {
    const [token = "", anchor = "", notBefore = "-"] = given.split(" ");
    const held = notBefore === "-" ? undefined : Number(notBefore) * 1000;
    const key = keyFromCose(decodeMap(bytes(anchor)));
    const list = await verifyTrustList({ token: bytes(token), anchor: key, notBefore: held });
    return { issued_at: list.issuedAt / 1000, next_update: list.nextUpdate / 1000, kids: [...list.byKid.keys()] };
  },
  status_list: async (given: string) => {
    const [token = "", trustToken = "", anchor = "", now = "", uri = "-"] = given.split(" ");
    const trust = await verifyTrustList({ token: bytes(trustToken), anchor: keyFromCose(decodeMap(bytes(anchor))) });
    const asked = uri === "-" ? undefined : uri;
    const list = await verifyStatusList({ token: bytes(token), trust, now: Number(now) * 1000, uri: asked });
    const { bits, kid, issuedAt, expiresAt, ttl, entries } = list;
    const times = { issued_at: issuedAt / 1000, expires_at: expiresAt / 1000, ttl: ttl / 1000 };
    return { uri: list.uri, bits, kid, ...times, entries: toHex(entries) };
  },
});

async function format({ format: name, given }: { readonly format: string; readonly given: string }): Promise<unknown> {
  return (await orNone(() => FORMATS[name]?.(given))) ?? null;
}

/** Makes Node as poor as a browser without Ed25519. */
function withoutEd25519(): void {
  const whole = crypto.subtle.importKey.bind(crypto.subtle) as (...given: unknown[]) => Promise<CryptoKey>;
  const poor = (...given: unknown[]): Promise<CryptoKey> =>
    (given[2] as { name: string }).name === "Ed25519"
      ? Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"))
      : whole(...given);
  Object.defineProperty(crypto.subtle, "importKey", { value: poor });
}

async function* lines(): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of process.stdin) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

if (process.argv.includes("--without-ed25519")) withoutEd25519();
for await (const line of lines()) {
  const given = JSON.parse(line) as Case & { readonly format: string; readonly given: string };
  const answer = given.format === undefined ? await verdict(given) : await format(given);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
