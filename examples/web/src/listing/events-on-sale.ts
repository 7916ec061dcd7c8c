import { columns, type Condition, type Eventos, type Schema } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { periodOf } from './calendar';
import type { Search } from './search';

/** How many events are asked for at once. */
const PAGE = 6;

/** The events on sale that meet a search, the next first, a page at a time, and how many there are in all. */
export function useFoundEvents(search: Search) {
  const eventos = useEventos();
  return useInfiniteQuery({
    queryKey: ['eventos', 'found', search],
    queryFn: ({ pageParam, signal }) => page(eventos, search, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, { rows }) => sum + rows.length, 0);
      return shown < last.total ? shown : undefined;
    },
    placeholderData: keepPreviousData,
  });
}

/** The first of them all. */
export function useFirstEvent() {
  const eventos = useEventos();
  return useQuery({
    queryKey: ['eventos', 'first'],
    queryFn: async ({ signal }) => listed(eventos).limit(1).signal(signal),
  });
}

/** When the events on sale begin, and of which type they are: enough for a calendar. */
export function useCalendar() {
  const eventos = useEventos();
  return useQuery({
    queryKey: ['eventos', 'calendar'],
    queryFn: async ({ signal }) =>
      eventos.events.select({ start_at: 1, type: 1 }).where(onSale).orderBy('start_at').limit(500).signal(signal),
    staleTime: 60_000,
  });
}

/** The venues of the events on sale. */
export function useVenues() {
  const eventos = useEventos();
  return useQuery({
    queryKey: ['eventos', 'venues-on-sale'],
    queryFn: async ({ signal }) =>
      eventos.venues
        .select({ id: 1, name: 1, city: 1, events: { id: 1, $inner: true, $limit: 1, $where: onSale(columns.events) } })
        .orderBy('name')
        .limit(200)
        .signal(signal),
    staleTime: 60_000,
  });
}

type EventColumns = Schema['events']['columns'];

/** Published, for everybody, and not over: who comes late may still buy. */
function onSale(e: EventColumns): Condition[] {
  return [e.status.eq('published'), e.visibility.eq('public'), e.end_at.gt(new Date())];
}

async function page(eventos: Eventos, search: Search, first: number, signal: AbortSignal) {
  return listed(eventos)
    .where((e) => [...sought(e, search)])
    .range(first, first + PAGE - 1)
    .signal(signal)
    .count();
}

/** The events on sale with what the list shows of them, the next first. */
function listed(eventos: Eventos) {
  return eventos.events
    .select({
      id: 1,
      name: 1,
      slug: 1,
      type: 1,
      start_at: 1,
      price_cents: 1,
      capacity: 1,
      venue: { name: 1, city: 1 },
      stats: { tickets_available: 1 },
    })
    .where(onSale)
    .orderBy('start_at')
    .orderBy('id');
}

export type ListedEvent = Awaited<ReturnType<typeof listed>>[number];

/** The conditions of a search: none for what it leaves open. */
function* sought(e: EventColumns, { text, type, price, venue, when }: Search): Iterable<Condition> {
  if (text !== '') yield e.name.icontains(text);
  if (type !== undefined) yield e.type.eq(type);
  if (price !== undefined) yield price === 'free' ? e.price_cents.eq(0) : e.price_cents.gt(0);
  if (venue !== undefined) yield e.venue_id.eq(venue);
  if (when !== undefined) {
    const { from, until } = periodOf(when);
    if (from !== undefined) yield e.start_at.gte(from);
    if (until !== undefined) yield e.start_at.lt(until);
  }
}
