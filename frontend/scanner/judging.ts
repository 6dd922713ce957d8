// From the text of a code to a verdict, the same for the inspector and for the public.

import type { Challenge } from "../shared/live_code";
import { type Expected, type Verdict, judge } from "../shared/verdict";
import type { Lists } from "./lists";

/** Judges a code with the lists at hand; whatever goes wrong is never green. */
export function judged(
  code: string,
  lists: Lists,
  given: { now: number; expected?: Expected; challenge?: Challenge | undefined },
): Promise<Verdict> {
  return judge({ code, trust: lists.trust, statusLists: lists.status, ...given });
}

/** Notes how long it took from the frame that was read to the verdict on the screen, for tests/web/scanner/measure.py. */
export function noteTime(frameAt: number): void {
  requestAnimationFrame(() => performance.measure("rongka:verdict", { start: frameAt, end: performance.now() }));
}
