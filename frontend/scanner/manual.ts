// The ways without a camera: a picture is read here, without a network; a text too, when there is none. Numbers and PDFs are
// the server's, by the same form.

import { part } from "../shared/parts";
import type { Decoder } from "./decoder";
import type { Check } from "./outbox";

/** Wires the form. */
export class Manual {
  readonly #root: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #decoder: Decoder;
  readonly #found: (text: string, method: Check["method"]) => void;

  constructor(
    root: HTMLElement,
    form: HTMLFormElement,
    decoder: Decoder,
    found: (text: string, method: Check["method"]) => void,
  ) {
    this.#root = root;
    this.#form = form;
    this.#decoder = decoder;
    this.#found = found;
    form.addEventListener("submit", (event) => this.#submit(event));
  }

  /** Reads every picture that is chosen, first the one that was chosen while the page was still opening. */
  begin(): void {
    this.#image.addEventListener("change", () => void this.#readPicture());
    void this.#readPicture();
  }

  get #image(): HTMLInputElement {
    return part<HTMLInputElement>(this.#form, "[name=image]");
  }

  async #readPicture(): Promise<void> {
    const file = this.#image.files?.[0];
    this.#say("");
    if (file === undefined || file.type === "application/pdf") return;
    const text = await this.#decoder.readPicture(file);
    this.#image.value = "";
    if (text) this.#found(text, "image");
    else this.#say("no-code");
  }

  #submit(event: SubmitEvent): void {
    const isServed = navigator.onLine && this.#form.method === "post";
    if (isServed) return;
    event.preventDefault();
    const text = part<HTMLTextAreaElement>(this.#form, "[name=code]");
    const code = text.value.replace(/^[\r\n\t]+|[\r\n\t]+$/g, ""); // a code holds blanks and may end with one
    if (code === "") return this.#say("needs-network");
    text.value = "";
    this.#say("");
    this.#found(code, "text");
  }

  #say(what: string): void {
    for (const line of this.#root.querySelectorAll<HTMLElement>("[data-manual-problem]")) {
      line.hidden = line.dataset["manualProblem"] !== what;
    }
  }
}
