import type { EventStatus, TicketId, TicketStatus, Timestamp } from '@eventos/wasm';

/** A ticket as its holder sees it. */
export interface HeldTicket {
  id: TicketId;
  ticket_number: string;
  /** What its symbol says: a secret that admits whoever shows it. */
  qr_code: string;
  status: TicketStatus;
  checked_in_at: Timestamp | null;
  attendee: { full_name: string } | null;
}

/** What a ticket tells of its event. */
export interface TicketEvent {
  name: string;
  status: EventStatus;
  start_at: Timestamp;
  end_at: Timestamp;
  venue: { name: string; city: string } | null;
}
