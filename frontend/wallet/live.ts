// Shows one code after the other for as long as the page is seen. Everything follows the clock, so that a phone that
// slept is right at once.

import { correction, generate, mode } from "lean-qr";
import { type Challenge, NEW_CODE_EVERY, liveCode } from "../shared/live_code";
import { part } from "../shared/parts";
import { type Device, signer } from "./device";

/** What decides before each new code whether there may be one, and what happens when it is there or could not be made. */
export interface Watch {
  mayShow(): boolean;
  drawn(): void;
  failed(): void;
}

export class LiveCode {
  readonly #root: HTMLElement;
  readonly #watch: Watch;
  readonly #listening = new AbortController();
  #device: Device;
  #challenge: Challenge | undefined;
  #until = 0;
  #timer = 0;
  #making = false;
  #wakeLock: WakeLockSentinel | undefined;

  constructor(root: HTMLElement, device: Device, challenge: Challenge | undefined, watch: Watch) {
    this.#root = root;
    this.#device = device;
    this.#challenge = challenge;
    this.#watch = watch;
    const { signal } = this.#listening;
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    window.addEventListener("pageshow", () => this.#look(), { signal });
    this.#look();
  }

  /** Takes a newer credential from the next code on. */
  renewed(device: Device): void {
    this.#device = device;
  }

  /** Ends, and leaves no code behind. */
  stop(): void {
    this.#listening.abort();
    window.clearInterval(this.#timer);
    this.#until = 0;
    void this.#wakeLock?.release();
    const canvas = part<HTMLCanvasElement>(this.#root, "canvas");
    canvas.width = canvas.height = 1;
    part(this.#root, "[data-code-text]").textContent = "";
  }

  #look(): void {
    window.clearInterval(this.#timer);
    if (document.hidden) return;
    void this.#stayAwake();
    this.#timer = window.setInterval(() => void this.#tick(), 250);
    void this.#tick();
  }

  /** Keeps the screen on while the code is read; a browser that cannot, or a phone that saves power, may refuse. */
  async #stayAwake(): Promise<void> {
    try {
      this.#wakeLock = await (navigator.wakeLock as WakeLock | undefined)?.request("screen");
      if (this.#listening.signal.aborted) await this.#wakeLock?.release();
    } catch {
      // The holder touches the screen now and then instead.
    }
  }

  async #tick(): Promise<void> {
    const left = this.#until - Date.now();
    // More than a whole turn left means that the clock was set back: the code on the screen would come from the future.
    if (left > 0 && left <= NEW_CODE_EVERY) this.#count(left);
    else if (!this.#making && this.#watch.mayShow()) await this.#renew();
  }

  async #renew(): Promise<void> {
    this.#making = true;
    try {
      const [now, begun] = [Date.now(), performance.now()];
      const text = await liveCode(this.#device.token, signer(this.#device.keys), now, this.#challenge);
      if (this.#listening.signal.aborted) return;
      draw(part<HTMLCanvasElement>(this.#root, "canvas"), text);
      part(this.#root, "[data-code-text]").textContent = text;
      performance.measure("live-code", { start: begun });
      this.#watch.drawn();
      this.#until = now + NEW_CODE_EVERY;
      this.#count(NEW_CODE_EVERY);
    } catch {
      this.stop();
      this.#watch.failed();
    } finally {
      this.#making = false;
    }
  }

  #count(left: number): void {
    part(this.#root, "[data-seconds]").textContent = String(Math.ceil(left / 1000));
    part(this.#root, "[data-bar]").style.setProperty("--left", String(left / NEW_CODE_EVERY));
  }
}

function draw(canvas: HTMLCanvasElement, text: string): void {
  // Base45 is the alphabet of this mode (ISO/IEC 18004, 7.4.4): trying the other modes takes four times as long.
  const code = generate(mode.alphaNumeric(text), { minCorrectionLevel: correction.L, maxCorrectionLevel: correction.L });
  // One pixel a module with the quiet zone of ISO/IEC 18004; the style sheet scales it up without smoothing.
  code.toCanvas(canvas, { pad: 4, off: [255, 255, 255] });
}
