import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { withClient } from '../src/postgres.mjs';
import { migrations, start, startAndFail, temporaryFolder } from './start.mjs';

const FIRST = { '20250101000000_first.sql': 'create table public.gates (id int);' };
const SECOND = { '20250102000000_second.sql': 'insert into public.gates values (2);' };

test('a later start keeps rows and keys, and applies what is new once', async () => {
  const data = await temporaryFolder();
  const seed = path.join(await migrations({ 'seed.sql': 'insert into public.gates values (1);' }), 'seed.sql');
  const first = await start('--data', data, '--migrations', await migrations(FIRST), '--seed', seed);
  assert.equal(await first.stop(), 0);

  const folder = await migrations({ ...FIRST, ...SECOND });
  for (let starts = 0; starts < 2; starts += 1) {
    const later = await start('--data', data, '--migrations', folder, '--seed', seed);
    assert.equal(later.anon_key, first.anon_key);
    const { rows } = await withClient(later.db_url, (client) => client.query('select id from public.gates order by id'));
    assert.deepEqual(rows, [{ id: 1 }, { id: 2 }]);
    assert.equal(await later.stop(), 0);
  }
});

test('what migrations take from the API’s roles stays taken after a restart', async () => {
  const data = await temporaryFolder();
  const folder = await migrations({
    '20250101000000_close.sql': 'revoke usage on schema public from public, anon;',
  });
  for (let starts = 0; starts < 2; starts += 1) {
    const backend = await start('--data', data, '--migrations', folder);
    const { rows } = await withClient(backend.db_url, (client) =>
      client.query(`select has_schema_privilege('anon', 'public', 'usage') as allowed`),
    );
    assert.deepEqual(rows, [{ allowed: false }]);
    await backend.stop();
  }
});

test('secrets are for their owner alone', async () => {
  const data = await temporaryFolder();
  const backend = await start('--data', data);
  const { mode } = await fs.stat(path.join(data, 'secrets.json'));
  assert.equal(mode & 0o777, 0o600);
  await backend.stop();
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  test(`${signal} stops everything`, async () => {
    const backend = await start('--throwaway');
    backend.child.kill(signal);
    assert.equal(await backend.ended, 0);
    await ends(backend);
  });
}

test('the end of standard input stops everything', async () => {
  const backend = await start('--throwaway');
  assert.equal(await backend.stop(), 0);
  await ends(backend);
});

test('a kill leaves no database behind, and the data can be used again', async () => {
  const data = await temporaryFolder();
  const backend = await start('--data', data, '--migrations', await migrations(FIRST));
  backend.child.kill('SIGKILL');
  const next = await start('--data', data);
  assert.equal(next.anon_key, backend.anon_key);
  await ends(backend);
  next.child.kill('SIGKILL');
  await ends(next);
});

test('data in use is refused, with the process that uses it', async () => {
  const data = await temporaryFolder();
  const backend = await start('--data', data);
  const { code, said } = await startAndFail('--data', data);
  assert.equal(code, 1);
  assert.match(said, new RegExp(`in use by process ${backend.child.pid}`));
  await backend.stop();
});

test('data of another PostgreSQL is refused, with both versions', async () => {
  const data = await temporaryFolder();
  await (await start('--data', data)).stop();
  const version = path.join(data, 'postgres/PG_VERSION');
  await fs.writeFile(version, '16\n');
  const { code, said } = await startAndFail('--data', data);
  assert.equal(code, 1);
  assert.match(said, /was made by PostgreSQL 16, and this is 17\./);
});

test('a migration that fails is undone and can be mended', async () => {
  const data = await temporaryFolder();
  const wrong = { '20250102000000_second.sql': 'insert into public.gates values (2);\nselect nonsense;' };
  const { code, said } = await startAndFail('--data', data, '--migrations', await migrations({ ...FIRST, ...wrong }));
  assert.equal(code, 1);
  assert.match(said, /20250102000000_second\.sql:2: column "nonsense" does not exist \(SQLSTATE 42703\)/);
  const backend = await start('--data', data, '--migrations', await migrations({ ...FIRST, ...SECOND }));
  const { rows } = await withClient(backend.db_url, (client) => client.query('select id from public.gates'));
  assert.deepEqual(rows, [{ id: 2 }]);
  await backend.stop();
});

test('a database made later is a hosted project too', async () => {
  const backend = await start('--throwaway', '--database-only');
  await withClient(backend.db_url, (client) => client.query('create database another'));
  const another = backend.db_url.replace(/postgres$/, 'another');
  const { rows } = await withClient(another, (client) =>
    client.query(`
      create extension unaccent schema extensions;
      create table public.gates (id int);
      select has_table_privilege('anon', 'public.gates', 'select') as granted, auth.uid() as caller,
             (select rolsuper from pg_roles where rolname = current_user) as is_superuser
    `).then((results) => results.at(-1)),
  );
  assert.deepEqual(rows, [{ granted: true, caller: null, is_superuser: false }]);
  await backend.stop();
});

/** Waits until the database of a backend accepts no connection any more. */
async function ends(backend) {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await withClient(backend.db_url, (client) => client.query('select 1'));
    } catch (error) {
      if (error.code === 'ECONNREFUSED') return;
    }
    await new Promise((resume) => setTimeout(resume, 50));
  }
  assert.fail('PostgreSQL is still running');
}
