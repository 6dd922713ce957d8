// Why a verdict is what it is. The words are Python's: `python -m tests.vectors` writes reasons.json from its table.

import table from "./reasons.json";

export type ReasonCode = keyof typeof table;

/** One reason: a stable code, the words in both languages, and what to do next. */
export interface VerdictReason {
  readonly code: ReasonCode;
  readonly text: { readonly zh: string; readonly en: string };
  readonly nextStep: { readonly zh: string; readonly en: string };
}

/** Gives the reason of a code. */
export function reason(code: ReasonCode): VerdictReason {
  return { code, ...table[code] };
}
