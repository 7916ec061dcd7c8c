// The door reads a ticket with a camera: Chromium's pretended one, before which a film holds the ticket's symbol.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { hears } from './stage/acts.mjs';
import { checked } from './stage/checked.mjs';
import { DESK, guest, launch, PHONE } from './stage/guest.mjs';
import { eventOnSale, paidOrder, removeAll, somebodyWithAccount } from './stage/people.mjs';
import { film } from './stage/symbols.mjs';

let browser, folder, organizer, event;

before(async () => {
  organizer = await somebodyWithAccount('Olive Marchetti');
  event = await eventOnSale(organizer, 'Night of the Cameras');
  const { tickets: [ticket] } = await paidOrder(await somebodyWithAccount('Ada Novak'), event, 'Ada Novak');
  folder = await mkdtemp(join(tmpdir(), 'eventos-camera-'));
  const file = join(folder, 'ticket.y4m');
  await film(file, ticket.qr_code);
  browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${file}`]);
});

after(async () => {
  await browser?.close();
  await removeAll();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

test('held before the camera, a ticket is admitted, and once', async (t) => {
  const door = await guest(t, browser, PHONE, { session: organizer.session });
  await startTheCamera(door);
  await hears(door, 'Admitted', 'Ada Novak');
  await checked(door, 'camera admitted');
  // The camera goes on looking at it meanwhile.
  await door.page.waitForResponse(/door_stats/);
  await hears(door, 'Admitted', 'Ada Novak');
  assert.equal(await door.page.getByRole('region', { name: 'Last scans' }).getByRole('listitem').count(), 1);
});

test('before the camera of another device it is already used', async (t) => {
  const door = await guest(t, browser, DESK, { session: organizer.session });
  await startTheCamera(door);
  await hears(door, 'Already used', 'Ada Novak');
  await checked(door, 'camera already used');
  await door.press(door.page.getByRole('button', { name: 'Stop the camera' }));
  await door.page.getByRole('button', { name: 'Start the camera' }).waitFor();
});

async function startTheCamera({ page, press }) {
  await page.goto(`/door/${event.id}`);
  await press(page.getByRole('button', { name: 'Start the camera' }));
}
