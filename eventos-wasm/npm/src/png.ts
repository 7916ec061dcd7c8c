import { failure } from './error.js';

/** Blank modules around a symbol, as ISO 18004 asks for. */
const QUIET_ZONE = 4;
const LARGEST_SCALE = 64;

/** Modules as a PNG image of one bit a pixel, in a data URL. Its data is stored as it is: a symbol is small. */
export function png(modules: readonly string[], scale: number): string {
  if (!Number.isInteger(scale) || scale < 1 || scale > LARGEST_SCALE) {
    throw failure('invalid_input', `scale: a module is 1 to ${LARGEST_SCALE} pixels wide`);
  }
  const side = (modules.length + 2 * QUIET_ZONE) * scale;
  const header = new Uint8Array(13);
  const numbers = new DataView(header.buffer);
  numbers.setUint32(0, side);
  numbers.setUint32(4, side);
  header[8] = 1; // one bit a pixel, greyscale
  const bytes = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', zlib(pixels(modules, scale, side))),
    chunk('IEND', new Uint8Array()),
  ];
  let text = '';
  for (const part of bytes) for (const byte of part) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}

function pixels(modules: readonly string[], scale: number, side: number): Uint8Array {
  const lineLength = 1 + Math.ceil(side / 8);
  const data = new Uint8Array(lineLength * side).fill(0xff);
  for (let y = 0; y < side; y += 1) {
    data[y * lineLength] = 0; // no filter
    const row = modules[Math.floor(y / scale) - QUIET_ZONE];
    if (row === undefined) continue;
    for (let x = 0; x < side; x += 1) {
      if (row[Math.floor(x / scale) - QUIET_ZONE] === '1') {
        const at = y * lineLength + 1 + (x >> 3);
        data[at] = (data[at] as number) & ~(0x80 >> (x & 7));
      }
    }
  }
  return data;
}

/** Stored blocks of deflate (RFC 1951), in zlib's frame (RFC 1950). */
function zlib(data: Uint8Array): Uint8Array {
  const largest = 0xffff;
  const blocks = Math.max(1, Math.ceil(data.length / largest));
  const out = new Uint8Array(2 + data.length + 5 * blocks + 4);
  const view = new DataView(out.buffer);
  out.set([0x78, 0x01]);
  let at = 2;
  for (let block = 0; block < blocks; block += 1) {
    const part = data.subarray(block * largest, (block + 1) * largest);
    out[at] = block === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    out.set(part, at + 5);
    at += 5 + part.length;
  }
  view.setUint32(at, adler32(data));
  return out;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index += 1) out[4 + index] = name.charCodeAt(index);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

function adler32(data: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of data) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

function crc32(data: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}
