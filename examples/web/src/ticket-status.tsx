import type { TicketStatus } from '@eventos/wasm';

/** How a ticket stands, in a word or two. */
export const TICKET_WORDS: Record<TicketStatus, string> = {
  active: 'Not here yet',
  used: 'Checked in',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
};

const LOOKS: Record<TicketStatus, string> = {
  active: 'badge badge-accent',
  used: 'badge badge-good',
  cancelled: 'badge badge-bad',
  refunded: 'badge badge-warn',
};

/** How a ticket stands. */
export function TicketBadge({ status }: { status: TicketStatus }) {
  return <span className={LOOKS[status]}>{TICKET_WORDS[status]}</span>;
}
