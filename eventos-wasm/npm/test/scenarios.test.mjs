// Plays the shared scenarios in Node: each must send the requests and give the result that its file says.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as eventos from '@eventos/wasm';

import { callers, scenarios } from './scenario-files.mjs';
import { play } from './scenario-play.mjs';

await eventos.init();

for (const { title, scenario } of await scenarios()) {
  test(title, async () => {
    const { observed, expected } = await play(eventos, callers, scenario);
    assert.equal(observed, expected);
  });
}

test('a scenario that expects something else fails', async () => {
  const [{ scenario }] = await scenarios();
  const other = { ...scenario, exchanges: [{ ...scenario.exchanges[0], request: { ...scenario.exchanges[0].request, path: '/other' } }] };
  const { observed, expected } = await play(eventos, callers, other);
  assert.notEqual(observed, expected);
});
