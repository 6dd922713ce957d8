// When the next scan begins: by a tap, or by itself after eight seconds, unless the reader has touched the page meanwhile.

import { part } from "../shared/parts";

const BY_ITSELF_AFTER = 8_000; // milliseconds
const STEP = 1_000;

/** Counts down to the next scan. */
export class Pacing {
  readonly #screen: HTMLElement;
  readonly #next: () => void;
  #timer = 0;
  #until = 0;

  constructor(screen: HTMLElement, next: () => void) {
    this.#screen = screen;
    this.#next = next;
    part(screen, "[data-next]").addEventListener("click", () => this.#go());
    part(screen, "[data-stay]").addEventListener("click", () => this.stop());
    // Whoever scrolls or selects is still reading (WCAG 2.2.1: time can be turned off).
    for (const kind of ["pointerdown", "keydown", "wheel"]) {
      screen.addEventListener(kind, () => this.stop(), { passive: true });
    }
  }

  start(): void {
    this.#until = Date.now() + BY_ITSELF_AFTER;
    part(this.#screen, "[data-stay]").hidden = false;
    window.clearInterval(this.#timer);
    this.#timer = window.setInterval(() => this.#tick(), STEP);
    this.#tick();
  }

  stop(): void {
    window.clearInterval(this.#timer);
    part(this.#screen, "[data-stay]").hidden = true;
    part(this.#screen, "[data-countdown]").hidden = true;
  }

  #tick(): void {
    const left = Math.ceil((this.#until - Date.now()) / STEP);
    part(this.#screen, "[data-countdown]").hidden = false;
    part(this.#screen, "[data-seconds]").textContent = String(Math.max(0, left));
    if (left <= 0) this.#go();
  }

  #go(): void {
    this.stop();
    this.#next();
  }
}
