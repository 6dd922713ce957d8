// The inspector's scanner: camera, verdict, outbox. It needs the server for nothing but lists and the outbox.

import { toBase64Url } from "../shared/bytes";
import { clockTime, made, part, showScreen } from "../shared/parts";
import { type Verdict } from "../shared/verdict";
import { Asking } from "./asking";
import { Decoder } from "./decoder";
import { type Profile, Surrounded, profileOf } from "./desk";
import { judged, noteTime } from "./judging";
import { AnchorChangedError, Lists, REFRESH_EVERY, pinnedAnchor } from "./lists";
import { Manual } from "./manual";
import { offlineStart } from "./offline_start";
import { type Check, type KeptCheck, Outbox } from "./outbox";
import { Pacing } from "./pacing";
import { inBoth, showVerdict, vibrate } from "./showing";
import { Sightings } from "./sightings";
import { addressOf, showChecks, showLists } from "./standing";
import { type Store, openStore } from "./store";
import { Viewfinder } from "./viewfinder";

const PATIENCE = 3_000; // milliseconds that the camera waits for the first lists
const MAX_CODE = 4000; // characters that the server takes: `forms.py`
const SEEN_BEFORE = "code.seen_before"; // our own reason; the twin sees one code at a time

const page = document.querySelector<HTMLElement>("[data-scanner]");
if (page !== null) void start(page);

async function start(root: HTMLElement): Promise<void> {
  const store = await openStore().catch(() => undefined);
  if (store === undefined) return showScreen(root, "cannot-keep");
  try {
    const anchor = await pinnedAnchor(store, root.dataset["anchor"] ?? "");
    const profile = await profileOf(root, store);
    if (profile === undefined) return showScreen(root, "sign-in");
    await new Scanner(root, store, new Lists(store, anchor), profile).run();
  } catch (error) {
    if (!(error instanceof AnchorChangedError)) throw error;
    showScreen(root, "anchor-changed");
  }
}

function pause(time: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, time));
}

class Scanner {
  readonly #root: HTMLElement;
  readonly #lists: Lists;
  readonly #outbox: Outbox;
  readonly #sightings: Sightings;
  readonly #surrounded: Surrounded;
  readonly #asking: Asking;
  readonly #pacing: Pacing;
  readonly #viewfinder: Viewfinder;
  readonly #manual: Manual;
  readonly #reloadIfOutdated: () => void;
  #shown = "";

  constructor(root: HTMLElement, store: Store, lists: Lists, profile: Profile) {
    const { staff, unit } = profile;
    const form = part<HTMLFormElement>(root, "form");
    const decoder = new Decoder({ worker: root.dataset["decoder"] ?? "", wasm: root.dataset["wasm"] ?? "" });
    const address = root.dataset["sync"] ?? "";
    this.#root = root;
    this.#lists = lists;
    this.#outbox = new Outbox({ store, address, owner: staff, changed: () => void this.#tell() });
    this.#sightings = new Sightings(store);
    this.#surrounded = new Surrounded(form, store);
    this.#asking = new Asking(root, profile);
    this.#pacing = new Pacing(part(root, '[data-screen="verdict"]'), () => this.#next());
    this.#viewfinder = new Viewfinder(root, decoder, (text, frameAt) => void this.#check(text, "camera", frameAt));
    this.#manual = new Manual(root, form, decoder, (text, method) => void this.#check(text, method));
    this.#reloadIfOutdated = offlineStart(root.dataset["offline"] ?? "");
    part(root, "[data-unit]").replaceChildren(inBoth(root, "unit", unit));
  }

