// Whether the wallet shows a code now: decided on the phone, from the card's own dates and what the server last said.

import type { CardClaims } from "../shared/claims";
import { midnight } from "../shared/fields";
import type { KeptState } from "./state";

const DAY = 24 * 3_600_000; // milliseconds
const CLOCK_TOLERANCE = 30_000; // milliseconds; from here on a scanner doubts the code (verdict.ts)

/** Why no code is shown. */
export type Obstacle = "nothing" | "inactive" | "held" | "expired" | "not-yet" | "too-long";

/** What is known on this phone. */
export interface Known {
  /** Of the kept credential. */
  readonly claims: CardClaims | undefined;
  readonly last: KeptState | undefined;
  /** Milliseconds of the epoch, by this phone's clock. */
  readonly now: number;
}

/** Gives what keeps the code from being shown, or undefined. */
export function obstacle({ claims, last, now }: Known): Obstacle | undefined {
  // Whom to ask is told of a card that was stopped; one that is not there yet is nobody's fault.
  if (last !== undefined && !last.state.shown) return last.state.contacts === undefined ? "inactive" : "held";
  if (claims === undefined || last === undefined) return "nothing";
  if (now >= midnight(claims.validUntil)) return "expired";
  if (now < midnight(claims.validFrom)) return "not-yet";
  return daysSince(last, now) >= last.state.hide_days ? "too-long" : undefined;
}

/** Gives how many whole days ago this phone was last connected. */
export function daysSince(last: KeptState, now: number): number {
  return Math.max(0, Math.floor((now - last.at) / DAY));
}

/** Tells whether the holder should connect once, before the code is hidden. */
export function isLongAgo(last: KeptState, now: number): boolean {
  const days = daysSince(last, now);
  return days >= last.state.connect_days && days < last.state.hide_days;
}

/** What can be said of this phone's clock: right as far as we know, or wrong, and how. */
export type Clock = "right" | "fast" | "slow" | "set-back";

/** Judges this phone's clock by what the server's showed at the last connection. */
export function clockOf({ at, ahead }: KeptState, now: number): Clock {
  if (now < at - CLOCK_TOLERANCE) return "set-back";
  if (Math.abs(ahead) <= CLOCK_TOLERANCE) return "right";
  return ahead > 0 ? "fast" : "slow";
}
