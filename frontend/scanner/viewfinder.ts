// The camera on the page: its picture, its buttons, what to do when there is none, and one code after the other.

import { made, part } from "../shared/parts";
import { type Camera, CameraError, openCamera } from "./camera";
import type { Decoder } from "./decoder";

const OUT_OF_SIGHT = 1_500; // milliseconds without a code after which the same one counts as shown again
const NOTHING_FOR = 6_000; // milliseconds without a code after which a hint helps
const HARDER_EVERY = 4; // frames; each fourth is searched thoroughly, for faint and inverted codes

/** Reads codes off the camera. `found` is called with each text; then nothing is read until `resume`. */
export class Viewfinder {
  readonly #root: HTMLElement;
  readonly #decoder: Decoder;
  readonly #found: (text: string, frameAt: number) => void;
  #camera: Camera | undefined;
  #reads = false;
  #last = "";
  #lastSeenAt = 0;

  constructor(root: HTMLElement, decoder: Decoder, found: (text: string, frameAt: number) => void) {
    this.#root = root;
    this.#decoder = decoder;
    this.#found = found;
    part(root, "[data-torch]").addEventListener("click", (event) => void this.#toggleTorch(event.currentTarget));
    part(root, "[data-switch]").addEventListener("click", () => void this.#switch());
    part(root, "[data-try-again]").addEventListener("click", () => void this.open());
    part<HTMLInputElement>(root, "[data-zoom] input").addEventListener("input", (event) => {
      void this.#camera?.setZoom(Number((event.currentTarget as HTMLInputElement).value)).catch(() => undefined);
    });
    document.addEventListener("visibilitychange", () => void this.#look());
  }

  /** Opens the camera, or says why there is none and what to do. */
  async open(deviceId?: string): Promise<void> {
    this.#camera?.close();
    this.#camera = undefined;
    part(this.#root, "[data-trouble]").hidden = true;
    try {
      this.#camera = await openCamera(part<HTMLVideoElement>(this.#root, "video"), deviceId);
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      this.#say(error.trouble);
      return;
    }
    await this.#offer(this.#camera);
    this.resume();
  }

  /** Reads on. The code that is still in sight is not read again until it was away. */
  resume(): void {
    this.#lastSeenAt = performance.now();
    if (this.#camera !== undefined && !this.#reads) void this.#read(this.#camera);
  }

  async #read(camera: Camera): Promise<void> {
    this.#reads = true;
    let quietSince = performance.now();
    for (let frames = 1; this.#camera === camera; frames++) {
      const frame = await camera.frame();
      if (frame === undefined) continue;
      const { image, takenAt } = frame;
      const text = await this.#decoder.readFrame(image, frames % HARDER_EVERY === 0);
      this.#hint(takenAt - quietSince > NOTHING_FOR);
      if (!text) continue;
      quietSince = takenAt;
      if (this.#isNew(text)) {
        this.#reads = false;
        this.#found(text, takenAt);
        return;
      }
    }
    this.#reads = false;
  }

  #isNew(text: string): boolean {
    const now = performance.now();
    const isNew = text !== this.#last || now - this.#lastSeenAt > OUT_OF_SIGHT;
    this.#last = text;
    this.#lastSeenAt = now;
    return isNew;
  }

  #hint(wanted: boolean): void {
    part(this.#root, "[data-hint]").hidden = !wanted;
  }

  #say(trouble: string): void {
    const box = part(this.#root, "[data-trouble]");
    part(box, "[data-how]").replaceChildren(made(this.#root, `camera-${trouble}`));
    part(this.#root, "[data-finder]").hidden = true;
    box.hidden = false;
    box.dataset["trouble"] = trouble;
  }

  async #offer(camera: Camera): Promise<void> {
    part(this.#root, "[data-finder]").hidden = false;
    part(this.#root, "[data-torch]").hidden = !camera.hasTorch;
    part(this.#root, "[data-torch]").setAttribute("aria-pressed", "false");
    part(this.#root, "[data-switch]").hidden = (await camera.next()) === undefined;
    const { zoom } = camera;
    part(this.#root, "[data-zoom]").hidden = zoom === undefined;
    if (zoom === undefined) return;
    const { min, max, step } = zoom;
    Object.assign(part(this.#root, "[data-zoom] input"), { min, max, step, value: min });
  }

  async #toggleTorch(button: EventTarget | null): Promise<void> {
    if (!(button instanceof HTMLElement)) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    await this.#camera?.setTorch(on).catch(() => undefined);
    button.setAttribute("aria-pressed", String(on));
  }

  async #switch(): Promise<void> {
    const other = await this.#camera?.next();
    if (other !== undefined) await this.open(other);
  }

  /** A phone takes the camera away from a page that is not seen. */
  async #look(): Promise<void> {
    if (!document.hidden && this.#camera !== undefined && !this.#camera.isLive) await this.open();
  }
}
