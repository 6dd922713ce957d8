// Builds what the pages load: two style sheets, one script per island and worker, fonts, images, the reader of codes.
// What text is and wasm stands there packed, too, for the server to send as it is.
// Output: src/rongka/web/static/built/. An island is any file named <name>.island.ts, a worker any <name>.worker.ts;
// each folder's images/ are copied.
// Run by `npm run build`; `npm run build -- --watch` rebuilds on every change.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, watch, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const output = join(here, "..", "src", "rongka", "web", "static", "built");
const sheets = ["rongka", "fonts"];
const fontsUsed = ["latin", "latin-ext", "vietnamese"];

function scripts(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => /\.(island|worker)\.ts$/.test(path))
    .map((path) => ({ in: join(folder, path), out: basename(path, ".ts") }));
}

function buildStyles() {
  for (const sheet of sheets) {
    const { css } = sass.compile(join(here, "shared", "styles", `${sheet}.scss`), {
      loadPaths: [modules],
      quietDeps: true,
      style: "compressed",
    });
    writeFileSync(join(output, `${sheet}.css`), css);
  }
}

async function buildScripts() {
  await build({
    entryPoints: scripts(here),
    outdir: output,
    bundle: true,
    minify: true,
    format: "iife", // a module script may not be a service worker in every browser that we serve
    target: ["es2022", "safari15.4"],
    logLevel: "warning",
  });
}

function copyFiles() {
  for (const room of readdirSync(here)) {
    const images = join(here, room, "images");
    if (existsSync(images)) cpSync(images, join(output, "images"), { recursive: true });
  }
  cpSync(join(modules, "zxing-wasm", "dist", "reader", "zxing_reader.wasm"), join(output, "zxing_reader.wasm"));
  mkdirSync(join(output, "fonts"), { recursive: true });
  const fonts = join(modules, "@fontsource-variable", "source-sans-3", "files");
  for (const part of fontsUsed) {
    const name = `source-sans-3-${part}-wght-normal.woff2`;
    cpSync(join(fonts, name), join(output, "fonts", name));
  }
}

function packFiles() {
  const worthIt = readdirSync(output, { recursive: true }).filter((path) => /\.(css|js|svg|wasm)$/.test(path));
  for (const path of worthIt) {
    const file = join(output, path);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }
}

async function buildAll() {
  const started = Date.now();
  mkdirSync(output, { recursive: true });
  copyFiles();
  buildStyles();
  await buildScripts();
  packFiles();
  console.log(`built ${output} in ${Date.now() - started} ms`);
}

// Nothing is deleted first: a page that is served during a build would lose its styles. `make clean` deletes.
await buildAll();

if (process.argv.includes("--watch")) {
  let timer;
  watch(here, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => buildAll().catch((error) => console.error(error.message)), 100);
  });
}
