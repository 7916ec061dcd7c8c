// What is asked of rows before they are handed out.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient } from '@eventos/wasm';

const asking = (rows, settings) => {
  const fetch = async () => Response.json(rows);
  const eventos = createClient({ url: 'https://eventos.example', key: 'sb_publishable_key', maxRows: 3, tries: 1, fetch, ...settings });
  return eventos.events.select({ name: 1, tickets: { status: 1 } });
};
const row = (tickets) => ({ name: 'Gala', tickets: Array.from({ length: tickets }, () => ({ status: 'active' })) });

test('rows are held against what was selected', async () => {
  assert.deepEqual(await asking([row(1)]), [row(1)]);
  await assert.rejects(async () => asking([{ name: 'Gala' }]), { kind: 'decode', message: 'unexpected answer at [0]: missing field `tickets`' });
  await assert.rejects(async () => asking([{ ...row(1), name: 7 }]), { kind: 'decode' });
});

test('a client that takes the server’s word for it does not look into rows', async () => {
  assert.deepEqual(await asking([{ name: 7 }], { checkRows: false }), [{ name: 7 }]);
  assert.deepEqual(await asking([row(3)], { checkRows: false }), [row(3)]);
  await assert.rejects(async () => asking(['Gala'], { checkRows: false }), { kind: 'decode' });
  await assert.rejects(async () => asking({ name: 'Gala' }, { checkRows: false }), { kind: 'decode' });
});

test('as many rows as a server gives at most are refused, looked into or not', async () => {
  for (const checkRows of [true, false]) {
    await assert.rejects(async () => asking([row(0), row(0), row(0)], { checkRows }), { kind: 'truncated' });
  }
  await assert.rejects(async () => asking([row(3)]), { kind: 'truncated' });
});
