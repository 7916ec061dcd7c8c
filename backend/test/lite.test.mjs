import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withClient } from '../src/postgres.mjs';
import { migrations, start } from './start.mjs';

const SCHEMA = {
  '20250101000000_schema.sql': `
    create table public.gates (
      id int primary key,
      name text not null unique,
      secret text default 'hidden',
      opened timestamptz default '2025-06-15 09:00:00.5-04',
      local timestamp default '2025-06-15 09:00:00',
      price numeric default 12.50,
      precise numeric default 0.12345678901234567890,
      big bigint default 9007199254740993,
      constraint positive check (id > 0)
    );
    alter table public.gates enable row level security;
    create policy "Everybody sees gates" on public.gates for select using (true);
    revoke all on public.gates from anon;
    grant select (id, name) on public.gates to anon;
    insert into public.gates (id, name) values (1, 'north'), (2, 'south');

    create function public.fail(code text) returns void language plpgsql as
      $$ begin raise exception 'as asked' using errcode = code, detail = 'the detail', hint = 'the hint'; end $$;
    revoke execute on function public.fail from public, authenticated;
    create function public.divide(a int, b int) returns int language sql as $$ select a / b $$;
  `,
};

let backend;
before(async () => {
  backend = await start('--throwaway', '--migrations', await migrations(SCHEMA));
});
after(() => backend.stop());

const asService = (options = {}) => ({
  ...options,
  headers: { apikey: backend.service_key, ...options.headers },
});

test('keeps the grants of the migrations', async () => {
  assert.deepEqual((await backend.ask('/rest/v1/gates?select=id,name&id=eq.1')).json, [{ id: 1, name: 'north' }]);
  const refused = await backend.ask('/rest/v1/gates?select=secret');
  assert.equal(refused.status, 401);
  assert.equal(refused.json.code, '42501');
  const { rows } = await withClient(backend.db_url, (client) =>
    client.query(`
      select has_table_privilege('anon', 'public.gates', 'insert') as insert,
             has_column_privilege('anon', 'public.gates', 'secret', 'select') as secret,
             has_function_privilege('authenticated', 'public.fail(text)', 'execute') as fail
    `),
  );
  assert.deepEqual(rows, [{ insert: false, secret: false, fail: false }]);
});

test('takes on the caller’s role in the first requests, all at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => backend.ask('/rest/v1/gates?select=secret')),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([401]));
});

const STATUSES = {
  23514: 400, '23P01': 400, 22023: 400, P0001: 400, 23505: 409, 23503: 409, 25006: 405, 42501: 403, '42P01': 404,
  40001: 500, '55P03': 500, P0002: 500, 57014: 500, 53300: 503, 53400: 500, 54001: 413, 28000: 403,
  XX000: 500, EV001: 400, PT418: 418,
};

for (const [code, expected] of Object.entries(STATUSES)) {
  test(`answers SQLSTATE ${code} with ${expected} and keeps it`, async () => {
    const { status, json } = await backend.ask('/rest/v1/rpc/fail', asService({ body: { code } }));
    assert.equal(status, expected);
    assert.equal(json.code, code);
    assert.equal(json.message, 'as asked');
    assert.equal(json.details, 'the detail');
  });
}

test('tells the constraint that a row breaks', async () => {
  const { status, json } = await backend.ask('/rest/v1/gates', asService({ body: { id: -1, name: 'x' } }));
  assert.equal(status, 400);
  assert.equal(json.code, '23514');
  assert.match(json.message, /violates check constraint "positive"/);
  assert.equal((await backend.ask('/rest/v1/rpc/divide?a=1&b=0', asService())).json.code, '22012');
});

test('prints values as PostgreSQL prints them in JSON', async () => {
  const { text } = await backend.ask(
    '/rest/v1/gates?select=opened,local,price,precise,big&id=eq.1',
    asService(),
  );
  assert.equal(
    text,
    '[{"opened":"2025-06-15T13:00:00.5+00:00","local":"2025-06-15T09:00:00","price":12.5,' +
      '"precise":0.12345678901234567890,"big":9007199254740993}]',
  );
});

const names = async () =>
  (await backend.ask('/rest/v1/gates?select=name&order=id', asService())).json.map(({ name }) => name);

test('undoes a write that is answered with an error', async () => {
  const answer = await backend.ask('/rest/v1/gates?id=gt.0&select=id', {
    ...asService({ body: { secret: 'changed' } }),
    method: 'PATCH',
    headers: {
      apikey: backend.service_key,
      prefer: 'return=representation',
      accept: 'application/vnd.pgrst.object+json',
    },
  });
  assert.equal(answer.status, 406);
  assert.equal(answer.json.code, 'PGRST116');
  const { json } = await backend.ask('/rest/v1/gates?select=secret', asService());
  assert.deepEqual(json, [{ secret: 'hidden' }, { secret: 'hidden' }]);
});

test('rolls back when asked to', async () => {
  const answer = await backend.ask(
    '/rest/v1/gates',
    asService({ body: { id: 3, name: 'west' }, headers: { prefer: 'return=representation, tx=rollback' } }),
  );
  assert.equal(answer.status, 201);
  assert.match(answer.headers.get('preference-applied'), /tx=rollback/);
  assert.deepEqual(await names(), ['north', 'south']);
});

test('signs up, in, on and out, and writes metadata as objects', async () => {
  const credentials = { email: 'Michael@example.com', password: 'a long password' };
  const signup = await backend.ask('/auth/v1/signup', {
    body: { ...credentials, data: { full_name: 'Michael Chen' } },
  });
  assert.equal(signup.status, 200);
  const { rows } = await withClient(backend.db_url, (client) =>
    client.query(`select email, raw_user_meta_data ->> 'full_name' as name from auth.users`),
  );
  assert.deepEqual(rows, [{ email: 'michael@example.com', name: 'Michael Chen' }]);

  const token = (grant, body) => backend.ask(`/auth/v1/token?grant_type=${grant}`, { body });
  assert.equal((await token('password', { ...credentials, password: 'another' })).status, 400);
  const session = (await token('password', credentials)).json;
  const refreshed = await token('refresh_token', { refresh_token: session.refresh_token });
  assert.equal(refreshed.status, 200);
  assert.notEqual(refreshed.json.refresh_token, session.refresh_token);

  const headers = { authorization: `Bearer ${refreshed.json.access_token}` };
  assert.equal((await backend.ask('/auth/v1/user', { headers })).json.email, 'michael@example.com');
  assert.equal((await backend.ask('/auth/v1/logout', { headers, method: 'POST' })).status, 204);
  assert.equal((await backend.ask('/auth/v1/user', { headers })).status, 403);
});

test('sees a new table after the usual notification', async () => {
  assert.equal((await backend.ask('/rest/v1/late')).status, 404);
  await withClient(backend.db_url, (client) =>
    client.query(`create table public.late (id int); notify pgrst, 'reload schema'`),
  );
  for (let tries = 0; (await backend.ask('/rest/v1/late')).status !== 200; tries += 1) {
    assert.ok(tries < 50, 'the table did not appear');
    await new Promise((resume) => setTimeout(resume, 20));
  }
});
