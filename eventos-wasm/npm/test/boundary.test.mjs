// Whatever JavaScript passes, a call gives a result or a typed error, and keeps no memory.

import assert from 'node:assert/strict';
import { test } from 'node:test';

const memory = [];
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...given) => {
  const found = await instantiate(...given);
  memory.push((found.instance ?? found).exports.memory);
  return found;
};
const eventos = await import('@eventos/wasm');
await eventos.init();

const ANSWER = JSON.stringify([{ id: 'e1111111-1111-4111-8111-111111111111', name: 'Gala', venue: null }]);
const respond = (body, status = 200) => new Response(body, { status, headers: { 'content-type': 'application/json' } });
const client = (fetch = async () => respond(ANSWER)) =>
  eventos.createClient({ url: 'https://eventos.example', key: 'sb_publishable_key', tries: 1, fetch });

const cycle = {};
cycle.self = cycle;
const hostile = new Proxy({}, { get: () => { throw new Error('no'); }, ownKeys: () => { throw new Error('no'); } });
const deep = JSON.parse('['.repeat(3000) + ']'.repeat(3000));
const VALUES = [
  undefined, null, true, 0, -1, 1.5, NaN, Infinity, 2 ** 60, 10n, 2n ** 70n, '', 'x', '\ud800', '\u0000', 'a'.repeat(1e5), Symbol('s'),
  () => 1, class {}, [], [undefined], [[]], {}, { $where: 1 }, { a: undefined }, { toJSON: () => undefined }, cycle, hostile, deep,
  new Date(NaN), new Date(), new Map([[1, 2]]), new Set(), /x/, new Error('x'), new Uint8Array(3), Promise.resolve(1), globalThis,
  Object.create(null), { then: 1 }, new Proxy(() => 1, {}), new String('x'), { length: 3 }, -0, '__proto__', { __proto__: null, x: 1 },
];

