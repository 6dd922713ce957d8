// The inspector's challenge: shown as a QR code, answered by the holder's phone with a code that only it can make now.

import { correction, generate } from "lean-qr";
import { challengeAddress, newChallenge } from "../shared/challenge";
import type { Challenge } from "../shared/live_code";
import { part } from "../shared/parts";
import type { Profile } from "./desk";

const MAX_AUDIENCE = 200; // characters: docs/credential/live-code.md

/** The challenge that is open, if one is. */
export class Asking {
  challenge: Challenge | undefined;
  readonly #root: HTMLElement;
  readonly #profile: Profile;

  constructor(root: HTMLElement, profile: Profile) {
    this.#root = root;
    this.#profile = profile;
  }

  /** Makes a new challenge and draws it. */
  ask(): void {
    const { zh, en } = this.#profile.unit;
    this.challenge = newChallenge([...`${zh} ${en}`].slice(0, MAX_AUDIENCE).join("").trim());
    const page = new URL(this.#root.dataset["wallet"] ?? "", location.href).href;
    const code = generate(challengeAddress(page, this.challenge), { minCorrectionLevel: correction.M });
    code.toCanvas(part<HTMLCanvasElement>(this.#root, "[data-challenge] canvas"), { pad: 4, off: [255, 255, 255] });
    this.#tell();
  }

  /** Ends the challenge: it was answered, or the inspector gave it up. */
  end(): void {
    this.challenge = undefined;
    this.#tell();
  }

  #tell(): void {
    part(this.#root, "[data-asked]").hidden = this.challenge === undefined;
  }
}
