// Masks names and numbers as the wallet does without a network, for test_words.py.

import { maskedName, maskedNumber } from "../../../frontend/wallet/words";

declare const process: { readonly argv: string[]; readonly stdout: { write(text: string): void } };

const texts = JSON.parse(process.argv[2] ?? "[]") as string[];
process.stdout.write(JSON.stringify(texts.map((text) => [maskedName(text), maskedNumber(text)])));
