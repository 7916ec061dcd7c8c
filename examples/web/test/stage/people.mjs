// The people of the tests, what is set up for them beside the page, and how all that they leave behind is removed again.

import { randomUUID } from 'node:crypto';

import { createClient } from '@eventos/wasm';

const { EVENTOS_URL: url, EVENTOS_ANON_KEY: anonKey, EVENTOS_SERVICE_KEY: serviceKey } = process.env;

/** What the session is called in the storage of a page. */
export const SESSION = 'eventos.session';

export const E_MAILS_ARE_CONFIRMED =
  'This server wants e-mails confirmed before anybody signs in, so nobody can sign up in these tests: switch that off, or name another server.';

const known = [];
const venues = [];

/** Somebody with an e-mail of their own, who has no account yet. */
export function somebody(full_name) {
  const first = full_name.split(' ')[0].toLowerCase();
  const person = { full_name, email: `${first}-${randomUUID().slice(0, 8)}@example.com`, password: randomUUID() };
  known.push(person);
  return person;
}

/** Somebody who has an account: with its id, a client that is signed in, and the session as a page keeps it. */
export async function somebodyWithAccount(full_name) {
  const person = somebody(full_name);
  const kept = new Map();
  const storage = { getItem: (name) => kept.get(name), setItem: (name, value) => void kept.set(name, value), removeItem: (name) => void kept.delete(name) };
  const client = createClient({ url, key: anonKey, storage });
  const { outcome, session } = await client.auth.signUp(person);
  if (outcome === 'confirm_email') throw new Error(E_MAILS_ARE_CONFIRMED);
  return { ...person, client, user_id: session.user_id, session: kept.get(SESSION) };
}

/** An event of somebody's, on sale. */
export async function eventOnSale({ client, user_id }, name, capacity = 40) {
  return client.events
    .insert({
      organizer_id: user_id,
      name: uniquely(name),
      type: 'workshop',
      description: 'Made by the tests, and gone with them.',
      start_at: inDays(40),
      end_at: inDays(40.25),
      capacity,
      price_cents: 4_900,
      status: 'published',
    })
    .returning({ id: 1, name: 1, slug: 1 })
    .expectOne();
}

/** An order that holds seats of an event and waits for its payment. */
export async function placedOrder({ client, user_id }, event, quantity) {
  const { order } = await client.purchase.place({ order_id: await client.newId(), customer_id: user_id, event_id: event.id, quantity });
  return order;
}

/** A paid order of an event, with a ticket for each guest. */
export async function paidOrder(buyer, event, ...names) {
  const { id } = await placedOrder(buyer, event, names.length);
  return service().fulfil({
    order_id: id,
    payment_intent_id: `pi_${id}`,
    paid_at: new Date(),
    attendees: names.map((full_name) => ({ full_name, email: buyer.email })),
  });
}

/** Pays an order back, as the box office does. */
export async function payBack({ id }) {
  await service().refund(id);
}

/** A place that the event's form can choose. */
export async function venue() {
  const made = await service()
    .venues.insert({ name: uniquely('Assembly Hall'), address: '1 Test Lane', city: 'Toronto', capacity: 300 })
    .returning({ id: 1, name: 1 })
    .expectOne();
  venues.push(made.id);
  return made;
}

/** A name that no other run has. */
export function uniquely(name) {
  return `${name} ${randomUUID().slice(0, 8)}`;
}

/** A moment to come. */
export function inDays(days) {
  return new Date(Date.now() + days * 86_400_000);
}

/** Removes what these people wrote, and themselves where the server lets the service do so. Door tokens go with their events. */
export async function removeAll() {
  const { profiles, events, orders, attendees, tickets, venues: places } = service();
  const ids = (rows) => rows.map(({ id }) => id);
  const people = ids(await profiles.select({ id: 1 }).where((p) => p.email.in(known.map(({ email }) => email))));
  const organized = ids(await events.select({ id: 1 }).where((e) => e.organizer_id.in(people)));
  await tickets.delete().where((t) => t.event_id.in(organized));
  await attendees.delete().where((a) => a.event_id.in(organized));
  await orders.delete().where((o) => o.event_id.in(organized));
  await events.delete().where((e) => e.id.in(organized));
  await places.delete().where((v) => v.id.in(venues));
  for (const id of people) await removeAccount(id);
}

async function removeAccount(id) {
  const headers = { apikey: serviceKey, authorization: `Bearer ${serviceKey}` };
  await fetch(`${url}/auth/v1/admin/users/${id}`, { method: 'DELETE', headers });
}

function service() {
  return createClient({ url, key: serviceKey });
}
