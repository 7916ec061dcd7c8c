import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, createElement, useContext, type ReactNode } from 'react';

import type { Eventos } from './client.js';
import type { Door, PurchaseInput, Scan } from './flows.js';
import { columns } from './filter.js';
import type { EventId, ProfileId } from './schema.js';

/**
 * TanStack Query's options for the common screens: for `useQuery`, `prefetchQuery` and loaders alike. The core sends reads again
 * by itself, so that TanStack Query does not; every key begins with `eventos`.
 */
export const queries = {
  /** The events on sale, the next ones first. */
  upcoming: (eventos: Eventos, limit: number) =>
    queryOptions({
      queryKey: ['eventos', 'upcoming', limit],
      queryFn: ({ signal }) => eventos.listing.upcoming({ limit, signal }),
      retry: false,
    }),

  /** One event by its slug, with where and by whom it is held and how many tickets are left; null where there is none. */
  event: (eventos: Eventos, slug: string) =>
    queryOptions({
      queryKey: ['eventos', 'event', slug],
      queryFn: async ({ signal }) =>
        eventos.events
          .select({
            '*': 1,
            venue: { name: 1, address: 1, city: 1 },
            organizer: { full_name: 1, company: 1 },
            stats: { tickets_sold: 1, tickets_available: 1 },
          })
          .where((e) => e.slug.eq(slug))
          .signal(signal)
          .maybeSingle(),
      retry: false,
    }),

  /** How many seats can be ordered now, asked again every so many milliseconds. */
  availableSeats: (eventos: Eventos, event_id: EventId, every = 10_000) =>
    queryOptions({
      queryKey: ['eventos', 'seats', event_id],
      queryFn: () => eventos.purchase.availableSeats(event_id),
      refetchInterval: every,
      retry: false,
    }),

  /** The tickets of a customer's orders, the newest first. */
  myTickets: (eventos: Eventos, customer_id: ProfileId) =>
    queryOptions({
      queryKey: ['eventos', 'tickets', customer_id],
      queryFn: async ({ signal }) =>
        eventos.tickets
          .select({
            id: 1,
            ticket_number: 1,
            qr_code: 1,
            status: 1,
            checked_in_at: 1,
            attendee: { full_name: 1 },
            event: { name: 1, slug: 1, status: 1, start_at: 1, end_at: 1, venue: { name: 1, city: 1 } },
            order: { order_number: 1, $inner: true, $where: columns.orders.customer_id.eq(customer_id) },
          })
          .orderBy('created_at', 'desc')
          .limit(200)
          .signal(signal),
      retry: false,
    }),

  /** The events of an organizer with their sales. */
  dashboard: (eventos: Eventos, organizer_id: ProfileId) =>
    queryOptions({
      queryKey: ['eventos', 'dashboard', organizer_id],
      queryFn: () => eventos.dashboard(organizer_id),
      retry: false,
    }),

  /** What the events of an organizer brought in. */
  revenue: (eventos: Eventos, organizer_id: ProfileId) =>
    queryOptions({
      queryKey: ['eventos', 'revenue', organizer_id],
      queryFn: () => eventos.revenue(organizer_id),
      retry: false,
    }),

  /** The live figures of a door, asked again every so many milliseconds. */
  doorStats: (door: Door, event_id: EventId, every = 3_000) =>
    queryOptions({
      queryKey: ['eventos', 'door', event_id, 'stats'],
      queryFn: ({ signal }) => door.stats(signal),
      refetchInterval: every,
      retry: false,
    }),

  /** Who comes, by a part of a name, an e-mail or a ticket number. */
  doorAttendees: (door: Door, event_id: EventId, search: string) =>
    queryOptions({
      queryKey: ['eventos', 'door', event_id, 'attendees', search],
      queryFn: ({ signal }) => door.attendees(search, signal),
      retry: false,
    }),
};

const Client = createContext<Eventos | undefined>(undefined);

/** Gives the client to the hooks below it. */
export function EventosProvider({ client, children }: { client: Eventos; children?: ReactNode }) {
  return createElement(Client.Provider, { value: client }, children);
}

/** The client of the nearest {@link EventosProvider}. */
export function useEventos(): Eventos {
  const client = useContext(Client);
  if (client === undefined) throw new Error('useEventos: put an <EventosProvider client={…}> around this component');
  return client;
}

/** The events on sale. */
export function useUpcoming(limit: number) {
  return useQuery(queries.upcoming(useEventos(), limit));
}

/** One event by its slug. */
export function useEvent(slug: string) {
  return useQuery(queries.event(useEventos(), slug));
}

/** How many seats can be ordered now. */
export function useAvailableSeats(event_id: EventId, every?: number) {
  return useQuery(queries.availableSeats(useEventos(), event_id, every));
}

/** The tickets of a customer's orders. */
export function useMyTickets(customer_id: ProfileId) {
  return useQuery(queries.myTickets(useEventos(), customer_id));
}

/** The events of an organizer with their sales. */
export function useDashboard(organizer_id: ProfileId) {
  return useQuery(queries.dashboard(useEventos(), organizer_id));
}

/** What the events of an organizer brought in. */
export function useRevenue(organizer_id: ProfileId) {
  return useQuery(queries.revenue(useEventos(), organizer_id));
}

/** Places an order; afterwards seats and events are asked for again. */
export function usePlaceOrder() {
  const [eventos, cache] = [useEventos(), useQueryClient()];
  return useMutation({
    mutationFn: (purchase: PurchaseInput) => eventos.purchase.place(purchase),
    onSettled: () => cache.invalidateQueries({ queryKey: ['eventos'] }),
  });
}

/** The live figures of a door. */
export function useDoorStats(door: Door, event_id: EventId, every?: number) {
  return useQuery(queries.doorStats(door, event_id, every));
}

/** Who comes. */
export function useDoorAttendees(door: Door, event_id: EventId, search: string) {
  return useQuery(queries.doorAttendees(door, event_id, search));
}

/** Checks somebody in; afterwards the figures of the door are asked for again. */
export function useCheckIn(door: Door, event_id: EventId) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (scan: Scan | string) => door.checkIn(scan),
    onSettled: () => cache.invalidateQueries({ queryKey: ['eventos', 'door', event_id] }),
  });
}
