import { and, columns, or, type Eventos, type EventId, type Select, type TicketId, type TicketStatus, type Timestamp } from '@eventos/wasm';
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
const PAGE_OF_FILE = 500;
const REFRESH = 15_000;

/**
 * The tickets of an event, the newest first, a page at a time. While there is one page it is kept up to date; a longer list
 * would be asked for as a whole each time, so that it waits for somebody to ask.
 */
export function useRoster(event_id: EventId, filter: RosterFilter) {
  const eventos = useEventos();
  return useInfiniteQuery({
    queryKey: ['eventos', 'roster', event_id, filter],
    initialPageParam: undefined as RosterRow | undefined,
    queryFn: async ({ pageParam: last, signal }) =>
      rosterQuery(eventos, event_id, filter, last).limit(PAGE).signal(signal).count('exact'),
    getNextPageParam: ({ rows, total }) => (rows.length < total ? rows.at(-1) : undefined),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.pages.length > 1 ? false : REFRESH),
  });
}

/** Every ticket that is wanted, however many there are. */
export async function wholeRoster(eventos: Eventos, event_id: EventId, filter: RosterFilter): Promise<RosterRow[]> {
  const rows: RosterRow[] = [];
  for (;;) {
    const page = await rosterQuery(eventos, event_id, filter, rows.at(-1)).limit(PAGE_OF_FILE);
    rows.push(...page);
    if (page.length < PAGE_OF_FILE) return rows;
  }
}

/**
 * The tickets after the last one that is known, counted from there and not from the top: what is sold meanwhile moves nothing.
 *
 * What is typed says where to look: numbers begin with `TKT-` or `ORD-`, an e-mail has an `@`, and all else is a name. The
 * empty text is in all of them.
 */
function rosterQuery(
  eventos: Eventos,
  event_id: EventId,
  { search, status }: RosterFilter,
  last: RosterRow | undefined,
): Select<'tickets', RosterRow> {
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
    .where((t) => (last === undefined ? [] : or(t.created_at.lt(last.created_at), and(t.created_at.eq(last.created_at), t.ticket_number.gt(last.ticket_number)))))
    .orderBy('created_at', 'desc')
    .orderBy('ticket_number');
}
