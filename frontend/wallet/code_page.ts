// The code page, online and without a network: sets this phone up once, then shows the live code, or why there is none.

import { challengeIn } from "../shared/challenge";
import type { CardClaims } from "../shared/claims";
import type { Challenge } from "../shared/live_code";
import { part, showScreen } from "../shared/parts";
import { ChallengeCamera } from "./challenge_camera";
import { RefusedError, claimsOf, register, renew } from "./credential";
import { CannotKeepError, type Device, keptKey } from "./device";
import { forget, kept, whenChanged } from "./kept";
import { LiveCode } from "./live";
import type { Surroundings } from "./shell";
import { type Obstacle, daysSince, obstacle } from "./standing";
import { type KeptState, lastKnown } from "./state";
import { dayBefore, dayInWords, filled } from "./words";

export class CodePage {
  readonly #root: HTMLElement;
  readonly #around: Surroundings;
  readonly #loadedAt = Date.now();
  #device: Device | undefined;
  #claims: CardClaims | undefined;
  #last: KeptState | undefined;
  #live: LiveCode | undefined;
  #challenge: Challenge | undefined;
  #isAccepted = false;
  #isSettingUp = false; // and while a failure is being read, which nothing may wipe away

  constructor(root: HTMLElement, around: Surroundings) {
    this.#root = root;
    this.#around = around;
  }

