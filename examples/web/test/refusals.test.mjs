// What a phone shows to those who may not, or not any more.

import { after, before, describe, test } from 'node:test';

import { hears, typeCode } from './stage/acts.mjs';
import { checked } from './stage/checked.mjs';
import { guest, launch, PHONE, refusal } from './stage/guest.mjs';
import { eventOnSale, inDays, paidOrder, payBack, placedOrder, removeAll, somebodyWithAccount } from './stage/people.mjs';

let browser, organizer, customer;

before(async () => {
  browser = await launch();
  [organizer, customer] = await Promise.all(['Olive Marchetti', 'Ada Novak'].map(somebodyWithAccount));
});

after(async () => {
  await browser?.close();
  await removeAll();
});

describe('on a phone', { concurrency: 3 }, () => {
  test('the door tells one refusal from another', async (t) => {
    const event = await eventOnSale(organizer, 'Small Talk for Engineers');
    const another = await eventOnSale(organizer, 'Large Talk for Engineers');
    const elsewhere = await paidOrder(customer, another, 'Ada Novak');
    const refunded = await paidOrder(customer, event, 'Jun Mori');
    const good = await paidOrder(customer, event, 'Kofi Mensah');
    await payBack(refunded.order);
    const door = await guest(t, browser, PHONE, { session: organizer.session });
    await door.page.goto(`/door/${event.id}`);

    await typeCode(door, elsewhere.tickets[0].qr_code);
    await hears(door, 'Wrong event', another.name);
    await checked(door, 'door wrong event');
    await typeCode(door, refunded.tickets[0].qr_code);
    await hears(door, 'Refunded', 'Jun Mori');
    await checked(door, 'door refunded');
    await organizer.client.events.update({ status: 'completed' }).where((e) => e.id.eq(event.id));
    await typeCode(door, good.tickets[0].qr_code);
    await hears(door, 'Event not active');
    await checked(door, 'door event not active');
  });

  test('a door token opens only in its hours, and not once it is revoked', async (t) => {
    const event = await eventOnSale(organizer, 'Breakfast before Dawn');
    const { tickets: [ticket] } = await paidOrder(customer, event, 'Ada Novak');
    const window = { opens_at: inDays(39), closes_at: inDays(41) };
    const { token, details } = await organizer.client.doorTokens.issue({ event_id: event.id, label: 'South gate', window });
    const staff = await guest(t, browser, PHONE, { forgiven: [refusal(401, 'Unauthorized')] });
    await staff.page.goto(`/door/${event.id}#token=${token}`);
    await typeCode(staff, ticket.qr_code);
    await hears(staff, 'Outside the hours');
    await checked(staff, 'door outside the hours');
    await organizer.client.doorTokens.revoke(details.token_id);
    await staff.page.getByRole('alert').filter({ hasText: 'Your link has expired, was revoked' }).waitFor();
    await checked(staff, 'door of a revoked token');
  });

  test('without a camera the door goes on', async (t) => {
    const event = await eventOnSale(organizer, 'Darkroom Basics');
    const door = await guest(t, browser, PHONE, { session: organizer.session });
    const { page, press } = door;
    await page.goto(`/door/${event.id}`);
    await press(page.getByRole('button', { name: 'Start the camera' }));
    await page.getByText('The camera does not work').waitFor();
    await checked(door, 'door without a camera');
    await press(page.getByRole('button', { name: 'Go on without it' }));
    await page.getByRole('button', { name: 'Start the camera' }).waitFor();
  });

  test('who comes too late finds the event sold out, until an order is given back', async (t) => {
    const event = await eventOnSale(organizer, 'Ten Chairs', 10);
    const order = await placedOrder(customer, event, 10);
    const visitor = await guest(t, browser, PHONE);
    const { page } = visitor;
    await page.goto(`/events/${event.slug}`);
    await page.getByRole('button', { name: 'Sold out', disabled: true }).waitFor();
    await checked(visitor, 'event sold out');
    await customer.client.purchase.cancel(order.id);
    await page.getByRole('button', { name: 'Get tickets', disabled: false }).waitFor();
    await page.getByText('10 of 10 seats left').waitFor();
  });

  test('a wrong password signs nobody in', async (t) => {
    const stranger = await guest(t, browser, PHONE, { forgiven: [refusal(400, 'Bad Request')] });
    const { page, press } = stranger;
    await page.goto('/tickets');
    await page.getByLabel('E-mail').fill(customer.email);
    await page.getByLabel('Password').fill('not the password');
    await press(page.getByRole('button', { name: 'Sign in' }));
    await page.getByRole('alert').filter({ hasText: 'do not belong together' }).waitFor();
    await checked(stranger, 'wrong password');
  });
});
