// Rows with two embeds as a client with `checkRows: false` takes them, beside parsing alone.

import { anyRowCheck } from '../dist/rows.js';
import { compare } from './measure.mjs';
import { TEXT } from './rows.mjs';

compare('999 rows', {
  eventos: () => {
    const rows = JSON.parse(TEXT);
    if (!anyRowCheck(1000).rows(rows)) throw new Error('they are rows');
  },
  'JSON.parse': () => JSON.parse(TEXT),
});
