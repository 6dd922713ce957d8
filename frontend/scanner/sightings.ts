// Live codes that were seen here: one that comes again within its life may be shown by two people. What is kept names a
// document and a second, and nobody; two signatures over the same are one code.

import type { Verdict } from "../shared/verdict";
import type { Row, Store } from "./store";

const FORGOTTEN_AFTER = 3_600_000; // milliseconds; a code lives one minute, and clocks may differ by some

interface Sighting extends Row {
  readonly at: number;
}

/** Remembers codes. */
export class Sightings {
  readonly #store: Store;
  readonly #seen = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Takes up what was kept, and forgets what is long over. */
  async takeKept(now: number): Promise<void> {
    for (const { id, at } of await this.#store.all<Sighting>("sightings")) {
      if (now - at > FORGOTTEN_AFTER) await this.#store.delete("sightings", id);
      else this.#seen.set(id, at);
    }
  }

  /** Notes a code that passed; gives when it was first seen, or undefined when this is the first time. */
  note({ documentId, presentedAt }: Verdict, now: number): number | undefined {
    if (documentId === undefined || presentedAt === undefined) return undefined; // printed, or refused anyway
    const id = `${documentId}:${presentedAt}`;
    const before = this.#seen.get(id);
    if (before === undefined) {
      this.#seen.set(id, now);
      void this.#store.put("sightings", { id, at: now } as Sighting).catch(() => undefined); // a hint, not a record
    }
    return before;
  }
}
