// What a browser loads does not grow unnoticed. `cargo xtask bench web_size` has the figure beside its goal and its peer.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

/** In KB, by brotli: `xtask/src/npm.rs` has it. */
const BUDGET = Number(process.env.EVENTOS_SIZE_BUDGET);

const DIST = new URL('../dist/', import.meta.url);
/** Loaded by whoever asks for it alone. */
const APART = ['react.js'];

test(`the WebAssembly and the JavaScript are at most ${BUDGET} KB`, { skip: Number.isNaN(BUDGET) && 'EVENTOS_SIZE_BUDGET is not set' }, async () => {
  const scripts = (await readdir(DIST)).filter((file) => file.endsWith('.js') && !APART.includes(file));
  const files = [...scripts, 'wasm/eventos.js', 'wasm/eventos_bg.wasm'];
  const contents = await Promise.all(files.map((file) => readFile(new URL(file, DIST))));
  const size = contents.reduce((sum, content) => sum + brotliCompressSync(content).length, 0) / 1024;
  console.log(`${size.toFixed(1)} KB`);
  assert.ok(size <= BUDGET, `${size.toFixed(1)} KB`);
});
