// The signed lists at hand: fetched while there is a network, kept with their age, verified under the pinned anchor each
// time they are read. A list that is refused, or older than the one at hand, changes nothing.

import { type Bytes, fromBase64Url } from "../shared/bytes";
import { CredentialError } from "../shared/errors";
import { type PublicKey, keyFromCose } from "../shared/keys";
import { type VerifiedStatusList, verifyStatusList } from "../shared/status_list";
import { decodeMap } from "../shared/strict_cbor";
import { type VerifiedTrustList, verifyTrustList } from "../shared/trust_list";
import type { Row, Store } from "./store";

const TRUST = "/trust-list";
const STATUS = "/status-lists";
const HOUR = 3_600_000;
const OLD = 24 * HOUR; // as the verdict has it: a revocation is known everywhere within a day
const PATIENCE = 20_000; // milliseconds for one file
const MOST_LISTS = 1000;

export const REFRESH_EVERY = HOUR;

interface KeptList extends Row {
  readonly token: Bytes;
  readonly fetchedAt: number;
}

interface PinnedAnchor extends Row {
  readonly key: string;
}

/** The page names another anchor than the one that was pinned: somebody may want false lists believed. */
export class AnchorChangedError extends Error {}

/** Gives the anchor of the first visit; throws `AnchorChangedError` when the page now names another. */
export async function pinnedAnchor(store: Store, named: string): Promise<PublicKey | undefined> {
  const pinned = await store.get<PinnedAnchor>("settings", "anchor");
  if (pinned !== undefined && named !== "" && pinned.key !== named) throw new AnchorChangedError();
  const key = pinned?.key ?? named;
  if (key === "") return undefined;
  const anchor = keyFromCose(decodeMap(fromBase64Url(key)));
  if (pinned === undefined) await store.put("settings", { id: "anchor", key } as PinnedAnchor);
  return anchor;
}

/** The lists to judge with. */
export class Lists {
  trust: VerifiedTrustList | undefined;
  readonly status = new Map<string, VerifiedStatusList>();
  /** When everything was last fetched and found good; 0 before. */
  updatedAt = 0;
  /** The server's clock less ours, in milliseconds, as of the last answer. */
  clockDifference = 0;
  /** Whether the last refresh met a list that was not to be believed. */
  wasForged = false;
  readonly #store: Store;
  readonly #anchor: PublicKey | undefined;

  constructor(store: Store, anchor: PublicKey | undefined) {
    this.#store = store;
    this.#anchor = anchor;
  }

  /** Tells whether nothing can be called valid any more. */
  isOld(now: number): boolean {
    const ages = [...this.status.values()].map((list) => now - list.issuedAt);
    return this.trust === undefined || this.trust.nextUpdate <= now || ages.length === 0 || Math.max(...ages) > OLD;
  }

  /** Takes up what was kept, as far as it still verifies. */
  async takeKept(now: number): Promise<void> {
    const kept = await this.#store.all<KeptList>("lists");
    const trust = kept.find((one) => one.id === TRUST);
    if (trust === undefined || !(await this.#believed(this.#takeTrust(trust.token)))) return;
    for (const one of kept) if (one !== trust) await this.#believed(this.#takeStatus(one.id, one.token, now));
    this.updatedAt = trust.fetchedAt;
  }

  /** Fetches all lists; what fails leaves what is there. Tells whether everything came and was good. */
  async refresh(): Promise<boolean> {
    this.wasForged = false;
    try {
      const token = await this.#fetch(TRUST);
      if (!(await this.#believed(this.#takeTrust(token)))) return false;
      const uris = await this.#statusAddresses();
      const arrived = await Promise.all(uris.map((uri) => this.#refreshStatus(uri)));
      if (arrived.includes(false)) return false;
      this.updatedAt = Date.now();
      await this.#keep(TRUST, token);
      return true;
    } catch (error) {
      if (error instanceof CredentialError) throw error;
      return false; // no network, or a server that does not answer
    }
  }

  async #refreshStatus(uri: string): Promise<boolean> {
    // Lists are fetched from this server, under the path of their address: no request goes to another origin.
    const token = await this.#fetch(new URL(uri).pathname);
    if (!(await this.#believed(this.#takeStatus(uri, token, Date.now())))) return false;
    await this.#keep(uri, token);
    return true;
  }

  async #statusAddresses(): Promise<string[]> {
    const answer: unknown = JSON.parse(new TextDecoder().decode(await this.#fetch(STATUS)));
    const listed = (answer as { status_lists?: unknown }).status_lists;
    return Array.isArray(listed) ? listed.filter((uri) => typeof uri === "string").slice(0, MOST_LISTS) : [];
  }

  async #takeTrust(token: Bytes): Promise<void> {
    if (this.#anchor === undefined) return;
    this.trust = await verifyTrustList({ token, anchor: this.#anchor, notBefore: this.trust?.issuedAt });
  }

  async #takeStatus(uri: string, token: Bytes, now: number): Promise<void> {
    if (this.trust === undefined) return;
    const list = await verifyStatusList({ token, trust: this.trust, now, uri });
    const held = this.status.get(uri);
    if (held === undefined || list.issuedAt >= held.issuedAt) this.status.set(uri, list);
  }

  async #believed(taking: Promise<void>): Promise<boolean> {
    try {
      await taking;
      return true;
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error;
      this.wasForged = true;
      return false;
    }
  }

  async #keep(id: string, token: Bytes): Promise<void> {
    await this.#store.put("lists", { id, token, fetchedAt: Date.now() } as KeptList);
  }

  async #fetch(path: string): Promise<Bytes> {
    const answer = await fetch(path, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const date = Date.parse(answer.headers.get("Date") ?? "");
    if (!Number.isNaN(date)) this.clockDifference = date - Date.now();
    return new Uint8Array(await answer.arrayBuffer());
  }
}
