// Rows with two embeds: parsed and held against their shape, beside parsing alone.

import { rowCheck } from '../dist/rows.js';
import { compare } from './measure.mjs';
import { SHAPE, TEXT } from './rows.mjs';

compare('held against the shape', {
  eventos: () => {
    const rows = JSON.parse(TEXT);
    if (!rowCheck(SHAPE, 1000).rows(rows)) throw new Error('they fit');
  },
  'JSON.parse': () => JSON.parse(TEXT),
});
