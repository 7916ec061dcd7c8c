import { columns, type EventId, type ProfileId, type Timestamp } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';

import { dayOf } from '../toronto-time';

/** A paid order of the last weeks. */
interface Sale {
  event_id: EventId;
  paid_at: Timestamp | null;
  quantity: number;
}

/** What was sold on one day, Toronto's. */
export interface DayOfSales {
  /** Such as `2026-11-25`. */
  day: string;
  tickets: number;
}

export const DAYS = 28;
const DAY = 86_400_000;

/** The paid orders of the last four weeks for this organizer's events. They are few enough to be added up here. */
export function useRecentSales(organizer_id: ProfileId) {
  const eventos = useEventos();
  return useQuery({
    queryKey: ['eventos', 'recent-sales', organizer_id],
    queryFn: async ({ signal }) => {
      const sales: Sale[] = [];
      const paid = eventos.orders
        .select({
          id: 1,
          event_id: 1,
          paid_at: 1,
          quantity: 1,
          event: { id: 1, $inner: true, $where: columns.events.organizer_id.eq(organizer_id) },
        })
        .where((o) => [o.payment_status.eq('paid'), o.paid_at.gte(new Date(Date.now() - DAYS * DAY))])
        .signal(signal);
      for await (const page of paid.pages(500)) sales.push(...page);
      return sales;
    },
    refetchInterval: 30_000,
  });
}

/** Tickets by the day on which they were paid, the days without any included, up to today. */
export function byDay(sales: readonly Sale[], now: Date): DayOfSales[] {
  const tickets = new Map(lastDays(now).map((day) => [day, 0]));
  for (const { paid_at, quantity } of sales) {
    const day = paid_at === null ? '' : dayOf(paid_at);
    const before = tickets.get(day);
    if (before !== undefined) tickets.set(day, before + quantity);
  }
  return [...tickets].map(([day, sold]) => ({ day, tickets: sold }));
}

/** Tickets of the last seven days, by event. */
export function lastWeekByEvent(sales: readonly Sale[], now: Date): ReadonlyMap<EventId, number> {
  const since = now.getTime() - 7 * DAY;
  const tickets = new Map<EventId, number>();
  for (const { event_id, paid_at, quantity } of sales) {
    if (paid_at !== null && Date.parse(paid_at) >= since) tickets.set(event_id, (tickets.get(event_id) ?? 0) + quantity);
  }
  return tickets;
}

/** Days have 23 to 25 hours: so it counts from one noon to the next. */
function lastDays(now: Date): string[] {
  const noon = Date.parse(`${dayOf(now)}T12:00:00Z`);
  return Array.from({ length: DAYS }, (_, index) => new Date(noon - (DAYS - 1 - index) * DAY).toISOString().slice(0, 10));
}
