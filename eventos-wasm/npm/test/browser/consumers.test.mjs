// Packs the package, installs it into empty projects, and uses it there: in Node, in what Vite builds and in what webpack builds.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { launch, serve } from './chromium.mjs';

const HERE = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = process.env.EVENTOS_PACKAGE ?? fileURLToPath(new URL('../../../../target/npm', import.meta.url));
const PROJECTS = join(HERE, '.consumers');
const POLICY = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** Asks a server that is only pretended, and says what came back and what was asked. */
const PROGRAM = `
import { createClient, slug } from '@eventos/wasm';

const asked = [];
const fetch = async (url) => {
  asked.push(String(url));
  return Response.json([{ name: 'Gala', venue: { city: 'Toronto' } }]);
};
const eventos = createClient({ url: 'https://eventos.example', key: 'sb_publishable_key', fetch });
const rows = await eventos.events.select({ name: 1, venue: { city: 1 } }).where((e) => e.status.eq('published')).limit(1);
const said = JSON.stringify({ rows, asked, slug: slug.generate('Café', 'e1111111-1111-4111-8111-111111111111') });
`;
const SAID = {
  rows: [{ name: 'Gala', venue: { city: 'Toronto' } }],
  asked: ['https://eventos.example/rest/v1/events?select=name,venue:venues!venue_id(city)&status=eq.published&limit=1'],
  slug: 'cafe-e1111111',
};

const run = promisify(execFile);
let tarball, browser;

before(async () => {
  await rm(PROJECTS, { recursive: true, force: true });
  await mkdir(PROJECTS, { recursive: true });
  const { stdout } = await run('npm', ['pack', PACKAGE, '--pack-destination', PROJECTS, '--json']);
  tarball = join(PROJECTS, JSON.parse(stdout)[0].filename);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(PROJECTS, { recursive: true, force: true });
});

/** An empty project with the packed package installed, and these files. */
async function project(name, files) {
  const folder = join(PROJECTS, name);
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  await run('npm', ['install', tarball, '--no-audit', '--no-fund', '--offline'], { cwd: folder });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

/** What a page of these files shows in its title once it is ready. */
async function shown(folder, page) {
  const server = await serve({ '/': folder }, page === undefined ? {} : { '/': page }, POLICY);
  const tab = await browser.newPage();
  try {
    await tab.goto(page === undefined ? `${server.address}/index.html` : server.address);
    await tab.waitForFunction(() => document.title.startsWith('{'), undefined, { timeout: 20_000 });
    return JSON.parse(await tab.title());
  } finally {
    await tab.close();
    server.close();
  }
}

test('the package holds what it needs and nothing else', async () => {
  const folder = await project('contents', {});
  const installed = join(folder, 'node_modules/@eventos/wasm');
  assert.deepEqual((await readdir(installed)).sort(), ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'dist', 'package.json']);
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  assert.equal(manifest.devDependencies, undefined);
  assert.equal(manifest.dependencies, undefined);
});

test('Node imports it as an ES module', async () => {
  const folder = await project('node', { 'main.mjs': `${PROGRAM}\nconsole.log(said);` });
  const { stdout } = await run(process.execPath, ['main.mjs'], { cwd: folder });
  assert.deepEqual(JSON.parse(stdout), SAID);
});

test('Vitest runs what uses it', async () => {
  const folder = await project('vitest', {
    'main.test.js': `import { expect, test } from 'vitest';\n${PROGRAM}\ntest('it says', () => expect(JSON.parse(said)).toEqual(${JSON.stringify(SAID)}));`,
  });
  const { stdout } = await run(process.execPath, [join(HERE, 'node_modules/vitest/vitest.mjs'), 'run'], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
  assert.match(stdout, /Tests +1 passed/);
});

test('Vite builds it', async () => {
  const folder = await project('vite', {
    'index.html': '<!doctype html><meta charset="utf-8"><title>waiting</title><script type="module" src="/main.js"></script>',
    'main.js': `${PROGRAM}\ndocument.title = said;`,
  });
  await run(process.execPath, [join(HERE, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: folder });
  const assets = await readdir(join(folder, 'dist/assets'));
  assert.equal(assets.filter((asset) => asset.endsWith('.wasm')).length, 1, assets.join(' '));
  assert.deepEqual(await shown(join(folder, 'dist')), SAID);
});

test('webpack builds it', async () => {
  const folder = await project('webpack', { 'main.js': `${PROGRAM}\ndocument.title = said;` });
  const { default: webpack } = await import('webpack');
  const compiler = webpack({ mode: 'production', context: folder, entry: './main.js', output: { path: join(folder, 'dist'), publicPath: '/' } });
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  assert.deepEqual(stats.toJson({ errors: true, warnings: true }).errors, []);
  const page = '<!doctype html><meta charset="utf-8"><title>waiting</title><script defer src="/main.js"></script>';
  assert.deepEqual(await shown(join(folder, 'dist'), page), SAID);
});
