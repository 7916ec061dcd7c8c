// The bindings for React: the requests of the common screens, and what a component shows of their answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as eventos from '@eventos/wasm';
import { EventosProvider, queries, useUpcoming } from '@eventos/wasm/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

const ID = 'e1111111-1111-4111-8111-111111111111';
const CARD = {
  id: ID, name: 'Gala', slug: 'gala-e1111111', type: 'conference', description: null, start_at: '2099-06-15T13:00:00+00:00',
  price_cents: 29_900, capacity: 500, venue: null, organizer: null, stats: { tickets_sold: 1, tickets_available: 499 },
};

function opened(answer) {
  const asked = [];
  const fetch = async (url, { body }) => {
    asked.push(decodeURIComponent(new URL(url).pathname + new URL(url).search) + (body ?? ''));
    return Response.json(answer);
  };
  return { asked, client: eventos.createClient({ url: 'https://eventos.example', key: 'sb_publishable_key', fetch }) };
}

async function fetched(options, answer) {
  const { asked, client } = opened(answer);
  const cache = new QueryClient();
  const data = await cache.fetchQuery(options(client));
  return { data, asked };
}

test('an event is asked for with all that its page shows', async () => {
  const { data, asked } = await fetched((client) => queries.event(client, 'gala-e1111111'), []);
  assert.equal(data, null);
  assert.equal(
    asked[0],
    '/rest/v1/events?select=*,venue:venues!venue_id(name,address,city),organizer:profiles!organizer_id(full_name,company),stats:event_stats(tickets_sold,tickets_available)&slug=eq.gala-e1111111&limit=2',
  );
});

test('tickets are those of the customer, not of the events that they organize', async () => {
  const { asked } = await fetched((client) => queries.myTickets(client, ID), []);
  assert.match(asked[0], new RegExp(`order:orders!order_id!inner\\(order_number\\).*&order\\.customer_id=eq\\.${ID}`));
});

test('seats and figures of a door are calls of functions', async () => {
  const { asked } = await fetched((client) => queries.availableSeats(client, ID), 7);
  assert.match(asked[0], /^\/rest\/v1\/rpc\/available_seats/);
  const stats = { event_id: ID, capacity: 500, admitted: 1, expected: 2, scans: { admitted: 1 }, gates: { North: 1 } };
  const door = await fetched((client) => queries.doorStats(client.door(ID), ID), stats);
  assert.deepEqual(door.data, stats);
});

test('a component shows what was asked for before it', async () => {
  const { client } = opened([CARD]);
  const cache = new QueryClient();
  await cache.prefetchQuery(queries.upcoming(client, 10));
  const Listing = () => createElement('ul', null, useUpcoming(10).data?.map((card) => createElement('li', { key: card.id }, card.name)));
  const page = createElement(QueryClientProvider, { client: cache }, createElement(EventosProvider, { client }, createElement(Listing)));
  assert.equal(renderToStaticMarkup(page), '<ul><li>Gala</li></ul>');
});

test('a hook without a provider says what is missing', () => {
  const Lost = () => createElement('p', null, String(useUpcoming(1).status));
  const page = createElement(QueryClientProvider, { client: new QueryClient() }, createElement(Lost));
  assert.throws(() => renderToStaticMarkup(page), /EventosProvider/);
});
