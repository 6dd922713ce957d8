// What the server last said of the holder: whether the card may be shown, whose turn it is, which devices count.

import { allKept, announce, forget, keep, kept } from "./kept";

export interface Contact {
  readonly name: string;
  readonly place: string;
}

/** Where the holder stands, in the words of the language that it was asked in. */
export interface Steps {
  readonly title: string | null;
  readonly turn: string | null;
  readonly since: string | null;
  readonly done: number;
  readonly of: number;
}

/** The server's answer (rongka/web/wallet/state.py). */
export interface State {
  readonly card: string | null;
  readonly shown: boolean;
  readonly reason?: string;
  readonly contacts?: readonly Contact[];
  readonly devices: ReadonlyArray<{ readonly id: string; readonly revoked: boolean }>;
  /** The server's clock. */
  readonly now: string;
  readonly connect_days: number;
  readonly hide_days: number;
  readonly steps: Steps;
  /** The last day to apply for a residence permit. */
  readonly residence?: string | null;
}

/** The answer with what this phone knew at that moment; times are in milliseconds of the epoch. */
export interface KeptState {
  readonly name: "latest";
  readonly holder: string;
  readonly language: string;
  readonly state: State;
  /** By this phone's clock. */
  readonly at: number;
  /** How far this phone's clock was ahead of the server's. */
  readonly ahead: number;
}

const NAME = "latest";
let purges = 0; // an answer to a question from before a sign-out is not kept

/** Gives what was last known, or undefined where nothing is kept or can be. */
export async function lastKnown(): Promise<KeptState | undefined> {
  try {
    return await kept("state", NAME);
  } catch {
    return undefined;
  }
}

/**
 * Asks the server how the holder's card stands, and keeps its answer; without network or sign-in all stays as it is. On
 * a page without a person, `card` is the one that is kept: when somebody else has signed in, what is kept goes.
 */
export async function refresh(address: string, holder: string, card?: string | null): Promise<void> {
  const [asked, before] = [Date.now(), purges];
  const state = await fetchState(address);
  if (state === undefined || purges !== before) return;
  if (card !== undefined && state.card !== card) {
    await purge();
    return;
  }
  const at = Date.now();
  // The server looked at its clock somewhere between question and answer.
  const ahead = (asked + at) / 2 - Date.parse(state.now);
  const told: KeptState = { name: NAME, holder, language: document.documentElement.lang, state, at, ahead };
  await keep("state", told);
  await forgetRevoked(state);
  announce();
}

async function fetchState(address: string): Promise<State | undefined> {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    return response.ok ? ((await response.json()) as State) : undefined;
  } catch {
    return undefined;
  }
}

async function forgetRevoked({ card, devices }: State): Promise<void> {
  if (card === null) return;
  const device = await kept("devices", card);
  // One that the answer does not name may have been set up after the question.
  if (devices.some(({ id, revoked }) => id === device?.id && revoked)) await forget("devices", card);
}

/** Forgets everything of anybody but `holder`; of nobody's, when that is empty. Keys stay: they open nothing alone. */
export async function purge(holder = ""): Promise<void> {
  if (!holder) purges += 1;
  const known = await kept("state", NAME);
  if (known !== undefined && known.holder !== holder) await forget("state", NAME);
  for (const device of await allKept("devices")) {
    if (device.holder !== holder) await keep("devices", { ...device, token: new Uint8Array(), fetchedAt: 0 });
  }
  announce();
}
