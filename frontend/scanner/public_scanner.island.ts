// The public's scanner: whether a code is valid, and nothing of the person. Nothing is kept, and no code leaves the device.

import { keyFromCose } from "../shared/keys";
import { fromBase64Url } from "../shared/bytes";
import { part, showScreen } from "../shared/parts";
import { decodeMap } from "../shared/strict_cbor";
import { Decoder } from "./decoder";
import { judged, noteTime } from "./judging";
import { Lists, REFRESH_EVERY } from "./lists";
import { Pacing } from "./pacing";
import { showVerdict, vibrate } from "./showing";
import { showAge } from "./standing";
import { memoryStore } from "./store";
import { Viewfinder } from "./viewfinder";

const page = document.querySelector<HTMLElement>("[data-public-scanner]");
if (page !== null) void start(page);

async function start(root: HTMLElement): Promise<void> {
  const named = root.dataset["anchor"] ?? "";
  const anchor = named ? keyFromCose(decodeMap(fromBase64Url(named))) : undefined;
  const lists = new Lists(memoryStore(), anchor);
  const decoder = new Decoder({ worker: root.dataset["decoder"] ?? "", wasm: root.dataset["wasm"] ?? "" });
  const check = (text: string, frameAt = performance.now()) => void show(root, lists, pacing, text, frameAt);
  const viewfinder = new Viewfinder(root, decoder, check);
  const pacing = new Pacing(part(root, '[data-screen="verdict"]'), () => {
    showScreen(root, "scan");
    viewfinder.resume();
  });
  part(root, "[data-picture]").addEventListener("change", (event) => {
    void readPicture(root, decoder, event.currentTarget as HTMLInputElement, check);
  });
  showScreen(root, "scan");
  await refresh(root, lists);
  window.setInterval(() => void refresh(root, lists), REFRESH_EVERY);
  window.addEventListener("online", () => void refresh(root, lists));
  await viewfinder.open();
}

async function show(root: HTMLElement, lists: Lists, pacing: Pacing, text: string, frameAt: number): Promise<void> {
  const verdict = await judged(text, lists, { now: Date.now() });
  showVerdict(root, { ...verdict, claims: undefined });
  showScreen(root, "verdict");
  window.scrollTo(0, 0);
  part(root, "[data-verdict] h1").focus();
  noteTime(frameAt);
  vibrate(verdict.kind);
  pacing.start();
}

async function refresh(root: HTMLElement, lists: Lists): Promise<void> {
  await lists.refresh();
  showAge(root, lists);
}

async function readPicture(
  root: HTMLElement, decoder: Decoder, field: HTMLInputElement, check: (text: string) => void,
): Promise<void> {
  const file = field.files?.[0];
  if (file === undefined) return;
  const text = await decoder.readPicture(file);
  field.value = "";
  part(root, "[data-manual-problem]").hidden = Boolean(text);
  if (text) check(text);
} // prettier-ignore
