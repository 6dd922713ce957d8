// The lines above the camera: how old the lists are, how many checks wait, whether the clocks agree.

import { clockTime, made, part } from "../shared/parts";
import type { Lists } from "./lists";
import type { KeptCheck, Outbox } from "./outbox";

const CLOCK_DIFFERENCE = 30_000; // milliseconds, as in the verdict

/** Says how old the lists are, and what is wrong with them or with the clock. */
export function showLists(root: HTMLElement, lists: Lists, isRefreshing: boolean): void {
  showAge(root, lists);
  part(root, "[data-forged]").hidden = !lists.wasForged;
  part(root, "[data-clock]").hidden = Math.abs(lists.clockDifference) <= CLOCK_DIFFERENCE;
  part<HTMLButtonElement>(root, "[data-refresh]").disabled = isRefreshing;
}

/** Says how old the lists are. */
export function showAge(root: HTMLElement, lists: Lists): void {
  const now = Date.now();
  const isOld = lists.isOld(now);
  const age = part(root, "[data-lists]");
  const name = lists.updatedAt === 0 ? "lists-missing" : isOld ? "lists-old" : "lists-fresh";
  age.replaceChildren(made(root, name, { at: clockTime(lists.updatedAt, now) }));
  age.dataset["lists"] = name;
}

/** Says how many checks wait, and lists the newest ones. */
export async function showChecks(root: HTMLElement, outbox: Outbox): Promise<void> {
  const own = await outbox.own();
  const waiting = own.filter((one) => one.state === "waiting").length;
  const count = part(root, "[data-waiting]");
  count.dataset["waiting"] = String(waiting);
  count.replaceChildren(made(root, waiting ? "checks-waiting" : "checks-sent", { count: String(waiting) }));
  part(root, "[data-sign-in-again]").hidden = !(outbox.needsSignIn && waiting > 0);
  part(root, "[data-recent]").hidden = own.length === 0;
  part(root, "[data-recent] ol").replaceChildren(...own.map((one) => line(root, one)));
}

/** Gives where a check is filed. */
export function addressOf(root: HTMLElement, checkId: string): string {
  return `${root.dataset["checks"] ?? ""}${checkId}/`;
}

function line(root: HTMLElement, { at, verdict, state, checkId, elsewhere, text }: KeptCheck): DocumentFragment {
  const row = made(root, "recent", { at: clockTime(at, Date.now()) });
  part(row, "[data-word]").append(made(root, `word-${verdict}`));
  const place = part(row, "[data-state]");
  place.dataset["state"] = state;
  place.append(made(root, `state-${state}`, { zh: text?.zh ?? "", en: text?.en ?? "" }));
  if (elsewhere !== undefined) place.append(made(root, "seen-elsewhere"));
  const link = part<HTMLAnchorElement>(row, "a");
  if (checkId === undefined) link.remove();
  else link.href = addressOf(root, checkId);
  return row;
}
