// Checks on their way to the server. Each is kept before it is sent and has an id of its own, by which the server takes it
// once, however often it is sent. A lock keeps two tabs from sending at the same time; they would do no harm, only work.

import type { Row, Store } from "./store";

const LOCK = "rongka-scanner-outbox";
const AT_ONCE = 50; // the most that the server takes in one request
const [FIRST_PAUSE, LONGEST_PAUSE] = [5_000, 600_000]; // milliseconds between two tries
const PATIENCE = 30_000; // milliseconds for one request
const JSON_WANTED = { Accept: "application/json" };
const MOST_REMEMBERED = 20; // checks that arrived, for filing them

/** A check as it is sent. */
export interface Check {
  readonly id: string;
  readonly code: string;
  readonly checked_at: string;
  readonly verdict: string;
  readonly reason: string;
  readonly purpose: string;
  readonly place: string;
  readonly employer: string;
  readonly method: "camera" | "image" | "text";
  readonly challenge: { readonly nonce: string; readonly audience: string } | null;
}

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Where else the same code was checked. */
export interface Elsewhere {
  readonly at: string;
  readonly unit: Words;
  readonly place: string;
}

/** A check that is kept here: with its code while it waits, without anything of a person afterwards. */
export interface KeptCheck extends Row {
  readonly owner: string;
  readonly at: number;
  readonly verdict: string;
  readonly state: "waiting" | "kept" | "refused";
  readonly check?: Check;
  readonly checkId?: string;
  readonly elsewhere?: Elsewhere;
  readonly text?: Words;
}

interface Result {
  readonly id: string;
  readonly status: "kept" | "known" | "refused";
  readonly text?: Words;
  readonly check_id?: string;
  readonly elsewhere?: Elsewhere;
}

/** The session is over: somebody has to sign in before anything can be sent. */
class SignedOutError extends Error {}

/** The server will not have this request, however often it comes. */
class RejectedError extends Error {}

/** The checks of one inspector. */
export class Outbox {
  needsSignIn = false;
  readonly #store: Store;
  readonly #address: string;
  readonly #owner: string;
  readonly #changed: () => void;
  #timer = 0;
  #pause = FIRST_PAUSE;

  constructor(given: { store: Store; address: string; owner: string; changed: () => void }) {
    this.#store = given.store;
    this.#address = given.address;
    this.#owner = given.owner;
    this.#changed = given.changed;
  }

  /** Gives this inspector's checks, the newest first. */
  async own(): Promise<KeptCheck[]> {
    const all = await this.#store.all<KeptCheck>("outbox");
    return all.filter((one) => one.owner === this.#owner).sort((one, other) => other.at - one.at);
  }

  /** Keeps a check; it is safe when this returns, and sent when there is a network. */
  async add(check: Check, at: number): Promise<void> {
    const row: KeptCheck = { id: check.id, owner: this.#owner, at, verdict: check.verdict, state: "waiting", check };
    await this.#store.put("outbox", row);
    this.#pause = FIRST_PAUSE;
    this.#changed();
  }

  /** Sends what waits; tries again by itself when that fails. */
  async synchronise(): Promise<void> {
    window.clearTimeout(this.#timer);
    try {
      await alone(() => this.#sendAll());
      this.needsSignIn = false;
      this.#pause = FIRST_PAUSE;
    } catch (error) {
      this.needsSignIn = error instanceof SignedOutError;
      this.#timer = window.setTimeout(() => void this.synchronise(), this.#pause);
      this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
    }
    this.#changed();
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const waiting = (await this.own()).filter((one) => one.state === "waiting");
      if (waiting.length === 0) break;
      await this.#send(waiting.slice(-AT_ONCE), await this.#token());
    }
    await this.#forgetOld();
  }

  async #send(rows: readonly KeptCheck[], token: string): Promise<void> {
    const checks = rows.flatMap((row) => row.check ?? []);
    let results: readonly Result[];
    try {
      results = await this.#post(checks, token);
    } catch (error) {
      if (!(error instanceof RejectedError)) throw error;
      // One that is rejected does not hold up the others.
      if (rows.length > 1) for (const row of rows) await this.#send([row], token);
      else for (const row of rows) await this.#settle(row, { id: row.id, status: "refused" });
      return;
    }
    for (const row of rows) {
      const result = results.find((one) => one.id === row.id);
      if (result === undefined) throw new Error("a check without an answer");
      await this.#settle(row, result);
    }
  }

  async #settle(row: KeptCheck, result: Result): Promise<void> {
    const { id, owner, at, verdict } = row;
    const state = result.status === "refused" ? "refused" : "kept";
    await this.#store.put("outbox", {
      id, owner, at, verdict, state, checkId: result.check_id, elsewhere: result.elsewhere, text: result.text,
    } as KeptCheck); // prettier-ignore
    this.#changed();
  }

  async #forgetOld(): Promise<void> {
    const settled = (await this.own()).filter((one) => one.state !== "waiting");
    for (const one of settled.slice(MOST_REMEMBERED)) await this.#store.delete("outbox", one.id);
  }

  /**
   * A scanner that was offline for long may hold a page whose token is no good any more, and somebody else may have
   * signed in meanwhile: these checks are not theirs.
   */
  async #token(): Promise<string> {
    const answer = await this.#ask({ method: "GET", headers: JSON_WANTED });
    const { csrf, staff } = answer as { csrf: string; staff: string };
    if (staff !== this.#owner) throw new SignedOutError();
    return csrf;
  }

  async #post(checks: readonly Check[], token: string): Promise<readonly Result[]> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token, ...JSON_WANTED };
    const answer = await this.#ask({ method: "POST", headers, body: JSON.stringify({ checks }) });
    return (answer as { results: readonly Result[] }).results;
  }

  async #ask(request: RequestInit): Promise<unknown> {
    const answer = await fetch(this.#address, { ...request, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.redirected || answer.status === 401) throw new SignedOutError();
    if ([400, 413, 422].includes(answer.status)) throw new RejectedError();
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }
}

async function alone(work: () => Promise<void>): Promise<void> {
  // Missing where a page was not loaded by https, whatever the types say.
  const locks = navigator.locks as LockManager | undefined;
  await (locks === undefined ? work() : locks.request(LOCK, work));
}
