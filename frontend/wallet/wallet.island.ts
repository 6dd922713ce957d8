// The wallet's script, one for all its pages and kept for when there is no network.

import { CodePage } from "./code_page";
import { startOffline } from "./offline_page";
import { startShell, surroundings } from "./shell";

const found = document.querySelector<HTMLElement>("[data-wallet]");
if (found !== null) start(found);

function start(root: HTMLElement): void {
  const around = surroundings(root);
  const offline = document.querySelector<HTMLElement>("[data-kept-wallet]");
  const code = document.querySelector<HTMLElement>("[data-wallet-code]");
  void startShell(around);
  if (offline !== null) void startOffline(offline, around);
  else if (code !== null) void new CodePage(code, around).start();
}
