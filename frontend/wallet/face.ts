// The licence view without a network: the card's face, filled in from what the issuer signed, masked until it is opened.

import type { CardClaims } from "../shared/claims";
import { part } from "../shared/parts";
import { dayBefore, masked, maskedName, maskedNumber } from "./words";

type Mask = (value: string) => string;

/** The claims that the face names, each with its mask if it has one. */
function values(claims: CardClaims): Record<string, readonly [string, Mask?]> {
  return {
    name: [claims.nameViz, maskedName],
    machineName: [claims.nameMrz, (name) => maskedName(name.replaceAll("<", " "))],
    chineseName: [claims.nameZh ?? "", () => ""],
    category: [claims.category],
    permitNumber: [claims.permitNumber, maskedNumber],
    employer: [claims.employerName],
    post: [claims.post],
    workPlace: [claims.workPlace],
    validFrom: [claims.validFrom],
    lastDay: [dayBefore(claims.validUntil)],
    passport: [claims.passportMasked],
    birthDate: [claims.birthDate, masked],
    nationality: [claims.nationality],
    sex: [claims.sex],
  };
}

/** Writes the claims into the face of a page. */
export function fillFace(root: HTMLElement, claims: CardClaims, isOpen: boolean): void {
  for (const [name, [value, mask]] of Object.entries(values(claims))) {
    const shown = isOpen || mask === undefined ? value : mask(value);
    for (const place of root.querySelectorAll<HTMLElement>(`[data-claim="${name}"]`)) {
      place.textContent = shown;
      place.lang = /[\u3400-\u9fff]/.test(shown) ? "zh-Hans" : "en";
    }
    for (const one of root.querySelectorAll<HTMLElement>(`[data-one-of="${name}"]`)) one.hidden = one.dataset["value"] !== value;
  }
  const chinese = part(root, "[data-claim=chineseName]");
  if (chinese.parentElement !== null) chinese.parentElement.hidden = chinese.textContent === "";
}
