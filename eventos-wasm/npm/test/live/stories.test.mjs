// Plays the specification's story against a real server: in Node, and in a browser on another origin.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import * as eventos from '@eventos/wasm';

import { launch, serve } from '../browser/chromium.mjs';
import { playStory } from '../story-play.mjs';
import { clients, server } from './server.mjs';

const STORIES = new URL('../../../../tests/scenarios/live/real-world-examples.json', import.meta.url);
const { scenarios: stories } = JSON.parse(await readFile(STORIES, 'utf8'));
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = `<!doctype html><meta charset="utf-8"><title>stories</title>
<script type="importmap">{ "imports": { "@eventos/wasm": "/package/dist/index.js" } }</script>`;

assert.ok(server.url, 'name a server in EVENTOS_URL, EVENTOS_ANON_KEY and EVENTOS_SERVICE_KEY');

for (const story of stories) {
  test(`${story.name}, in Node`, async () => {
    await eventos.init();
    assert.deepEqual(await playStory(eventos, story, clients(eventos, server)), []);
  });

  test(`${story.name}, in Chromium`, async () => {
    const files = await serve({ '/package/': PACKAGE, '/test/': `${PACKAGE}test/` }, { '/': PAGE }, "object-src 'none'");
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.goto(files.address);
      const wrong = await page.evaluate(
        async ({ story, server }) => {
          globalThis.process = { env: {} };
          const eventos = await import('@eventos/wasm');
          const { playStory } = await import('/test/story-play.mjs');
          const { clients } = await import('/test/live/server.mjs');
          await eventos.init();
          return playStory(eventos, story, clients(eventos, server));
        },
        { story, server },
      );
      assert.deepEqual(wrong, []);
    } finally {
      await browser.close();
      files.close();
    }
  });
}
