// What goes at sign-out: who it was, where they checked, what they saw. Checks that were not sent yet stay for their owner,
// since nothing acknowledged is lost; lists and the pinned anchor are nobody's.

import { openStore } from "./store";
import type { KeptCheck } from "./outbox";

/** Forgets the inspector of this scanner. */
export async function forgetInspector(): Promise<void> {
  const store = await openStore();
  await Promise.all(["profile", "surroundings"].map((id) => store.delete("settings", id)));
  await store.clear("sightings");
  for (const { id, state } of await store.all<KeptCheck>("outbox")) {
    if (state !== "waiting") await store.delete("outbox", id);
  }
}