  async run(): Promise<void> {
    const now = Date.now();
    await Promise.all([this.#lists.takeKept(now), this.#sightings.takeKept(now), this.#surrounded.takeKept()]);
    this.#listen();
    showScreen(this.#root, "scan");
    void this.#outbox.synchronise();
    const refreshed = this.#refresh();
    // The first code of a scanner without lists would be amber for nothing, when they are only a moment away.
    if (this.#lists.isOld(now)) await Promise.race([refreshed, pause(PATIENCE)]);
    this.#manual.begin();
    await this.#viewfinder.open();
  }

  #listen(): void {
    part(this.#root, "[data-refresh]").addEventListener("click", () => void this.#refresh());
    part(this.#root, "[data-ask]").addEventListener("click", () => this.#ask());
    part(this.#root, "[data-answer]").addEventListener("click", () => this.#next());
    for (const button of this.#root.querySelectorAll("[data-give-up]")) {
      button.addEventListener("click", () => this.#giveUp());
    }
    window.addEventListener("online", () => void this.#catchUp());
    document.addEventListener("visibilitychange", () => showLists(this.#root, this.#lists, false));
    window.setInterval(() => void this.#refresh(), REFRESH_EVERY);
  }

  async #check(text: string, method: Check["method"], frameAt = performance.now()): Promise<void> {
    const now = Date.now();
    const { challenge } = this.#asking;
    const { expected, values } = this.#surrounded;
    const verdict = await judged(text, this.#lists, { now, expected, challenge });
    const seenAt = this.#sightings.note(verdict, now);
    const id = crypto.randomUUID();
    this.#show(id, verdict, seenAt);
    noteTime(frameAt);
    if (challenge !== undefined && verdict.claims !== undefined) this.#asking.end();
    const seenBefore = verdict.kind === "valid" && seenAt !== undefined;
    await this.#outbox.add(
      {
        id, method, ...values,
        code: text.slice(0, MAX_CODE),
        checked_at: new Date(now).toISOString(),
        verdict: seenBefore ? "check" : verdict.kind,
        reason: seenBefore ? SEEN_BEFORE : verdict.reason.code,
        challenge: challenge ? { nonce: toBase64Url(challenge.nonce), audience: challenge.audience } : null,
      }, // prettier-ignore
      now,
    );
    void this.#outbox.synchronise();
  }

  #show(id: string, verdict: Verdict, seenAt: number | undefined): void {
    const doubted = verdict.kind === "valid" && seenAt !== undefined;
    showVerdict(this.#root, doubted ? { ...verdict, kind: "check" } : verdict);
    if (doubted) part(this.#root, "[data-reason-code]").textContent = SEEN_BEFORE;
    const notices = seenAt === undefined ? [] : [made(this.#root, "seen-here", { at: clockTime(seenAt, Date.now()) })];
    part(this.#root, "[data-notices]").replaceChildren(...notices);
    part(this.#root, "[data-file]").hidden = true;
    this.#shown = id;
    showScreen(this.#root, "verdict");
    window.scrollTo(0, 0);
    part(this.#root, "[data-verdict] h1").focus();
    vibrate(doubted ? "check" : verdict.kind);
    this.#pacing.start();
  }

  #next(): void {
    this.#reloadIfOutdated();
    this.#shown = "";
    part(this.#root, "[data-rows]").replaceChildren(); // nothing of a person stays behind
    showScreen(this.#root, "scan");
    this.#viewfinder.resume();
  }

  #ask(): void {
    this.#asking.ask();
    showScreen(this.#root, "challenge");
    window.scrollTo(0, 0);
  }

  #giveUp(): void {
    this.#asking.end();
    this.#next();
  }

  async #catchUp(): Promise<void> {
    await Promise.all([this.#refresh(), this.#outbox.synchronise()]);
  }

  async #refresh(): Promise<void> {
    showLists(this.#root, this.#lists, true);
    await this.#lists.refresh();
    showLists(this.#root, this.#lists, false);
  }

  /** Says what became of the checks; of the one on the screen also where it is filed and where else its code was seen. */
  async #tell(): Promise<void> {
    await showChecks(this.#root, this.#outbox);
    const shown = (await this.#outbox.own()).find((one) => one.id === this.#shown);
    if (shown?.checkId !== undefined) this.#arrived(shown, shown.checkId);
  }

  #arrived({ elsewhere }: KeptCheck, checkId: string): void {
    const link = part<HTMLAnchorElement>(this.#root, "[data-file]");
    link.href = addressOf(this.#root, checkId);
    link.hidden = false;
    if (elsewhere === undefined || this.#root.querySelector("[data-seen-elsewhere]") !== null) return;
    const at = clockTime(Date.parse(elsewhere.at), Date.now());
    const slots = { at, zh: elsewhere.unit.zh, en: elsewhere.unit.en, place: elsewhere.place };
    part(this.#root, "[data-notices]").append(made(this.#root, "elsewhere", slots));
    this.#pacing.stop(); // this one is worth reading
  }
}
