import type { useMyTickets } from '@eventos/wasm/react';

import { isOver } from './closure';
import type { HeldTicket, TicketEvent } from './held-ticket';

/** The tickets of one event. */
export interface TicketGroup {
  slug: string;
  event: TicketEvent;
  tickets: HeldTicket[];
}

type MyTicket = NonNullable<ReturnType<typeof useMyTickets>['data']>[number];

/**
 * Tickets by their event: what comes next first, and of what is over the latest first. Within an event they stand in the order in
 * which they were made; they come the newest first.
 */
export function groupsOf(tickets: readonly MyTicket[]): { coming: TicketGroup[]; past: TicketGroup[] } {
  const groups = new Map<string, TicketGroup>();
  for (const ticket of tickets) {
    if (ticket.event === null) continue;
    const { slug } = ticket.event;
    const group = groups.get(slug) ?? { slug, event: ticket.event, tickets: [] };
    groups.set(slug, { ...group, tickets: [ticket, ...group.tickets] });
  }
  const ordered = [...groups.values()].sort((a, b) => Date.parse(a.event.start_at) - Date.parse(b.event.start_at));
  const isPast = ({ event }: TicketGroup) => isOver(event);
  return { coming: ordered.filter((group) => !isPast(group)), past: ordered.filter(isPast).reverse() };
}
