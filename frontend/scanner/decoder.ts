// The page's side of the reader of codes: pictures go to the worker, texts come back.

import type { Answered, Asked } from "./decoder.worker";

const LONGEST_SIDES = [1600, 3200]; // pixels; a small copy is quick, a large one shows a code that is far away

/** Reads codes in a worker, one picture at a time. */
export class Decoder {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (texts: readonly string[]) => void>();
  #asked = 0;

  constructor(given: { worker: string; wasm: string }) {
    this.#worker = new Worker(given.worker);
    this.#worker.onmessage = ({ data }: MessageEvent<Answered>) => this.#settle(data);
    this.#worker.onerror = () => this.#giveUp();
    this.#ask({ wasm: new URL(given.wasm, location.href).href });
  }

  /** Gives the text of the code in a frame; its pixels are handed over and gone. */
  async readFrame(image: ImageData, thorough = false): Promise<string | undefined> {
    const id = ++this.#asked;
    const answer = new Promise<readonly string[]>((resolve) => this.#waiting.set(id, resolve));
    this.#ask({ id, image, thorough }, [image.data.buffer]);
    return (await answer)[0];
  }

  /** Gives the text of the code in a picture, or undefined when there is none or this is no picture. */
  async readPicture(file: Blob): Promise<string | undefined> {
    const bitmap = await createImageBitmap(file).catch(() => undefined);
    if (bitmap === undefined) return undefined;
    try {
      for (const longest of LONGEST_SIDES) {
        const text = await this.readFrame(scaled(bitmap, longest), true);
        if (text !== undefined) return text;
      }
      return undefined;
    } finally {
      bitmap.close();
    }
  }

  #ask(message: Asked, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #settle({ id, texts }: Answered): void {
    this.#waiting.get(id)?.(texts);
    this.#waiting.delete(id);
  }

  /** A worker that does not start reads nothing; nobody waits for it. */
  #giveUp(): void {
    for (const settle of this.#waiting.values()) settle([]);
    this.#waiting.clear();
  }
}

function scaled(bitmap: ImageBitmap, longest: number): ImageData {
  const factor = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * factor)));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null || !width || !height) throw new Error("this browser draws nothing");
  context.fillStyle = "#fff"; // transparent pictures of codes are black on nothing
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
