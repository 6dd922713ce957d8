// What this scanner keeps, in IndexedDB: lists, checks that wait, codes seen, and who is signed in. Each row has an `id`.

const DATABASE = "rongka-scanner";
const VERSION = 1;
const TABLES = ["lists", "outbox", "sightings", "settings"] as const;

export type Table = (typeof TABLES)[number];

export interface Row {
  readonly id: string;
}

/** Rows by table and `id`. */
export interface Store {
  get<T extends Row>(table: Table, id: string): Promise<T | undefined>;
  all<T extends Row>(table: Table): Promise<T[]>;
  put(table: Table, row: Row): Promise<void>;
  delete(table: Table, id: string): Promise<void>;
  clear(table: Table): Promise<void>;
}

/** Opens the database and tries it; throws where the browser refuses to keep anything, as in some private windows. */
export async function openStore(): Promise<Store> {
  const opening = indexedDB.open(DATABASE, VERSION);
  opening.onupgradeneeded = () => {
    for (const table of TABLES) opening.result.createObjectStore(table, { keyPath: "id" });
  };
  const database = await settled(opening);
  database.onversionchange = () => database.close(); // a newer version in another tab must not wait for this one
  const store = storeOf(database);
  await store.put("settings", { id: "tried" });
  if ((await store.get("settings", "tried")) === undefined) throw new Error("what was kept is not there");
  return store;
}

/** Keeps rows for as long as the page is open: enough where nothing has to last. */
export function memoryStore(): Store {
  const tables = new Map<Table, Map<string, Row>>(TABLES.map((table) => [table, new Map<string, Row>()]));
  const rows = (table: Table): Map<string, Row> => tables.get(table) ?? new Map<string, Row>();
  return {
    get: <T extends Row>(table: Table, id: string) => Promise.resolve(rows(table).get(id) as T | undefined),
    all: <T extends Row>(table: Table) => Promise.resolve([...rows(table).values()] as unknown as T[]),
    put: async (table, row) => void rows(table).set(row.id, row),
    delete: async (table, id) => void rows(table).delete(id),
    clear: async (table) => rows(table).clear(),
  };
}

function storeOf(database: IDBDatabase): Store {
  const read = (table: Table): IDBObjectStore => database.transaction(table, "readonly").objectStore(table);
  return {
    get: (table, id) => settled(read(table).get(id)),
    all: (table) => settled(read(table).getAll()),
    put: (table, row) => written(database, table, (rows) => rows.put(row)),
    delete: (table, id) => written(database, table, (rows) => rows.delete(id)),
    clear: (table) => written(database, table, (rows) => rows.clear()),
  };
}

/** Waits until the change is on disk, not only accepted: a check must survive whatever comes next. */
function written(database: IDBDatabase, table: Table, change: (rows: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(table, "readwrite", { durability: "strict" });
    change(transaction.objectStore(table));
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
  });
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("not opened"));
  });
}
