// Programs that must compile, and the types that they must give.

import {
  and,
  columns,
  createClient,
  not,
  or,
  type Counted,
  type Database,
  type Event,
  type EventId,
  type OrderId,
  type ProfileId,
  type Tables,
  type TablesInsert,
} from '@eventos/wasm';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function expectType<T>(): <U>(value: U, ...same: Equal<T, U> extends true ? [] : ['another type']) => void;

declare const event_id: EventId;
declare const customer_id: ProfileId;
declare const organizer_id: ProfileId;
const eventos = createClient({ url: 'https://example.supabase.co', key: 'anon' });

const cards = await eventos.events
  .select({ id: 1, name: 1, venue: { name: 1, city: 1 }, organizer: { full_name: true, company: 1 } })
  .where((e) => [e.status.eq('published'), e.visibility.eq('public'), e.start_at.gte(new Date())])
  .orderBy('start_at')
  .limit(10);
expectType<
  {
    id: EventId;
    name: string;
    venue: { name: string; city: string } | null;
    organizer: { full_name: string | null; company: string | null } | null;
  }[]
>()(cards);

expectType<Event[]>()(await eventos.events.select());
expectType<Event>()(await eventos.events.select({ '*': 1 }).single());
expectType<{ name: string } | null>()(await eventos.venues.select({ name: 1 }).maybeSingle());
expectType<Counted<{ name: string }>>()(await eventos.venues.select({ name: 1 }).count('exact'));
expectType<number>()(await eventos.venues.select().total());
expectType<string>()(await eventos.venues.select().csv());
for await (const rows of eventos.orders.select({ quantity: 1 }).pages(500)) expectType<{ quantity: number }[]>()(rows);

// To many, inner, renamed, options of an embed.
const deep = await eventos.events.select({
  name: 1,
  tickets: { status: 1, $where: columns.tickets.status.eq('active'), $order: ['created_at.desc'], $limit: 5 },
  venue: { city: 1, $inner: true },
  host: { $of: 'organizer', full_name: 1 },
  orders: { customer: { email: 1 } },
});
expectType<
  {
    name: string;
    tickets: { status: 'active' | 'used' | 'cancelled' | 'refunded' }[];
    venue: { city: string };
    host: { full_name: string | null } | null;
    orders: { customer: { email: string } | null }[];
  }[]
>()(deep);

// Other names, casts, JSON, aggregates.
const odd = await eventos.venues.select({ title: 'name', size: 'capacity::text', wifi: 'amenities->>wifi', count: 'count()' });
expectType<{ title: string; size: string | null; wifi: string | null; count: number }[]>()(odd);

// Trees.
eventos.events
  .select()
  .where((e) => or(and(e.price_cents.eq(0), e.capacity.gt(500)), not(e.name.icontains('gala')), e.venue_id.isNull()))
  .where((e) => [e.id.in([event_id]), e.description.textSearch('jazz', { config: 'english' })]);
eventos.venues.select().where((v) => [v.amenities.text('parking').eq('yes'), v.amenities.containsJson({ wifi: true })]);

// Writes.
expectType<null>()(await eventos.venues.insert({ name: 'Loft', address: '1 Main St', capacity: 80 }));
expectType<{ slug: string }[]>()(
  await eventos.events
    .insert({
      organizer_id,
      name: 'Gala',
      type: 'conference',
      start_at: new Date(),
      end_at: '2025-06-15T09:00:00Z',
      capacity: 100,
      price_cents: 0,
    })
    .returning({ slug: 1 }),
);
expectType<{ id: EventId }>()(
  await eventos.events
    .update({ price_cents: 24_900, venue_id: null, name: undefined })
    .where((e) => e.id.eq(event_id))
    .returning({ id: 1 })
    .expectOne(),
);
expectType<number>()(await eventos.tickets.delete().everyRow().maxAffected(3).affected());
await eventos.profiles.upsert({ id: customer_id, email: 'a@example.com' }, { onConflict: ['email'], ignoreDuplicates: true });

// Flows.
const placement = await eventos.purchase.place({ order_id: await eventos.newId<OrderId>(), customer_id, event_id, quantity: 2 });
if (placement.outcome === 'placed') expectType<OrderId>()(placement.order.id);
const scan = await eventos.door(event_id, { gate: 'North' }).checkIn('code');
switch (scan.outcome) {
  case 'already_used':
    expectType<string | null>()(scan.first_scan.gate);
    break;
  case 'wrong_event':
    expectType<string | undefined>()(scan.actual?.name);
    break;
  default:
}
expectType<{ a: number }>()(await eventos.rpc<{ a: number }>('f', { x: 1 }).get());

// For those who stay with supabase-js.
expectType<string>()({} as Tables<'events'>['id'] & string);
const row: TablesInsert<'venues'> = { name: 'Loft', address: '1 Main St', capacity: 80 };
export type { Database };
export { row };
