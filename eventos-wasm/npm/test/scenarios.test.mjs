// Plays the shared scenarios in Node: each must send the requests and give the result that its file says.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

import * as eventos from '@eventos/wasm';

import { made } from './scenario-calls.mjs';
import { seen, told, wanted } from './scenario-compare.mjs';
import { Host } from './scenario-host.mjs';

const SCENARIOS = new URL('../../../tests/scenarios/', import.meta.url);

await eventos.init();
const callers = JSON.parse(await readFile(new URL('callers.json', SCENARIOS), 'utf8'));

for (const folder of ['query', 'code', 'error', 'flow']) {
  for (const file of await readdir(new URL(`${folder}/`, SCENARIOS))) {
    const { scenarios } = JSON.parse(await readFile(new URL(`${folder}/${file}`, SCENARIOS), 'utf8'));
    for (const scenario of scenarios) {
      test(`${folder}/${file.replace('.json', '')}: ${scenario.name}`, () => play(scenario));
    }
  }
}

async function play({ as = 'visitor', client, now, call, input, exchanges = [], pauses_ms = [], result, error }) {
  const credentials = callers.callers[as];
  const host = new Host(exchanges, now ?? callers.now);
  const open = () => {
    const token = client?.token ?? credentials.token;
    return eventos.createClient({
      url: client?.url ?? callers.url,
      key: client?.key ?? credentials.key,
      ...(token !== undefined && { token: () => token }),
      schema: client?.schema,
      maxRows: client?.max_rows,
      tries: client?.tries,
      fetch: host.fetch,
      clock: host.clock,
    });
  };
  const outcome = await made(eventos, open, call, input).then(
    (result) => ({ result }),
    (thrown) => {
      if (!eventos.isEventosError(thrown)) throw thrown;
      return { error: told(thrown, error) };
    },
  );
  const base = (client?.url ?? callers.url).replace(/\/+$/, '');
  const requests = exchanges.map(({ request }) => wanted(request, credentials, client));
  const observed = { requests: host.sent.map((sent) => seen(sent, base)), pauses: host.pauses, ...outcome };
  const expected = { requests, pauses: pauses_ms, ...(error === undefined ? { result } : { error }) };
  assert.deepEqual(plain(observed), plain(expected));
}

/** As JSON has it: without what is undefined, and with no prototypes. */
function plain(value) {
  return JSON.parse(JSON.stringify(value));
}
