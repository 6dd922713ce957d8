// What the wallet keeps in this browser (docs/wallet.md): keys by card, and what was last known of the holder.

import type { Device } from "./device";
import type { KeptState } from "./state";

const NAME = "rongka-wallet";
const VERSION = 2;

/** What each store holds, by its key. */
interface Stores {
  /** By card, so that two holders who share a browser never meet. */
  readonly devices: Device;
  /** One record, of whoever signed in last. */
  readonly state: KeptState;
}

export type Store = keyof Stores;

const KEYS: Readonly<Record<Store, string>> = { devices: "card", state: "name" };
const CHANNEL = "rongka-wallet"; // tells other tabs that something has changed

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(NAME, VERSION);
    opening.onupgradeneeded = () => addStores(opening.result);
    opening.onsuccess = () => resolve(closedInTime(opening.result));
    opening.onerror = () => reject(opening.error ?? new Error("the store cannot be opened"));
  });
  opened.catch(() => (opened = undefined)); // a later try may succeed
  return opened;
}

function addStores(database: IDBDatabase): void {
  for (const [store, keyPath] of Object.entries(KEYS)) {
    if (!database.objectStoreNames.contains(store)) database.createObjectStore(store, { keyPath });
  }
}

/** Lets a newer version in another tab change the database, and forgets one that the browser closed. */
function closedInTime(database: IDBDatabase): IDBDatabase {
  database.onversionchange = () => {
    database.close();
    opened = undefined;
  };
  database.onclose = () => (opened = undefined);
  return database;
}

async function within<T>(store: Store, mode: IDBTransactionMode, ask: (records: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = ask(transaction.objectStore(store));
    // What is written counts when the transaction is complete, not when the request is.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error ?? new Error("nothing was stored"));
  });
}

/** Gives a record. */
export function kept<S extends Store>(store: S, key: string): Promise<Stores[S] | undefined> {
  return within<Stores[S] | undefined>(store, "readonly", (records) => records.get(key));
}

/** Gives every record of a store. */
export function allKept<S extends Store>(store: S): Promise<Stores[S][]> {
  return within<Stores[S][]>(store, "readonly", (records) => records.getAll());
}

/** Keeps a record in place of the one with its key. */
export async function keep<S extends Store>(store: S, record: Stores[S]): Promise<void> {
  await within(store, "readwrite", (records) => records.put(record));
}

/** Keeps a record unless there is one with its key: of two tabs that make a key at once, one wins. */
export async function keepNew<S extends Store>(store: S, record: Stores[S]): Promise<void> {
  try {
    await within(store, "readwrite", (records) => records.add(record));
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "ConstraintError")) throw error;
  }
}

/** Forgets a record. */
export async function forget(store: Store, key: string): Promise<void> {
  await within(store, "readwrite", (records) => records.delete(key));
}

/** Tells every open page of the wallet, this one too, that what is kept has changed. */
export function announce(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
}

/** Calls `look` whenever what is kept has changed. */
export function whenChanged(look: () => void): void {
  new BroadcastChannel(CHANNEL).addEventListener("message", look);
}
