// What a browser loads, bundled and minified, beside supabase-js.

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { print } from './measure.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: HERE },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return Buffer.from(outputFiles[0].contents);
}

const wasm = await readFile(new URL('../dist/wasm/eventos_bg.wasm', import.meta.url));
const script = await bundled("export * from '../dist/index.js';");
const peer = await bundled("export * from '@supabase/supabase-js';");
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;

for (const [row, size] of [['brotli', brotli], ['gzip', (bytes) => gzipSync(bytes, { level: 9 }).length], ['raw', (bytes) => bytes.length]]) {
  print(row, 'eventos', size(wasm) + size(script));
  print(row, 'supabase-js', size(peer));
}
