// Plays the shared scenarios in a real browser, under a strict content security policy, in a page and in a worker.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { callers, scenarios } from '../scenario-files.mjs';
import { launch, serve } from './chromium.mjs';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const NONCE = 'bm9uY2U';
const POLICY = `default-src 'none'; connect-src 'self'; worker-src 'self'; script-src 'self' 'nonce-${NONCE}' 'wasm-unsafe-eval'`;
const PAGE = `<!doctype html><title>scenarios</title>
<script type="importmap" nonce="${NONCE}">{ "imports": { "@eventos/wasm": "/package/dist/index.js" } }</script>`;

let browser, server, page;

before(async () => {
  server = await serve({ '/package/': PACKAGE, '/test/': `${PACKAGE}test/` }, { '/': PAGE }, POLICY);
  browser = await launch();
  page = await browser.newPage();
  await page.goto(server.address);
});

after(async () => {
  await browser?.close();
  server?.close();
});

test('every scenario goes as in Node and in Rust', async () => {
  const all = await scenarios();
  const wrong = await page.evaluate(
    async ({ callers, all }) => {
      const eventos = await import('@eventos/wasm');
      const { play } = await import('/test/scenario-play.mjs');
      await eventos.init();
      const wrong = [];
      for (const { title, scenario } of all) {
        const { observed, expected } = await play(eventos, callers, scenario);
        if (observed !== expected) wrong.push({ title, observed, expected });
      }
      return wrong;
    },
    { callers, all },
  );
  assert.deepEqual(wrong, []);
  console.log(`${all.length} scenarios in ${await browser.version()}`);
});

test('the first awaited call loads the library by itself', async () => {
  const fresh = await browser.newPage();
  await fresh.goto(server.address);
  const rows = await fresh.evaluate(async () => {
    const { createClient, slug } = await import('@eventos/wasm');
    let early;
    try {
      slug.isValid('x');
    } catch (error) {
      early = error.message;
    }
    const fetch = async () => Response.json([{ name: 'Gala' }]);
    const eventos = createClient({ url: 'https://eventos.example', key: 'sb_publishable_key', fetch });
    return { early, rows: await eventos.events.select({ name: 1 }).limit(1) };
  });
  assert.deepEqual(rows.rows, [{ name: 'Gala' }]);
  assert.match(rows.early, /await init\(\)/);
});

test('a session is kept in the storage of the page', async () => {
  const kept = await page.evaluate(async () => {
    const { createClient } = await import('@eventos/wasm');
    const entries = new Map();
    const storage = { getItem: (name) => entries.get(name) ?? null, setItem: (name, value) => void entries.set(name, value), removeItem: (name) => void entries.delete(name) };
    const fetch = async (url) =>
      String(url).includes('/logout')
        ? new Response(null, { status: 204 })
        : Response.json({ access_token: 'access', refresh_token: 'refresh', expires_in: 3600, user: { id: '22222222-2222-4222-8222-222222222222', email: 'a@example.com' } });
    const open = () => createClient({ url: 'https://eventos.example', key: 'sb_publishable_key', fetch, storage });
    await open().auth.signInWithPassword('a@example.com', 'correct horse');
    const found = await open().auth.session();
    await open().auth.signOut();
    return { email: found.email, left: entries.size };
  });
  assert.deepEqual(kept, { email: 'a@example.com', left: 0 });
});

test('a worker has it too', async () => {
  const slug = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker('/test/browser/worker.mjs', { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      }),
  );
  assert.equal(slug, 'cafe-zurich-e1111111');
});
