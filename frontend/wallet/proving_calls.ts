// What the page of the face asks the server: begin, look at a picture, finish. Refusals come in the page's language.

/** A try that has begun; `seconds` is the whole time that it may take. */
export interface Started {
  readonly frames: string;
  readonly finish: string;
  readonly seconds: number;
  readonly awaited: string;
}

/** What the server says to one picture. */
export interface Looked {
  readonly awaited: string | null;
  readonly findings: readonly string[];
  readonly is_complete: boolean;
  readonly seconds_left: number;
}

interface Refusal {
  readonly text: string;
  readonly next_step: string;
  readonly code: string;
}

/** The server said no; the words are for the reader. */
export class RefusedError extends Error {}

export class Calls {
  constructor(private readonly csrf: string) {}

  start(address: string): Promise<Started> {
    return this.#post(address) as Promise<Started>;
  }

  look(address: string, picture: Blob): Promise<Looked> {
    return this.#post(address, picture) as Promise<Looked>;
  }

  async finish(address: string): Promise<string> {
    return ((await this.#post(address)) as { next: string }).next;
  }

  async #post(address: string, picture?: Blob): Promise<unknown> {
    const response = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": this.csrf, ...(picture && { "Content-Type": "image/jpeg" }) },
      body: picture ?? null,
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { text, next_step, code } = answer as Refusal;
    throw new RefusedError(`${text} ${next_step} (${code})`);
  }
}
