// A ticket's code as an SVG image, beside npm's qrcode.

import qrcode from 'qrcode';

import { init, qr, qrPayload } from '../dist/index.js';
import { compare } from './measure.mjs';

await init();
const code = qrPayload.generate(new Uint8Array(32).fill(7));

compare('SVG', {
  eventos: () => qr.svg(code, 'Q'),
  qrcode: () => qrcode.toString(code, { type: 'svg', errorCorrectionLevel: 'Q', margin: 4 }, () => {}),
});
