// The service worker of this scanner: with it the page opens without a network. A newer one takes over at once; the page
// that it finds open is loaded anew as soon as nobody is in the middle of something.

/** Registers the worker; gives a function that loads the page anew when a newer version has come. */
export function offlineStart(address: string): () => void {
  // Missing where a page was not loaded by https, whatever the types say.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined || address === "") return () => undefined;
  let isOutdated = false;
  const hadOne = workers.controller !== null;
  workers.addEventListener("controllerchange", () => (isOutdated = hadOne));
  // Without it the scanner works with a network all the same.
  workers.register(address).catch(() => undefined);
  return () => {
    if (isOutdated) location.reload();
  };
}
