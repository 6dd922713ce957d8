// What a service worker sees (W3C Service Workers), as far as we use it: TypeScript's own library for workers cannot be
// loaded together with the one for pages.

export interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  /** The page that asks. */
  readonly clientId: string;
  /** The page that a navigation will make. */
  readonly resultingClientId: string;
  respondWith(response: Promise<Response>): void;
}

export interface ServiceWorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}
