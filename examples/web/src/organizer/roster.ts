import { columns, type Eventos, type EventId, type Select, type TicketId, type TicketStatus, type Timestamp } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

/** A ticket with its holder and its order, as the list of attendees shows it. */
export interface RosterRow {
  id: TicketId;
  ticket_number: string;
  status: TicketStatus;
  checked_in_at: Timestamp | null;
  created_at: Timestamp;
  attendee: { full_name: string; email: string; phone: string | null } | null;
  order: { order_number: string } | null;
}

/** Which tickets are wanted. */
export interface RosterFilter {
  search: string;
  status: TicketStatus | 'any';
}

const PAGE = 50;

/** The tickets of an event, the newest first, a page at a time. */
export function useRoster(event_id: EventId, filter: RosterFilter) {
  const eventos = useEventos();
  return useInfiniteQuery({
    queryKey: ['eventos', 'roster', event_id, filter],
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) =>
      rosterQuery(eventos, event_id, filter).range(pageParam, pageParam + PAGE - 1).signal(signal).count('exact'),
    getNextPageParam: (page, _, first) => (first + page.rows.length < page.total ? first + page.rows.length : undefined),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}

/** Every ticket that is wanted, however many there are. */
export async function wholeRoster(eventos: Eventos, event_id: EventId, filter: RosterFilter): Promise<RosterRow[]> {
  const rows: RosterRow[] = [];
  for await (const page of rosterQuery(eventos, event_id, filter).pages(500)) rows.push(...page);
  return rows;
}

/**
 * What is typed says where to look: numbers begin with `TKT-` or `ORD-`, an e-mail has an `@`, and all else is a name. The
 * empty text is in all of them.
 */
function rosterQuery(eventos: Eventos, event_id: EventId, { search, status }: RosterFilter): Select<'tickets', RosterRow> {
  const text = search.trim();
  const ticketNumber = /^tkt-/i.test(text) ? text : '';
  const orderNumber = /^ord-/i.test(text) ? text : '';
  const email = text.includes('@') ? text : '';
  const name = ticketNumber === '' && orderNumber === '' && email === '' ? text : '';
  return eventos.tickets
    .select({
      id: 1,
      ticket_number: 1,
      status: 1,
      checked_in_at: 1,
      created_at: 1,
      attendee: {
        full_name: 1,
        email: 1,
        phone: 1,
        $inner: name !== '' || email !== '',
        $where: [columns.attendees.full_name.icontains(name), columns.attendees.email.icontains(email)],
      },
      order: { order_number: 1, $inner: orderNumber !== '', $where: columns.orders.order_number.icontains(orderNumber) },
    })
    .where((t) => [t.event_id.eq(event_id), t.ticket_number.icontains(ticketNumber)])
    .where((t) => (status === 'any' ? [] : t.status.eq(status)))
    .orderBy('created_at', 'desc')
    .orderBy('id');
}
