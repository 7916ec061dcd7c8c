// The story of two tickets, played by people through the page alone: before large screens, and on phones.

import { after, before, describe, test } from 'node:test';

import { init } from '@eventos/wasm';

import { DESK, guest, launch, PHONE } from './stage/guest.mjs';
import { inDays, removeAll, somebody, uniquely, venue } from './stage/people.mjs';
import { scenes } from './stage/scenes.mjs';
import { buy } from './story/buy.mjs';
import { letIn } from './story/let-in.mjs';
import { putOnSale } from './story/put-on-sale.mjs';

let browser, hall;

before(async () => {
  browser = await launch();
  hall = await venue();
  await init();
});

after(async () => {
  await browser?.close();
  await removeAll();
});

describe('two tickets, from the draft of their event to its door', { concurrency: true }, () => {
  for (const device of [DESK, PHONE]) {
    test(device.name, async (t) => {
      const scene = scenes(t);
      const cast = {
        organizer: await guest(t, browser, device),
        buyer: await guest(t, browser, device),
        onlooker: await guest(t, browser, device),
        staff: await guest(t, browser, device),
        ada: somebody('Ada Novak'),
        event: { name: uniquely('Letterpress for Beginners'), day: inDays(45).toISOString().slice(0, 10) },
        hall,
      };
      await putOnSale(scene, cast);
      const codes = await buy(scene, cast);
      await letIn(scene, cast, codes);
    });
  }
});
