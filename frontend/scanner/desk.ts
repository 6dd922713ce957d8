// Who uses this scanner, why and where: from the page, and kept for the days without a network.

import { part } from "../shared/parts";
import type { Expected } from "../shared/verdict";
import type { Row, Store } from "./store";

const ON_SITE = "on-site"; // the purpose at which the place counts, too: `purposes.py`
const FIELDS = ["purpose", "place", "employer"] as const;

/** The inspector who signed in last. */
export interface Profile extends Row {
  readonly staff: string;
  readonly unit: { readonly zh: string; readonly en: string };
}

type Surroundings = Record<(typeof FIELDS)[number], string>;

/** Gives who is signed in: as the page says, or, on a page that came without a network, as it said last. */
export async function profileOf(root: HTMLElement, store: Store): Promise<Profile | undefined> {
  const { staff = "", unitZh: zh = "", unitEn: en = "" } = root.dataset;
  const kept = await store.get<Profile>("settings", "profile");
  if (staff === "") return kept;
  const profile: Profile = { id: "profile", staff, unit: { zh, en } };
  if (kept !== undefined && kept.staff !== staff) await store.delete("settings", "surroundings");
  await store.put("settings", profile);
  return profile;
}

/** What the inspector has filled in about this check. */
export class Surrounded {
  readonly #form: HTMLFormElement;
  readonly #store: Store;

  constructor(form: HTMLFormElement, store: Store) {
    this.#form = form;
    this.#store = store;
    form.addEventListener("change", () => void this.#keep());
  }

  /** Puts back what was filled in last time. */
  async takeKept(): Promise<void> {
    const kept = await this.#store.get<Surroundings & Row>("settings", "surroundings");
    for (const name of FIELDS) {
      const field = this.#field(name);
      const value = kept?.[name] ?? "";
      const isChoice = field instanceof HTMLSelectElement;
      if (value && (isChoice ? [...field.options].some((one) => one.value === value) : !field.value)) field.value = value;
    }
  }

  get values(): Surroundings {
    return {
      purpose: this.#field("purpose").value,
      place: this.#field("place").value.trim().replace(/\s+/g, " "),
      employer: this.#field("employer").value.toUpperCase().replace(/[^0-9A-Z]/g, ""),
    };
  }

  /** What the verdict compares the card with. */
  get expected(): Expected {
    const { purpose, place, employer } = this.values;
    return {
      employerCreditCode: employer || undefined,
      workPlace: purpose === ON_SITE && place ? place : undefined,
    };
  }

  async #keep(): Promise<void> {
    await this.#store.put("settings", { id: "surroundings", ...this.values } as Row);
  }

  #field(name: string): HTMLInputElement | HTMLSelectElement {
    return part<HTMLInputElement | HTMLSelectElement>(this.#form, `[name="${name}"]`);
  }
}
