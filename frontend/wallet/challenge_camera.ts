// Reads the inspector's challenge with this page's own camera, for wallets that the phone's camera app does not open.
// The reader comes from the server when it is asked for, so that this takes a network.

import { challengeIn } from "../shared/challenge";
import type { Challenge } from "../shared/live_code";
import { part } from "../shared/parts";
import { type Camera, openCamera } from "../scanner/camera";
import { Decoder } from "../scanner/decoder";

export class ChallengeCamera {
  readonly #root: HTMLElement;
  readonly #found: (challenge: Challenge) => void;
  #decoder: Decoder | undefined;
  #camera: Camera | undefined;

  constructor(root: HTMLElement, found: (challenge: Challenge) => void) {
    this.#root = root;
    this.#found = found;
    part(root, "[data-open-camera]").addEventListener("click", () => void this.#open());
    root.closest("details")?.addEventListener("toggle", () => this.close());
    window.addEventListener("pagehide", () => this.close());
    root.hidden = !navigator.onLine;
  }

  close(): void {
    this.#camera?.close();
    this.#camera = undefined;
    this.#show("button");
  }

  async #open(): Promise<void> {
    const { worker = "", wasm = "" } = this.#root.dataset;
    try {
      this.#camera = await openCamera(part<HTMLVideoElement>(this.#root, "video"));
    } catch {
      this.#show("trouble"); // refused, missing or busy: the other ways are beside it
      return;
    }
    this.#show("picture");
    this.#decoder ??= new Decoder({ worker, wasm });
    await this.#watch(this.#camera, this.#decoder);
  }

  async #watch(camera: Camera, decoder: Decoder): Promise<void> {
    while (camera.isLive) {
      const frame = await camera.frame();
      const text = frame && (await decoder.readFrame(frame.image));
      const challenge = text === undefined ? undefined : challengeIn(text);
      if (challenge === undefined) continue;
      this.close();
      this.#found(challenge);
      return;
    }
  }

  #show(what: "button" | "picture" | "trouble"): void {
    part(this.#root, "video").hidden = what !== "picture";
    part(this.#root, "[data-open-camera]").hidden = what === "picture";
    part(this.#root, "[data-camera-trouble]").hidden = what !== "trouble";
  }
}
