// Programs that must not compile: each line that follows `@ts-expect-error` is one, and after it stands why.

import { createClient, type EventId, type OrderId, type ProfileId } from '@eventos/wasm';

declare const event_id: EventId;
declare const order_id: OrderId;
declare const customer_id: ProfileId;
const eventos = createClient({ url: 'https://example.supabase.co', key: 'anon' });

// @ts-expect-error no such column or relation
eventos.events.select({ name: 1, titel: 1 });
// @ts-expect-error no such column or relation
eventos.events.select({ name: 1, venue: { name: 1, town: 1 } });
// @ts-expect-error no such column or relation
eventos.events.select({ tickets: { attendee: { full_nam: 1 } } });
// @ts-expect-error a relation takes an object
eventos.events.select({ venue: 1 });
// @ts-expect-error not a column of this table
eventos.events.select({ title: 'titel' });
// @ts-expect-error options are an embed's: a query has .limit()
eventos.events.select({ name: 1, $limit: 5 });
// @ts-expect-error no such option
eventos.events.select({ venue: { name: 1, $limt: 5 } });

// @ts-expect-error no such column
eventos.events.select().where((e) => e.titel.eq('x'));
// @ts-expect-error no such status
eventos.events.select().where((e) => e.status.eq('publishd'));
// @ts-expect-error a number
eventos.events.select().where((e) => e.capacity.eq('500'));
// @ts-expect-error never null
eventos.events.select().where((e) => e.name.isNull());
// @ts-expect-error no pattern on a number
eventos.events.select().where((e) => e.capacity.like('5%'));
// @ts-expect-error an order's id where an event's belongs
eventos.events.select().where((e) => e.id.eq(order_id));
// @ts-expect-error no such column to order by
eventos.events.select().orderBy('titel');

// @ts-expect-error a required column is missing
eventos.venues.insert({ name: 'Loft', address: '1 Main St' });
// @ts-expect-error no such column
eventos.venues.insert({ name: 'Loft', address: '1 Main St', capacity: 80, seats: 1 });
// @ts-expect-error the database writes it
eventos.events.update({ updated_at: new Date() });
// @ts-expect-error fixed after the row was made
eventos.events.update({ id: event_id });
// @ts-expect-error a view
eventos.eventStats.update({ capacity: 1 });

// @ts-expect-error every row
await eventos.events.update({ name: 'x' });
// @ts-expect-error every row
await eventos.events.delete();
// @ts-expect-error every row, given back
export async function forgets() {
  return eventos.tickets.delete();
}
// @ts-expect-error rows of an unfiltered write
eventos.tickets.delete().returning({ id: 1 });

// @ts-expect-error ids of other rows
eventos.purchase.place({ order_id: event_id, customer_id, event_id, quantity: 2 });
// @ts-expect-error an embed may be hidden
(await eventos.events.select({ venue: { city: 1 } }).single()).venue.city;
// @ts-expect-error an aggregate is no text
eventos.events.select({ n: 'count()' }).single().then((row) => row.n.length);
// @ts-expect-error not selected
(await eventos.events.select({ name: 1 }).single()).slug;
const scan = await eventos.door(event_id).checkIn('code');
// @ts-expect-error only where it was used before
scan.first_scan;