/** Every call, each with a value in each place. */
const CALLS = {
  'createClient': (v) => eventos.createClient(v).ready(),
  'createClient url': (v) => eventos.createClient({ url: v, key: 'k' }).ready(),
  'createClient key': (v) => eventos.createClient({ url: 'https://x.example', key: v }).ready(),
  'createClient settings': (v) => eventos.createClient({ url: 'https://x.example', key: 'k', schema: v, tries: v, timeout: v, maxRows: v }).ready(),
  'token': (v) => eventos.createClient({ url: 'https://x.example', key: 'k', token: () => v, fetch: async () => respond(ANSWER) }).events.select().limit(1),
  'fetch': (v) => client(async () => v).events.select().limit(1),
  'storage': (v) => eventos.createClient({ url: 'https://x.example', key: 'k', storage: { getItem: () => v, setItem() {}, removeItem() {} } }).auth.session(),
  'storage that fails': (v) => eventos.createClient({ url: 'https://x.example', key: 'k', storage: { getItem: () => { throw v; }, setItem() {}, removeItem() {} } }).auth.session(),
  'storage that is refused': (v) => eventos.createClient({ url: 'https://x.example', key: 'k', storage: { getItem: () => Promise.reject(v), setItem() {}, removeItem() {} } }).auth.session(),
  'newId': (v) => eventos.createClient({ url: 'https://x.example', key: 'k', clock: { now: () => v, sleep: () => v, random: () => { throw v; } } }).newId(),
  'initSync': (v) => eventos.initSync(v),
  'upcoming signal': (v) => client().listing.upcoming({ limit: 1, signal: v }),
  'checkIn signal': (v) => client().door('e1111111-1111-4111-8111-111111111111').checkIn('x', v),
  'select': (v) => client().events.select(v),
  'select key': (v) => client().events.select({ name: v }),
  'select embed': (v) => client().events.select({ venue: { name: v, $where: v, $limit: v, $order: v } }),
  'where': (v) => client().events.select().where(v),
  'where result': (v) => client().events.select().where(() => v),
  'where value': (v) => client().events.select().where((e) => [e.name.eq(v), e.id.in(v), e.capacity.gt(v), e.start_at.lt(v)]),
  'where json': (v) => client().venues.select().where((e) => e.amenities.containsJson(v)),
  'where path': (v) => client().venues.select().where((e) => e.amenities.text(v).eq('x')),
  'textSearch': (v) => client().events.select().where((e) => e.name.textSearch(v, { config: v, type: v })),
  'and': (v) => client().events.select().where(() => eventos.and(v)),
  'orderBy': (v) => client().events.select().orderBy(v),
  'orderBy direction': (v) => client().events.select().orderBy('name', v),
  'orderBy nulls': (v) => client().events.select().orderBy('name', 'asc', { nulls: v }),
  'limit': (v) => client().events.select().limit(v),
  'offset': (v) => client().events.select().offset(v),
  'range': (v) => client().events.select().range(v, v),
  'count': (v) => client().events.select().count(v),
  'total': (v) => client().events.select().total(v),
  'explain': (v) => client().events.select().explain(v),
  'timeout': (v) => client().events.select().timeout(v),
  'header': (v) => client().events.select().limit(1).header(v, v),
  'schema': (v) => client().events.select().limit(1).schema(v),
  'signal': (v) => client().events.select().limit(1).signal(v),
  'pages': async (v) => { for await (const _ of client(async () => respond('[]')).events.select().pages(v)) break; },
  'insert': (v) => client().venues.insert(v),
  'insert value': (v) => client().venues.insert({ name: v, address: v, capacity: v, amenities: v }),
  'upsert': (v) => client().venues.upsert({ name: 'x', address: 'y', capacity: 80 }, { onConflict: v, ignoreDuplicates: v }),
  'update': (v) => client().venues.update(v).where((e) => e.name.eq('x')),
  'update value': (v) => client().venues.update({ name: v, amenities: v }).where((e) => e.name.eq('x')),
  'returning': (v) => client().venues.update({ name: 'x' }).where((e) => e.name.eq('x')).returning(v),
  'maxAffected': (v) => client().venues.delete().everyRow().maxAffected(v),
  'query': (v) => client().query(v),
  'query form': (v) => client().query({ from: v, select: v, where: v, order: v }),
  'rpc': (v) => client().rpc(v),
  'rpc args': (v) => client().rpc('f', v),
  'place': (v) => client().purchase.place(v),
  'place fields': (v) => client().purchase.place({ order_id: v, customer_id: v, event_id: v, quantity: v }),
  'fulfil': (v) => client().fulfil({ order_id: v, payment_intent_id: v, paid_at: v, attendees: v }),
  'door': (v) => client().door(v, { token: v, device: v, gate: v, window: v }).checkIn(v),
  'scan': (v) => client().door('e1111111-1111-4111-8111-111111111111').checkIn({ code: v, scan_id: v, scanned_at: v }),
  'undo': (v) => client().door('e1111111-1111-4111-8111-111111111111').undo(v, v),
  'listing': (v) => client().listing.upcoming({ limit: v }),
  'signUp': (v) => client().auth.signUp({ email: v, password: v, data: v }),
  'signIn': (v) => client().auth.signInWithPassword(v, v),
  'signOut': (v) => client().auth.signOut(v),
  'slug': (v) => eventos.slug.generate(v, v),
  'slug.parse': (v) => eventos.slug.parse(v),
  'slug.isValid': (v) => eventos.slug.isValid(v),
  'orderNumber': (v) => eventos.orderNumber.generate(v, v),
  'ticketNumber.parse': (v) => eventos.ticketNumber.parse(v),
  'fromScan': (v) => eventos.qrPayload.fromScan(v),
  'qr.svg': (v) => eventos.qr.svg(v, v),
  'qr.png': (v) => eventos.qr.pngDataUrl('x', { scale: v }),
  'formatCents': (v) => eventos.formatCents(v),
};

for (const [name, call] of Object.entries(CALLS)) {
  test(`${name} takes any value`, async () => {
    for (const [index, value] of VALUES.entries()) await takes(call, value, `value ${index}`);
    assert.equal(eventos.slug.isValid('still-alive'), true, 'the library lives on');
  });
}

/** Fails where a call fails with anything but a typed error. */
async function takes(call, value, what) {
  let thrown;
  try {
    await call(value);
  } catch (error) {
    thrown = error;
  }
  const isTyped = thrown === undefined || eventos.isEventosError(thrown);
  assert.ok(isTyped, `${what}: ${Object.prototype.toString.call(thrown)} ${thrown?.stack ?? ''}`);
}

test('every call takes values made by chance', async () => {
  const seed = Number(process.env.EVENTOS_FUZZ_SEED ?? Date.now() % 2 ** 32);
  const chance = numbers(seed);
  const calls = Object.entries(CALLS);
  for (let round = 0; round < 4_000; round += 1) {
    const [name, call] = picked(chance, calls);
    await takes(call, grown(chance, 0), `EVENTOS_FUZZ_SEED=${seed}, round ${round}, ${name}`);
  }
});