  async start(): Promise<void> {
    this.#challenge = challengeIn(location.href);
    this.#listen();
    await this.look();
    if (this.#device === undefined || !this.#isOnline) return;
    if (this.#claims === undefined && this.#device.id) await this.#setUp(); // the holder is back: the same key
    else await this.#bringUpToDate(this.#device);
  }

  /** Looks at what is kept, and shows what follows from it. */
  async look(): Promise<void> {
    try {
      this.#last = await lastKnown();
      this.#device = await this.#keptDevice();
    } catch {
      this.#show("no-storage");
      return;
    }
    this.#claims = claimsOf(this.#device);
    if (this.#isSettingUp) return;
    // A device without its credential was signed out, perhaps in another tab just now: nothing is fetched for it here.
    if (this.#isOnline && !this.#device?.id) this.#show("setup");
    else this.#showWhatFollows();
  }

  /** Whether the server made this page for a card that it says is good; the other page knows only what is kept. */
  get #isOnline(): boolean {
    return this.#root.dataset["card"] !== undefined;
  }

  async #keptDevice(): Promise<Device | undefined> {
    const card = this.#root.dataset["card"] ?? this.#last?.state.card ?? "";
    const device = await kept("devices", card);
    const counts = this.#root.dataset["devices"]?.split(" ");
    if (device?.id && counts !== undefined && !counts.includes(device.id) && device.fetchedAt < this.#loadedAt) {
      await forget("devices", card); // revoked from elsewhere: its codes are refused, so it starts anew
      return undefined;
    }
    return device;
  }

  #showWhatFollows(): void {
    const why = this.#obstacle();
    if (why !== undefined) {
      this.#explain(why);
      this.#show(why);
    } else if (this.#challenge !== undefined && !this.#isAccepted) {
      this.#nameAudience(this.#challenge);
      this.#show("asked");
    } else {
      this.#showCode();
    }
  }

  #obstacle(): Obstacle | undefined {
    const now = Date.now();
    // A page that the server has just made for an active card is newer than what was kept before it.
    const isOlder = this.#isOnline && (this.#last === undefined || this.#last.at < this.#loadedAt);
    const found = obstacle({ claims: this.#claims, last: this.#last, now });
    return isOlder && found !== "expired" && found !== "not-yet" && this.#claims !== undefined ? undefined : found;
  }

  #explain(why: Obstacle): void {
    const { state, language = "" } = this.#last ?? {};
    if (why === "held") {
      const reason = part(this.#root, "[data-held-reason]");
      [reason.textContent, reason.lang] = [state?.reason ?? "", language];
      listContacts(this.#root, this.#last);
    }
    if (why === "too-long" && this.#last !== undefined) {
      const days = part(this.#root, "[data-screen=too-long] [data-days]");
      const places = { days: daysSince(this.#last, Date.now()), most: this.#last.state.hide_days };
      days.textContent = filled(days.dataset["days"], places);
    }
    if (this.#claims === undefined) return;
    part(this.#root, "[data-last-day]").textContent = dayInWords(dayBefore(this.#claims.validUntil));
    part(this.#root, "[data-first-day]").textContent = dayInWords(this.#claims.validFrom);
  }

  #showCode(): void {
    const device = this.#device;
    if (device === undefined) return;
    part(this.#root, "[data-for]").hidden = this.#challenge === undefined;
    this.#root.classList.toggle("is-answer", this.#challenge !== undefined);
    if (this.#live !== undefined) {
      this.#live.renewed(device);
      return;
    }
    this.#live = new LiveCode(this.#root, device, this.#challenge, {
      mayShow: () => this.#isStillGood(),
      drawn: () => showScreen(this.#root, "code"), // not before: an empty frame looks like a code that cannot be read
      failed: () => this.#show("failed"),
    });
  }

  #isStillGood(): boolean {
    if (this.#obstacle() === undefined) return true;
    this.#showWhatFollows();
    return false;
  }

  #show(screen: string): void {
    this.#live?.stop();
    this.#live = undefined;
    showScreen(this.#root, screen);
  }

  // ---- setting up and keeping up to date

  async #setUp(): Promise<void> {
    this.#show("waiting");
    this.#isSettingUp = true;
    try {
      const { card = "" } = this.#root.dataset;
      const device = await keptKey(card, this.#around.holder);
      void navigator.storage?.persist?.(); // so that the browser does not tidy the key away; it may say no
      await register(part<HTMLFormElement>(this.#root, "form[data-set-up]").action, this.#around.csrf, device);
      this.#isSettingUp = false;
      await this.look();
    } catch (error) {
      if (error instanceof RefusedError) part(this.#root, "[data-reason]").textContent = error.message;
      this.#show(error instanceof CannotKeepError ? error.because : "failed");
    }
  }

  async #bringUpToDate(device: Device): Promise<void> {
    const address = this.#root.dataset["renew"];
    if (address && device.id) await renew(address.replace(NO_DEVICE, device.id), this.#around.csrf, device);
  }

  // ---- an inspector's challenge

  #listen(): void {
    whenChanged(() => void this.look());
    window.addEventListener("hashchange", () => this.#ask(challengeIn(location.href)));
    this.#root.querySelector("form[data-set-up]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#setUp();
    });
    part(this.#root, "[data-answer]").addEventListener("click", () => {
      this.#isAccepted = true;
      this.#showWhatFollows();
    });
    for (const button of this.#root.querySelectorAll("[data-decline]")) {
      button.addEventListener("click", () => this.#ask(undefined));
    }
    new ChallengeCamera(part(this.#root, "[data-camera]"), (challenge) => this.#ask(challenge));
    part(this.#root, "[data-read-pasted]").addEventListener("click", () => this.#readPasted());
  }

  #ask(challenge: Challenge | undefined): void {
    this.#challenge = challenge;
    this.#isAccepted = false;
    if (challenge === undefined) history.replaceState(null, "", location.pathname); // a reload asks no more
    this.#live?.stop();
    this.#live = undefined;
    this.#showWhatFollows();
  }

  #nameAudience({ audience }: Challenge): void {
    for (const place of this.#root.querySelectorAll("[data-audience]")) place.textContent = audience;
  }

  #readPasted(): void {
    const field = part<HTMLInputElement>(this.#root, "#challenge");
    const challenge = challengeIn(field.value.trim());
    part(this.#root, "[data-paste-error]").hidden = challenge !== undefined;
    part(this.#root, "[data-paste]").classList.toggle("govuk-form-group--error", challenge === undefined);
    field.classList.toggle("govuk-input--error", challenge === undefined);
    if (challenge === undefined) {
      field.focus();
      return;
    }
    field.value = "";
    this.#ask(challenge);
  }
}

const NO_DEVICE = "00000000-0000-0000-0000-000000000000"; // stands in the address where the device's number goes

function listContacts(root: HTMLElement, last: KeptState | undefined): void {
  const contacts = last?.state.contacts ?? [];
  part(root, "[data-contacts]").hidden = contacts.length === 0;
  const rows = contacts.map(({ name, place }) => {
    const row = document.createElement("li");
    row.lang = last?.language ?? "";
    row.append(span("rk-places__name", name), " ", span("rk-places__where", place));
    return row;
  });
  part(root, "[data-contact-list]").replaceChildren(...rows);
}

function span(kind: string, text: string): HTMLElement {
  const made = document.createElement("span");
  made.className = kind;
  made.textContent = text;
  return made;
}
