// What a phone shows without a network, with nothing to show, and before a server that fails.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';

import { hears, typeCode } from './stage/acts.mjs';
import { checked } from './stage/checked.mjs';
import { guest, launch, NO_NETWORK, PHONE, refusal } from './stage/guest.mjs';
import { eventOnSale, paidOrder, placedOrder, removeAll, somebodyWithAccount } from './stage/people.mjs';
import { read } from './stage/symbols.mjs';

let browser, organizer, customer, newcomer, event, unsold;

before(async () => {
  browser = await launch();
  [organizer, customer, newcomer] = await Promise.all(['Olive Marchetti', 'Ada Novak', 'Nils Nyberg'].map(somebodyWithAccount));
  event = await eventOnSale(organizer, 'Maps of Places that Are Not');
  unsold = await eventOnSale(newcomer, 'Evening of Quiet');
});

after(async () => {
  await browser?.close();
  await removeAll();
});

describe('without a network', { concurrency: 3 }, () => {
  test('tickets are still shown', async (t) => {
    const { tickets: [ticket] } = await paidOrder(customer, event, 'Ada Novak');
    const holder = await guest(t, browser, PHONE, { session: customer.session, forgiven: [NO_NETWORK] });
    const { page, context } = holder;
    await page.goto('/tickets');
    const symbol = page.getByRole('img', { name: ticket.ticket_number });
    await symbol.waitFor();
    await context.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await page.getByText('Your codes work without a network').waitFor();
    assert.equal(await read(symbol), ticket.qr_code);
    await checked(holder, 'tickets offline');
    await context.setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
  });

  test('the door gives no verdict, and asks again once it can', async (t) => {
    const { tickets: [ticket] } = await paidOrder(customer, event, 'Jun Mori');
    const door = await guest(t, browser, PHONE, { session: organizer.session, forgiven: [NO_NETWORK] });
    const { page, press, context } = door;
    await page.goto(`/door/${event.id}`);
    await hears(door, 'Ready');
    await context.setOffline(true);
    await page.getByText('Offline. No scan is answered').waitFor();
    await typeCode(door, ticket.qr_code);
    await hears(door, 'No answer', 'There is no connection');
    await checked(door, 'door offline');
    await context.setOffline(false);
    await press(page.getByRole('region', { name: 'Verdict' }).getByRole('button', { name: 'Ask again' }));
    await hears(door, 'Admitted', 'Jun Mori');
  });

  test('nobody pays, and what was typed is kept', async (t) => {
    const { id } = await placedOrder(customer, event, 1);
    const buyer = await guest(t, browser, PHONE, { session: customer.session, forgiven: [NO_NETWORK] });
    const { page, context } = buyer;
    await page.goto(`/orders/${id}`);
    const name = page.getByLabel('Full name');
    await name.fill('Jun Mori');
    await context.setOffline(true);
    await page.getByText('You are offline. What you typed is kept').waitFor();
    await page.getByRole('button', { name: 'Pay $49.00', disabled: true }).waitFor();
    await checked(buyer, 'checkout offline');
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Pay $49.00', disabled: false }).waitFor();
    await page.reload();
    assert.equal(await name.inputValue(), 'Jun Mori');
  });
});

describe('with nothing to show', { concurrency: 2 }, () => {
  test('what is empty says how it fills', async (t) => {
    const visitor = await guest(t, browser, PHONE, { session: newcomer.session });
    const { page, press } = visitor;
    await page.goto(`/organizer/events/${unsold.id}/attendees`);
    await page.getByRole('heading', { name: 'No tickets yet' }).waitFor();
    await checked(visitor, 'no attendees');
    await press(page.getByRole('link', { name: 'My tickets' }));
    await page.getByRole('link', { name: 'Find an event' }).waitFor();
    await checked(visitor, 'no tickets');
    await press(page.getByRole('link', { name: 'Find an event' }));
    await page.getByRole('heading', { name: 'on sale' }).waitFor();
  });

  test('a link that leads to nothing of one’s own says so', async (t) => {
    const visitor = await guest(t, browser, PHONE, { session: newcomer.session, forgiven: [refusal(403, 'Forbidden')] });
    const links = {
      '/events/no-such-event': 'This event is not here',
      '/orders/no-such-order': 'There is no such order of yours',
      [`/orders/${randomUUID()}`]: 'There is no such order of yours',
      [`/organizer/events/${event.id}/edit`]: 'There is no such event among yours',
      [`/door/${event.id}`]: 'This door is closed to you',
      '/no/such/page': 'There is no such page',
    };
    for (const [path, words] of Object.entries(links)) {
      await visitor.page.goto(path);
      await visitor.page.getByText(words).waitFor();
      await checked(visitor, words);
    }
  });
});

test('before a server that fails, each screen says so, and asks again', async (t) => {
  const { id } = await placedOrder(organizer, event, 1);
  const visitor = await guest(t, browser, PHONE, { session: organizer.session, forgiven: [refusal(500, 'Internal Server Error')] });
  const { page, press } = visitor;
  for (const [what, path, answer] of [
    ['The events', '/', page.getByRole('heading', { name: 'on sale' })],
    ['The event', `/events/${event.slug}`, page.getByRole('heading', { name: event.name })],
    ['The order', `/orders/${id}`, page.getByRole('heading', { name: 'Who will come?' })],
    ['Your tickets', '/tickets', page.getByRole('heading', { name: 'No tickets yet' })],
    ['Your events', '/organizer', page.getByRole('heading', { name: event.name })],
    ['The figures', `/door/${event.id}`, page.getByRole('region', { name: 'Figures' })],
  ]) {
    await page.route('**/rest/v1/**', (route) => route.fulfill({ status: 500, json: { message: 'out of order' } }));
    await page.goto(path);
    const failure = page.getByRole('alert').filter({ hasText: `${what} could not be loaded` });
    await failure.waitFor();
    await checked(visitor, `${what} failed`);
    await page.unrouteAll({ behavior: 'wait' });
    await press(failure.getByRole('button', { name: 'Try again' }));
    await answer.waitFor();
    await failure.waitFor({ state: 'detached' });
  }
});