/** Without `then`: an object with a function of that name is a promise of the caller's, which may be waited for without end. */
const NAMES = ['name', 'id', 'venue', 'tickets', 'select', 'where', 'from', '$where', '$of', '$limit', 'and', 'or', 'not', 'toJSON', 'length', ''];

/** A value of up to four levels, of the names that queries have and of the values above. */
function grown(chance, depth) {
  const kind = depth > 3 ? 0 : Math.floor(chance() * 4);
  const size = Math.floor(chance() * 4);
  if (kind === 1) return Array.from({ length: size }, () => grown(chance, depth + 1));
  if (kind === 2) return Object.fromEntries(Array.from({ length: size }, () => [picked(chance, NAMES), grown(chance, depth + 1)]));
  return kind === 3 ? picked(chance, NAMES) : picked(chance, VALUES);
}

function picked(chance, list) {
  return list[Math.floor(chance() * list.length)];
}

/** Numbers from 0 to 1, the same again for the same seed: a linear congruence, of which the upper bits are taken. */
function numbers(seed) {
  let state = BigInt(seed);
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 32n) / 2 ** 32;
  };
}

test('answers of any kind give rows or a typed error', async () => {
  const bodies = ['', 'null', '1', '"x"', '{}', '[]', '[null]', '[1]', '[{"name":1}]', '{"name":"x"}', '<html>', '[{"name":"\\ud800"}]', '[', '\ufeff[]'];
  for (const body of bodies) {
    for (const status of [200, 201, 206, 300, 400, 404, 416, 500, 503]) {
      for (const ask of [(events) => events.select({ name: 1 }), (events) => events.select({ name: 1 }).single(), (events) => events.select({ name: 1 }).count()]) {
        try {
          await ask(client(async () => respond(body, status)).events);
        } catch (error) {
          assert.ok(eventos.isEventosError(error), `${status} ${body}: ${error.stack}`);
        }
      }
    }
  }
});

test('a call that is given up ends, and so does what it waited for', async () => {
  const giving = new AbortController();
  let isEnded = false;
  const silent = (_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => {
    isEnded = true;
    reject(signal.reason);
  }));
  const read = client(silent).events.select().limit(1).signal(giving.signal);
  setTimeout(() => giving.abort(), 10);
  await assert.rejects(Promise.resolve(read), (error) => eventos.isCancelled(error));
  assert.ok(isEnded);
  await assert.rejects(Promise.resolve(read), (error) => eventos.isCancelled(error), 'it stays given up');
});

test('a call that is given up in a pause waits no longer', async () => {
  const giving = new AbortController();
  let woken = 0;
  const clock = {
    now: () => 0,
    random: (bytes) => bytes.fill(0),
    sleep: () => {
      let wake;
      const done = new Promise((resolve) => (wake = resolve));
      return { done, cancel: () => { woken += 1; wake(); } };
    },
  };
  const fetch = async () => {
    setTimeout(() => giving.abort(), 10);
    return new Response('', { status: 503 });
  };
  const reads = eventos.createClient({ url: 'https://eventos.example', key: 'sb_publishable_key', fetch, clock });
  await assert.rejects(Promise.resolve(reads.events.select().limit(1).signal(giving.signal)), (error) => eventos.isCancelled(error));
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(woken >= 2, 'the limit and the pause');
});

test('a request with an empty header is told as it is', () => {
  const request = client().events.select({ name: 1 }).limit(1).header('x-a', '').header('x-b', '1').toRequest();
  assert.deepEqual([request.headers['x-a'], request.headers['x-b'], request.body], ['', '1', null]);
});

test('a limit passes', async () => {
  const silent = () => new Promise(() => {});
  await assert.rejects(Promise.resolve(client(silent).events.select().limit(1).timeout(20)), { kind: 'timeout', retryable: true });
});

test('a million queries keep no memory', async () => {
  const events = client().events;
  const read = (number) =>
    events.select({ id: 1, name: 1, venue: { city: 1 } }).where((e) => [e.capacity.gt(number), e.name.icontains(`n${number}`)]).limit(10);
  const run = async (times) => {
    for (let number = 0; number < times; number += 1) {
      read(number).toRequest();
      if (number % 100 === 0) await read(number);
      if (number % 500 === 0) await events.select({ nam: 1 }).then(assert.fail, () => {});
    }
  };
  await run(5_000);
  const before = memory.at(-1).buffer.byteLength;
  const times = 1_000_000;
  await run(times);
  const kept = (memory.at(-1).buffer.byteLength - before) / times;
  assert.ok(kept < 1, `${kept} bytes a query: each would keep hundreds, if it kept any`);
});
