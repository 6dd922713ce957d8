// Reads QR codes off pictures, beside the page, so that camera and buttons never wait. The reader is WebAssembly.

import { type ReaderOptions, prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

/** The address of the reader comes first; then pictures, one at a time. */
export type Asked = { readonly wasm: string } | { readonly id: number; readonly image: ImageData; readonly thorough: boolean };

/** The texts that were read, at most one a picture. */
export interface Answered {
  readonly id: number;
  readonly texts: readonly string[];
}

const QUICK: ReaderOptions = {
  formats: ["QRCode"],
  tryRotate: false, // a QR code is found at any angle without it
  tryDownscale: false, // frames arrive small
  maxNumberOfSymbols: 1,
};
const THOROUGH: ReaderOptions = { formats: ["QRCode"], maxNumberOfSymbols: 1 };

// The two lines that this file needs of the library for workers, which cannot stand beside the library for pages.
const here = self as unknown as {
  onmessage: ((event: MessageEvent<Asked>) => void) | null;
  postMessage(answer: Answered): void;
};

here.onmessage = ({ data }) => {
  if ("wasm" in data) void prepareZXingModule({ overrides: { locateFile: () => data.wasm }, fireImmediately: true });
  else void answer(data.id, data.image, data.thorough);
};

async function answer(id: number, image: ImageData, thorough: boolean): Promise<void> {
  let texts: string[] = [];
  try {
    const found = await readBarcodes(image, thorough ? THOROUGH : QUICK);
    texts = found.filter((one) => one.isValid).map((one) => one.text);
  } catch {
    // A picture that the reader cannot take holds no code.
  }
  here.postMessage({ id, texts });
}
