// A service worker that keeps the shell of a room and nothing else: the page for when there is no network, and what that
// page is made of. No page of a person is ever kept: pages come from the network, or the shell stands in for them.
// The server writes `SHELL` before this script (rongka/web/shell.py), so that a new version is another script.

import type { ExtendableEvent, FetchEvent, ServiceWorkerScope } from "./service_worker";

/** What the server says of the shell. */
export interface Shell {
  /** Which room's, in which language; caches of others are left alone. */
  readonly name: string;
  /** A digest of everything below. */
  readonly version: string;
  /** The page without a person. */
  readonly page: string;
  /** Styles, scripts, fonts, images. */
  readonly files: readonly string[];
  /** Addresses whose page the shell can stand in for; they are not waited for longer than `PATIENCE`. */
  readonly covers: readonly string[];
}

declare const self: ServiceWorkerScope & { readonly SHELL: Shell };

const PATIENCE = 3000; // milliseconds; a holder stands before an inspector
const GATEWAY_ERRORS = [502, 504]; // a proxy that finds no server

export function serveShell(): void {
  self.addEventListener("install", (event: ExtendableEvent) => event.waitUntil(install()));
  self.addEventListener("activate", (event: ExtendableEvent) => event.waitUntil(activate()));
  self.addEventListener("fetch", answer);
}

const { name, version, page, files, covers } = self.SHELL;
const cacheName = `${name}@${version}`;
// Tabs that show the shell: they take its files from the cache of its own version, all others from the network.
const showing = new Set<string>();

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Without cookies, so that the server cannot put a person on the page even by mistake.
  await cache.add(new Request(page, { credentials: "omit", cache: "reload" }));
  await cache.addAll(files.map((file) => new Request(file, { credentials: "omit" })));
  await self.skipWaiting(); // a page never mixes versions, so that the new one need not wait for old tabs
}

async function activate(): Promise<void> {
  const known = await caches.keys();
  const older = known.filter((one) => one.startsWith(`${name}@`) && one !== cacheName);
  await Promise.all(older.map((one) => caches.delete(one)));
  await self.clients.claim();
}

function answer(event: FetchEvent): void {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(pageFor(event, covers.includes(pathname)));
  else if (files.includes(pathname)) event.respondWith(fileFor(event));
}

async function pageFor(event: FetchEvent, isCovered: boolean): Promise<Response> {
  const asked = fetch(event.request);
  try {
    const response = await (isCovered ? inTime(asked) : asked);
    if (!GATEWAY_ERRORS.includes(response.status)) return response;
  } catch {
    // No network, or one that is too slow.
  }
  if (event.resultingClientId) showing.add(event.resultingClientId);
  return (await kept(page)) ?? asked;
}

async function fileFor({ clientId, request }: FetchEvent): Promise<Response> {
  const file = new URL(request.url).pathname;
  if (showing.has(clientId)) return (await kept(file)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const found = await kept(file);
    if (found === undefined) throw error;
    return found;
  }
}

async function kept(file: string): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(file);
}

function inTime(response: Promise<Response>): Promise<Response> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error("too slow")), PATIENCE);
  });
  return Promise.race([response, late]);
}
