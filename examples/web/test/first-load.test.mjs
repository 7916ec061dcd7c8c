// What the first screen loads, and whom it asks.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { address, DESK, guest, launch } from './stage/guest.mjs';
import { eventOnSale, paidOrder, removeAll, somebodyWithAccount } from './stage/people.mjs';

/** Words that the code of one part alone has. */
const PARTS = {
  charts: 'recharts-',
  organizer: 'Create your first event',
  door: 'Start the camera',
  'reader of symbols': 'readBarcodes',
};

let browser, organizer, event;

before(async () => {
  browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
  organizer = await somebodyWithAccount('Olive Marchetti');
  event = await eventOnSale(organizer, 'Reading by Candlelight');
  await paidOrder(await somebodyWithAccount('Ada Novak'), event, 'Ada Novak');
});

after(async () => {
  await browser?.close();
  await removeAll();
});

describe('a first visit', { concurrency: true }, () => {
  test('no code of the charts, the organizer, the door or the reader of symbols is loaded', async (t) => {
    const { page } = await guest(t, browser, DESK);
    assert.deepEqual(await partsLoaded(page, () => open(page, '/', 'on sale')), []);
  });

  test('each of them comes with the screen that needs it', async (t) => {
    const { page, press } = await guest(t, browser, DESK, { session: organizer.session });
    assert.deepEqual(await partsLoaded(page, () => open(page, '/organizer', 'Sold per day')), ['charts', 'organizer']);
    assert.deepEqual(await partsLoaded(page, () => open(page, `/door/${event.id}`, 'Find somebody')), ['door']);
    const start = page.getByRole('button', { name: 'Start the camera' });
    const reader = () => page.waitForResponse(/zxing_reader[^/]*\.wasm$/);
    assert.deepEqual(await partsLoaded(page, () => Promise.all([reader(), press(start)])), ['reader of symbols']);
  });

  test('no cookie is set, and no other origin is asked', async (t) => {
    const { page, context } = await guest(t, browser, DESK);
    const asked = await requests(page, () => open(page, '/', 'on sale'));
    const { origin } = new URL(address);
    assert.deepEqual([...new Set(asked.map((url) => new URL(url).origin))], [origin]);
    assert.deepEqual(await context.cookies(), []);
  });
});

/** Opens a screen, until it shows this heading and the network is at rest. */
async function open(page, path, heading) {
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.getByRole('heading', { name: heading }).waitFor();
}

/** Which parts the scripts are of that are asked for meanwhile. */
async function partsLoaded(page, act) {
  const scripts = (await requests(page, act)).filter((url) => url.endsWith('.js'));
  const code = await Promise.all(scripts.map(async (url) => (await fetch(url)).text()));
  return Object.keys(PARTS).filter((part) => code.join().includes(PARTS[part]));
}

/** What is asked over the network meanwhile. */
async function requests(page, act) {
  const asked = [];
  const keep = (request) => request.url().startsWith('http') && asked.push(request.url());
  page.on('request', keep);
  await act();
  page.off('request', keep);
  return asked;
}
