// The face before the camera: a preview like a mirror, what to do now, how long it still takes; a picture at a time goes
// to the server, which alone judges. All words stand in the page.

import { CameraError } from "../scanner/camera";
import { part, showScreen } from "../shared/parts";
import { FaceCamera } from "./face_camera";
import { Calls, type Looked, RefusedError, type Started } from "./proving_calls";

const PACE = 220; // milliseconds from one picture to the next: four to five a second
const LIGHT_EVERY = 400; // milliseconds
const FIRST = "ahead";

class FacePage {
  readonly #root: HTMLElement;
  readonly #calls: Calls;
  #camera: FaceCamera | undefined;
  #lightTimer = 0;
  #isRunning = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#calls = new Calls(root.dataset["csrf"] ?? "");
  }

  prepare(): void {
    part(this.#root, "[data-open]").addEventListener("click", () => void this.#open());
    part(this.#root, "[data-begin]").addEventListener("click", () => void this.#begin());
    for (const again of this.#root.querySelectorAll("[data-again]")) {
      again.addEventListener("click", () => void this.#open());
    }
    window.addEventListener("pagehide", () => this.#close());
    showScreen(this.#root, window.isSecureContext ? "ready" : "insecure");
  }

  async #open(): Promise<void> {
    this.#close();
    showScreen(this.#root, "opening");
    try {
      this.#camera = await FaceCamera.open(part<HTMLVideoElement>(this.#root, "video"));
    } catch (error) {
      showScreen(this.#root, error instanceof CameraError ? error.trouble : "missing");
      return;
    }
    this.#ask(FIRST);
    this.#tellFindings([]);
    this.#setRunning(false);
    showScreen(this.#root, "camera");
    this.#lightTimer = window.setInterval(() => this.#tellLight(), LIGHT_EVERY);
    part(this.#root, "[data-begin]").focus();
  }

  async #begin(): Promise<void> {
    if (this.#camera === undefined || this.#isRunning) return;
    this.#setRunning(true);
    try {
      const started = await this.#calls.start(this.#root.dataset["start"] ?? "");
      await this.#send(started, this.#camera);
      this.#close();
      showScreen(this.#root, "judging");
      location.assign(await this.#calls.finish(started.finish));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Sends pictures, each after the answer to the one before, until the server has seen enough or the time is over. */
  async #send(started: Started, camera: FaceCamera): Promise<void> {
    const endsAt = performance.now() + started.seconds * 1000;
    this.#ask(started.awaited);
    const clock = window.setInterval(() => this.#tellTime(endsAt - performance.now(), started.seconds), 100);
    try {
      while (performance.now() < endsAt) {
        const takenAt = performance.now();
        const picture = await camera.jpeg();
        if (picture !== undefined && (await this.#look(started.frames, picture))) return;
        await new Promise((resolve) => window.setTimeout(resolve, Math.max(0, PACE - (performance.now() - takenAt))));
      }
    } finally {
      window.clearInterval(clock);
    }
  }

  /** Sends one picture; tells whether that was enough, or the server takes no more. */
  async #look(address: string, picture: Blob): Promise<boolean> {
    try {
      const looked = await this.#calls.look(address, picture);
      this.#tell(looked);
      return looked.is_complete || looked.awaited === null; // done, or turned elsewhere too often
    } catch (error) {
      return error instanceof RefusedError; // the network may be back for the next picture
    }
  }

  #tell(looked: Looked): void {
    this.#tellFindings(looked.findings);
    if (looked.awaited !== null) this.#ask(looked.awaited);
  }

  /** Shows what to do now, in words and by the arrow; words that stand already are not read out again. */
  #ask(step: string): void {
    const stage = part(this.#root, "[data-stage]");
    const place = part(this.#root, "[data-instruction]");
    const words = place.dataset[step] ?? place.dataset[FIRST] ?? "";
    stage.dataset["awaited"] = step;
    if (place.textContent !== words) place.textContent = words;
  }

  #tellFindings(findings: readonly string[]): void {
    const place = part(this.#root, "[data-findings]");
    const words = findings[0] ?? "";
    if (place.textContent !== words) place.textContent = words;
    place.hidden = words === "";
  }

  /** Before the start the phone itself says whether there is light enough; afterwards the server does. */
  #tellLight(): void {
    if (this.#isRunning || this.#camera === undefined) return;
    const light = this.#camera.light();
    this.#tellFindings(light === "good" ? [] : [part(this.#root, "[data-findings]").dataset[light] ?? ""]);
  }

  #tellTime(left: number, seconds: number): void {
    const rest = Math.max(0, left / 1000);
    part(this.#root, "[data-seconds]").textContent = String(Math.ceil(rest));
    part(this.#root, "[data-bar]").style.setProperty("--left", String(rest / seconds));
  }

  #setRunning(isRunning: boolean): void {
    this.#isRunning = isRunning;
    part(this.#root, "[data-clock]").hidden = !isRunning;
    part(this.#root, "[data-bar]").hidden = !isRunning;
    part(this.#root, "[data-begin]").hidden = isRunning;
    part(this.#root, "[data-before]").hidden = isRunning;
    part(this.#root, "[data-seconds]").textContent = "";
  }

  #fail(error: unknown): void {
    this.#close();
    if (error instanceof RefusedError) part(this.#root, "[data-refusal]").textContent = error.message;
    showScreen(this.#root, error instanceof RefusedError ? "refused-by-server" : "offline");
  }

  #close(): void {
    window.clearInterval(this.#lightTimer);
    this.#camera?.close();
    this.#camera = undefined;
    this.#isRunning = false;
  }
}

const found = document.querySelector<HTMLElement>("[data-proving]");
if (found !== null) new FacePage(found).prepare();
