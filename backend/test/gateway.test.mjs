import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { migrations, postgrest, start } from './start.mjs';

const SCHEMA = {
  '20250101000000_schema.sql': `
    create table public.notes (id int primary key, author uuid default auth.uid());
    alter table public.notes enable row level security;
    create policy "Authors see theirs" on public.notes for select to authenticated
      using (author = (select auth.uid()));
    insert into public.notes values (1, null);
  `,
};

const binary = await postgrest();
const servers = [{ name: 'lite', args: [] }];
if (binary) servers.push({ name: 'PostgREST', args: ['--postgrest', binary] });

for (const { name, args } of servers) {
  test(`in front of ${name}`, async (t) => {
    let backend;
    before(async () => {
      backend = await start('--throwaway', '--migrations', await migrations(SCHEMA), ...args);
    });
    after(() => backend.stop());
    const notes = (headers) => backend.ask('/rest/v1/notes?select=id', { headers });
    const service = () => ({ apikey: backend.service_key });

    await t.test('names the server', () => {
      assert.match(backend.server, new RegExp(`^${name} \\d+\\.\\d+`));
      assert.match(backend.postgres, /^17\./);
    });

    await t.test('asks for a key', async () => {
      const response = await fetch(`${backend.url}/rest/v1/notes`);
      assert.equal(response.status, 401);
      assert.match((await response.json()).message, /No API key/);
    });

    await t.test('refuses a wrong key, on both paths', async () => {
      for (const path of ['/rest/v1/notes', '/auth/v1/user']) {
        const { status, json } = await backend.ask(path, { headers: { apikey: `${backend.anon_key}x` } });
        assert.equal(status, 401);
        assert.equal(json.message, 'Invalid API key');
      }
    });

    await t.test('takes each key for its role', async () => {
      assert.deepEqual((await notes({})).json, []);
      assert.deepEqual((await notes(service())).json, [{ id: 1 }]);
    });

    await t.test('takes a key from the bearer and from the query', async () => {
      const bearer = { headers: { authorization: `Bearer ${backend.service_key}` } };
      assert.deepEqual(await (await fetch(`${backend.url}/rest/v1/notes?select=id`, bearer)).json(), [{ id: 1 }]);
      const query = `${backend.url}/rest/v1/notes?id=eq.1&apikey=${backend.service_key}&select=id`;
      assert.deepEqual(await (await fetch(query)).json(), [{ id: 1 }]);
    });

    await t.test('lets the bearer say who is calling', async () => {
      const signup = await backend.ask('/auth/v1/signup', {
        body: { email: 'sarah@example.com', password: 'a long password' },
      });
      const authorization = `Bearer ${signup.json.access_token}`;
      const added = await backend.ask('/rest/v1/notes', {
        headers: { ...service(), prefer: 'return=minimal' },
        body: { id: 2, author: signup.json.user.id },
      });
      assert.equal(added.status, 201);
      assert.deepEqual((await notes({ authorization })).json, [{ id: 2 }]);
      assert.deepEqual((await notes({ ...service(), authorization })).json, [{ id: 2 }]);
    });

    await t.test('refuses a bearer that is no token', async () => {
      const { status, json, headers } = await notes({ authorization: 'Bearer nonsense' });
      assert.equal(status, 401);
      assert.equal(json.code, 'PGRST301');
      assert.match(headers.get('www-authenticate'), /^Bearer/);
    });

    await t.test('adds CORS headers to every answer', async () => {
      for (const path of ['/rest/v1/notes', '/auth/v1/user', '/rest/v1/nothing', '/nowhere']) {
        const { headers } = await backend.ask(path);
        assert.equal(headers.get('access-control-allow-origin'), '*', path);
        assert.match(headers.get('access-control-expose-headers'), /Content-Range/);
      }
      const preflight = await fetch(`${backend.url}/auth/v1/signup`, {
        method: 'OPTIONS',
        headers: { origin: 'http://localhost', 'access-control-request-headers': 'apikey,x-client-info' },
      });
      assert.equal(preflight.status, 200);
      assert.equal(preflight.headers.get('access-control-allow-headers'), 'apikey,x-client-info');
      assert.match(preflight.headers.get('access-control-allow-methods'), /PATCH/);
    });

    await t.test('passes bodies, empty answers and HEAD on', async () => {
      const counted = { ...service(), prefer: 'count=exact' };
      const head = await backend.ask('/rest/v1/notes', { method: 'HEAD', headers: counted });
      assert.equal(head.status, 200);
      assert.match(head.headers.get('content-range'), /^0-1\/2$/);
      const gone = await backend.ask('/rest/v1/notes?id=eq.2', { method: 'DELETE', headers: service() });
      assert.equal(gone.status, 204);
      assert.equal(gone.text, '');
    });

    await t.test('knows no other path', async () => {
      assert.equal((await backend.ask('/storage/v1/object')).status, 404);
      assert.equal((await backend.ask('/_system/config')).status, 404);
    });
  });
}
