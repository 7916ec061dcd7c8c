// QR symbols, read as a phone reads them and shown as a phone shows them to a camera.

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { init, qr } from '@eventos/wasm';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const READER = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');

let isReady;

/** What the symbol says that is seen on a page. */
export async function read(symbol) {
  isReady ??= readFile(READER).then((wasmBinary) => prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }));
  await isReady;
  const [found] = await readBarcodes(await symbol.screenshot(), { formats: ['QRCode'] });
  if (found === undefined) throw new Error('no QR symbol is to be seen there');
  return found.text;
}

const WIDTH = 640;
const HEIGHT = 480;
const MODULE = 9;
const WHITE = 235;
const BLACK = 16;
const GREY = 128;

/** A film in which somebody holds a symbol before the camera, as Chromium's pretended one plays it: uncompressed, YUV 4:2:0. */
export async function film(file, text) {
  await init();
  const light = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  const rows = qr.modules(text);
  const left = Math.floor((WIDTH - rows.length * MODULE) / 2);
  const top = Math.floor((HEIGHT - rows.length * MODULE) / 2);
  for (let y = 0; y < rows.length * MODULE; y += 1) {
    for (let x = 0; x < rows.length * MODULE; x += 1) {
      if (rows[Math.floor(y / MODULE)][Math.floor(x / MODULE)] === '1') light[(top + y) * WIDTH + left + x] = BLACK;
    }
  }
  const frame = [Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, GREY)];
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`), ...frame, ...frame]));
}
