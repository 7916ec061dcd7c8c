// Loading the library, each time in a fresh process: from the start of the import to the first query that is written.

import { execFileSync } from 'node:child_process';

import { median, print } from './measure.mjs';

const TIMES = 15;
const PROGRAMS = {
  eventos: `const { createClient, init } = await import('../dist/index.js'); await init();
    createClient({ url: 'https://example.supabase.co', key: 'sb_publishable_key' }).events.select({ name: 1 }).toRequest();`,
  'supabase-js': `globalThis.WebSocket ??= class {}; const { createClient } = await import('@supabase/supabase-js');
    createClient('https://example.supabase.co', 'sb_publishable_key').from('events').select('name').url.href;`,
};

const found = new Map(Object.keys(PROGRAMS).map((name) => [name, []]));
for (let time = 0; time < TIMES; time += 1) {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    const timed = `const started = process.hrtime.bigint(); ${program} console.log(String(process.hrtime.bigint() - started)); process.exit(0);`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', timed], { cwd: new URL('.', import.meta.url) });
    found.get(name).push(Number(printed));
  }
}
for (const [name, times] of found) print('import to first request', name, median(times));
