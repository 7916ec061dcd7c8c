// 999 rows with two embeds, one less than a server's limit, and their shape as the core writes it.

const ROWS = Array.from({ length: 999 }, (_, number) => ({
  id: `e1111111-1111-4111-8111-${String(number).padStart(12, '0')}`,
  name: `Event ${number}`,
  slug: `event-${number}-e1111111`,
  start_at: '2025-06-15T13:00:00+00:00',
  price_cents: 29_900,
  venue: { name: 'Metro Toronto Convention Centre', city: 'Toronto' },
  organizer: { full_name: 'Sarah Johnson', company: 'EventOS Inc' },
}));
export const TEXT = JSON.stringify(ROWS);
export const SHAPE = JSON.stringify([
  ['id', 'string'], ['name', 'string'], ['slug', 'string'], ['start_at', 'string'], ['price_cents', 'integer'],
  ['venue', 'one?', [['name', 'string'], ['city', 'string']]],
  ['organizer', 'one?', [['full_name', 'string?'], ['company', 'string?']]],
]);
