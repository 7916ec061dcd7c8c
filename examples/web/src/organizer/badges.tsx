import type { EventStatus, TicketStatus } from '@eventos/wasm';

const EVENT: Record<EventStatus, { look: string; word: string }> = {
  draft: { look: 'badge', word: 'Draft' },
  published: { look: 'badge badge-good', word: 'Published' },
  completed: { look: 'badge badge-accent', word: 'Completed' },
  cancelled: { look: 'badge badge-bad', word: 'Cancelled' },
};

const TICKET: Record<TicketStatus, { look: string; word: string }> = {
  active: { look: 'badge badge-accent', word: 'Not here yet' },
  used: { look: 'badge badge-good', word: 'Checked in' },
  cancelled: { look: 'badge badge-bad', word: 'Cancelled' },
  refunded: { look: 'badge badge-warn', word: 'Refunded' },
};

/** Where an event stands in its life. */
export function EventBadge({ status }: { status: EventStatus }) {
  return <span className={EVENT[status].look}>{EVENT[status].word}</span>;
}

/** How a ticket stands. */
export function TicketBadge({ status }: { status: TicketStatus }) {
  return <span className={TICKET[status].look}>{TICKET[status].word}</span>;
}
