// Parts of a page: sections of which one is seen at a time, and templates, whose words are in the page's language.

/** Gives the one element that a page must have. */
export function part<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Shows the sections whose `data-screen` names this screen, perhaps among others, and hides the rest. */
export function showScreen(root: ParentNode, name: string): void {
  for (const section of root.querySelectorAll<HTMLElement>("[data-screen]")) {
    section.hidden = !(section.dataset["screen"] ?? "").split(" ").includes(name);
  }
}

/** Makes what stands in `<template data-template="name">`, each `data-slot` filled with its text. */
export function made(root: ParentNode, name: string, slots: Readonly<Record<string, string>> = {}): DocumentFragment {
  const template = part(root, `template[data-template="${name}"]`) as unknown as HTMLTemplateElement;
  const copy = document.importNode(template.content, true);
  for (const [slot, text] of Object.entries(slots)) {
    for (const place of copy.querySelectorAll(`[data-slot="${slot}"]`)) place.textContent = text;
  }
  return copy;
}

/** Writes an instant in milliseconds as a clock in China shows it, with the day unless it is today. */
export function clockTime(at: number, now: number): string {
  const [day = "", time = ""] = inChina(at).split(" ");
  return inChina(now).startsWith(day) ? time : `${day} ${time}`;
}

/** Writes an instant in milliseconds as data does, in China's time: 2026-11-25 10:32. */
export function inChina(at: number): string {
  // Swedish dates are written so.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" }).format(at);
}
