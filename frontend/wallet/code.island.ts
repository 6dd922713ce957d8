// The code page: sets this device up once, then shows a new live code every 30 seconds for as long as the page is seen.

import { correction, generate } from "lean-qr";
import { fromBase64Url } from "../shared/bytes";
import { NEW_CODE_EVERY, liveCode } from "../shared/live_code";
import { type Device, forgetDevice, keepDevice, keptDevice, makeKeys, publicKey, signer } from "./device";

type Screen = "waiting" | "setup" | "cannot-keep" | "failed" | "code";

interface Registered {
  readonly device: string;
  readonly credential: string;
}

/** What the server said when it refused; its words are in the page's language. */
class RefusedError extends Error {}

const page = document.querySelector<HTMLElement>("[data-wallet-code]");
if (page !== null) void start(page);

async function start(root: HTMLElement): Promise<void> {
  const card = root.dataset["card"] ?? "";
  const active = (root.dataset["devices"] ?? "").split(" ");
  let device: Device | undefined;
  try {
    device = await keptDevice(card);
    if (device?.id && !active.includes(device.id)) {
      await forgetDevice(card); // revoked from elsewhere: its codes are refused, so it starts anew
      device = undefined;
    }
  } catch {
    show(root, "cannot-keep");
    return;
  }
  if (device?.id) {
    new LiveCode(root, device).run();
    return;
  }
  const form = part<HTMLFormElement>(root, "form[data-set-up]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void setUp(root, form, card);
  });
  show(root, "setup");
}

async function setUp(root: HTMLElement, form: HTMLFormElement, card: string): Promise<void> {
  show(root, "waiting");
  let kept: Device | undefined;
  try {
    // Kept before it is registered, and read back: a browser that cannot keep keys must not register one.
    if ((await keptDevice(card)) === undefined) {
      await keepDevice({ card, id: "", keys: await makeKeys(), token: new Uint8Array() });
    }
    kept = await keptDevice(card);
  } catch {
    // A private window, or storage that the reader has blocked.
  }
  if (kept === undefined) {
    show(root, "cannot-keep");
    return;
  }
  try {
    const { device, credential } = await register(form, kept.keys);
    const ready = { ...kept, id: device, token: fromBase64Url(credential) };
    await keepDevice(ready);
    new LiveCode(root, ready).run();
  } catch (error) {
    if (error instanceof RefusedError) part(root, "[data-reason]").textContent = error.message;
    show(root, "failed");
  }
}

async function register(form: HTMLFormElement, keys: CryptoKeyPair): Promise<Registered> {
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  const response = await fetch(form.action, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": token instanceof HTMLInputElement ? token.value : "",
    },
    body: JSON.stringify({ public_key: await publicKey(keys) }),
  });
  if (response.redirected) location.reload(); // signed out meanwhile: the page leads to the sign-in
  const answer: unknown = await response.json();
  if (response.ok) return answer as Registered;
  const refusal = answer as { text: string; next_step: string; code: string };
  throw new RefusedError(`${refusal.text} ${refusal.next_step} (${refusal.code})`);
}

/** Shows one code after the other. Everything follows the clock, so that a phone that slept is right at once. */
class LiveCode {
  readonly #root: HTMLElement;
  readonly #device: Device;
  #until = 0;
  #timer = 0;
  #making = false;

  constructor(root: HTMLElement, device: Device) {
    this.#root = root;
    this.#device = device;
  }

  run(): void {
    show(this.#root, "code");
    document.addEventListener("visibilitychange", () => this.#look());
    window.addEventListener("pageshow", () => this.#look());
    this.#look();
  }

  #look(): void {
    window.clearInterval(this.#timer);
    if (document.hidden) return;
    this.#timer = window.setInterval(() => void this.#tick(), 250);
    void this.#tick();
  }

  async #tick(): Promise<void> {
    const left = this.#until - Date.now();
    // More than a whole turn left means that the clock was set back: the code on the screen would come from the future.
    if (left > 0 && left <= NEW_CODE_EVERY) this.#count(left);
    else if (!this.#making) await this.#renew();
  }

  async #renew(): Promise<void> {
    this.#making = true;
    try {
      const now = Date.now();
      const text = await liveCode(this.#device.token, signer(this.#device.keys), now);
      draw(part<HTMLCanvasElement>(this.#root, "canvas"), text);
      part(this.#root, "[data-code-text]").textContent = text;
      this.#until = now + NEW_CODE_EVERY;
      this.#count(NEW_CODE_EVERY);
    } catch {
      window.clearInterval(this.#timer);
      show(this.#root, "failed");
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
  // One pixel a module with the quiet zone of ISO/IEC 18004; the style sheet scales it up without smoothing.
  generate(text, { minCorrectionLevel: correction.L, maxCorrectionLevel: correction.L }).toCanvas(canvas, { pad: 4, off: [255, 255, 255] });
}

function show(root: HTMLElement, screen: Screen): void {
  for (const section of root.querySelectorAll<HTMLElement>("[data-screen]")) {
    section.hidden = section.dataset["screen"] !== screen;
  }
}

function part<T extends HTMLElement = HTMLElement>(root: HTMLElement, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}
