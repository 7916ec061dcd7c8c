// Compiles good and bad programs with the strict compiler, and holds how much work a hundred queries are for it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const QUERIES = 100;
/** postgrest-js takes the compiler 1.2 million for a hundred such queries. */
const MOST_INSTANTIATIONS = 120_000;

async function tsc(...options) {
  const run = promisify(execFile);
  try {
    const { stdout } = await run(process.execPath, ['node_modules/typescript/bin/tsc', ...options], { cwd: PACKAGE });
    return stdout;
  } catch (failed) {
    // Without a word it did not judge the program: it is not there, or it died.
    if (!failed.stdout) throw failed;
    return failed.stdout;
  }
}

test('good programs compile, and bad ones do not', async () => {
  assert.equal(await tsc('--project', 'test/types'), '');
});

test('what bad programs are told says what is wrong', async () => {
  const folder = await program(`
    eventos.events.select({ name: 1, titel: 1 });
    eventos.events.select({ venue: { town: 1 } });
    await eventos.events.delete();
  `);
  const told = await tsc('--project', folder);
  assert.match(told, /NoSuchColumnOrRelation<"titel">/);
  assert.match(told, /AddAFilter/);
  assert.equal(told.match(/error TS/g).length, 3);
});

test('a hundred queries are little work for the compiler', async () => {
  const queries = Array.from({ length: QUERIES }, (_, number) => `
    export const rows${number} = (await eventos.events
      .select({ id: 1, name: 1, a${number}: 'slug', venue: { name: 1, city: 1 },
                tickets: { status: 1, attendee: { full_name: 1, email: 1 } } })
      .where((e) => [e.status.eq('published'), e.capacity.gt(${number})])
      .orderBy('start_at').limit(10))[0]?.tickets[0]?.attendee?.email;`);
  const told = await tsc('--project', await program(queries.join('\n')), '--extendedDiagnostics');
  assert.doesNotMatch(told, /error TS/);
  const instantiations = Number(/Instantiations:\s+(\d+)/.exec(told)[1]);
  console.log(`${instantiations} instantiations for ${QUERIES} queries`);
  assert.ok(instantiations <= MOST_INSTANTIATIONS, `${instantiations}`);
});

/** A project of one program, and its folder. */
async function program(text) {
  const folder = '.program';
  await mkdir(new URL(`../${folder}`, import.meta.url), { recursive: true });
  const setting = `import { createClient } from '@eventos/wasm';\nconst eventos = createClient({ url: 'https://example.supabase.co', key: 'anon' });\n`;
  await writeFile(new URL(`../${folder}/program.ts`, import.meta.url), setting + text);
  const config = { extends: '../tsconfig.json', compilerOptions: { noEmit: true, rootDir: '..', declaration: false }, include: ['*.ts'] };
  await writeFile(new URL(`../${folder}/tsconfig.json`, import.meta.url), JSON.stringify(config));
  return folder;
}
