import type { Connection } from './connection.js';
import { reading } from './json.js';
import type {
  AttendeeId,
  EventId,
  EventStatus,
  EventType,
  Order,
  OrderId,
  PaymentStatus,
  ProfileId,
  TicketId,
  TicketStatus,
} from './schema.js';
import type { Id, TimeInput, Timestamp } from './values.js';

/** The id of one scan, made where it is scanned. */
export type ScanId = Id<'ScanId'>;
/** The id of a door token; the token itself is a secret. */
export type DoorTokenId = Id<'DoorTokenId'>;

/** An event on sale, as a visitor browses it. */
export interface EventCard {
  id: EventId;
  name: string;
  slug: string;
  type: EventType;
  description: string | null;
  start_at: Timestamp;
  price_cents: number;
  capacity: number;
  venue: { name: string; city: string } | null;
  organizer: { full_name: string | null; company: string | null } | null;
  stats: { tickets_sold: number; tickets_available: number } | null;
}

/** The events on sale. */
export interface Listing {
  /** The next ones, by when they start. */
  upcoming(options: { limit: number; signal?: AbortSignal }): Promise<EventCard[]>;
}

/** What somebody wants to buy. */
export interface PurchaseInput {
  /** Made by the buyer's device, with {@link Eventos.newId}: a repeat is recognised by it. */
  order_id: OrderId;
  customer_id: ProfileId;
  event_id: EventId;
  /** 1 to 20. */
  quantity: number;
}

/** What became of an order. */
export type Placement =
  | { outcome: 'placed'; order: Order }
  | { outcome: 'sold_out'; available: number }
  | { outcome: 'too_many_unpaid'; limit: number }
  | { outcome: 'not_on_sale' };

export type Cancellation = { outcome: 'cancelled' } | { outcome: 'not_cancellable'; status: PaymentStatus };

/** Placing an order, which holds its seats for 15 minutes. */
export interface Purchase {
  place(purchase: PurchaseInput): Promise<Placement>;
  /** Lets go of an order that is not paid, and of its seats. */
  cancel(order_id: OrderId): Promise<Cancellation>;
  /** How many seats can be ordered now; null for an event that the caller may not see. */
  availableSeats(event_id: EventId): Promise<number | null>;
}

/** Somebody who will come. */
export interface Guest {
  full_name: string;
  email: string;
  phone?: string | null;
}

/** A payment that came in. Only the service tells of it. */
export interface Payment {
  order_id: OrderId;
  /** Stripe's payment intent: a repeat is recognised by it. */
  payment_intent_id: string;
  paid_at: TimeInput;
  /** As many as the order has tickets. */
  attendees: readonly Guest[];
}

export interface IssuedTicket {
  id: TicketId;
  ticket_number: string;
  /** What the QR code says: a secret that admits whoever shows it. */
  qr_code: string;
  status: TicketStatus;
  attendee: { full_name: string; email: string } | null;
}

/** The e-mail to send for a paid order. */
export interface Confirmation {
  to: string | null;
  subject: string;
  text: string;
  html: string;
  tickets: IssuedTicket[];
}

export type Fulfilment =
  | {
      outcome: 'fulfilled';
      is_replay: boolean;
      order: {
        id: OrderId;
        order_number: string;
        quantity: number;
        total_cents: number;
        payment_status: PaymentStatus;
        stripe_payment_intent_id: string | null;
        event_id: EventId;
        event: { name: string; start_at: Timestamp; venue: { name: string; address: string; city: string } | null } | null;
        customer: { email: string; full_name: string | null } | null;
      };
      tickets: IssuedTicket[];
      confirmation: Confirmation;
    }
  | { outcome: 'not_payable'; status: PaymentStatus }
  | { outcome: 'event_cancelled' }
  | { outcome: 'sold_out'; available: number };

export type Refund =
  | { outcome: 'refunded'; tickets: number }
  | { outcome: 'not_paid'; status: PaymentStatus }
  | { outcome: 'other_payment' };

/** An event with its sales, as its organizer sees it. */
export interface OrganizedEvent {
  id: EventId;
  name: string;
  slug: string;
  status: EventStatus;
  start_at: Timestamp;
  capacity: number;
  venue: { name: string; address: string } | null;
  stats: {
    capacity: number;
    tickets_sold: number;
    tickets_available: number;
    tickets_active: number;
    tickets_used: number;
    /** A line for a person: `75 / 500 sold (425 remaining)`. */
    sales: string;
    /** A line for a person: `50 checked in / 75 sold (67%)`. */
    check_ins: string;
  } | null;
}

export interface EventRevenue {
  event_id: EventId;
  event_name: string;
  orders: number;
  tickets: number;
  revenue_cents: number;
  /** For a person: `$598.00`. */
  revenue: string;
}

/** When a door is open. */
export interface Window {
  opens_at: TimeInput;
  closes_at: TimeInput;
}

/** What a door answers to a scan. A refusal is an answer, not an error. */
export type CheckIn = CheckInOutcome & {
  scan_id: ScanId;
  is_replay: boolean;
  ticket: { id: TicketId; number: string } | null;
  attendee: { id: AttendeeId; full_name: string; email: string } | null;
  event_id: EventId;
  scanned_at: Timestamp;
  received_at: Timestamp;
  server_time: Timestamp;
  source: 'online' | 'manifest';
};

export type CheckInOutcome =
  | { outcome: 'admitted' }
  | { outcome: 'not_authorized' }
  | { outcome: 'unknown_code' }
  | { outcome: 'wrong_event'; actual: { id: EventId; name: string; status: EventStatus } | null }
  | { outcome: 'event_not_active'; status: EventStatus }
  | { outcome: 'outside_window'; window: { opens_at: Timestamp; closes_at: Timestamp } }
  | { outcome: 'refunded' }
  | { outcome: 'cancelled' }
  | { outcome: 'unpaid' }
  | { outcome: 'already_used'; first_scan: { at: Timestamp | null; device: string | null; gate: string | null } };

export type Undo = { outcome: 'undone' } | { outcome: 'too_late'; until: Timestamp } | { outcome: 'not_admitted' };

export interface DoorStats {
  event_id: EventId;
  capacity: number;
  admitted: number;
  expected: number;
  /** Scans by their outcome. */
  scans: Record<string, number>;
  /** Admissions by gate. */
  gates: Record<string, number>;
}

export interface DoorAttendee {
  attendee_id: AttendeeId;
  full_name: string;
  email: string;
  ticket_id: TicketId;
  ticket_number: string;
  status: TicketStatus;
  checked_in_at: Timestamp | null;
}

/** Where and with what somebody scans. */
export interface DoorOptions {
  /** A door token, for staff without an account. */
  token?: string;
  /** What this device is called. */
  device?: string;
  gate?: string;
  /** When people are admitted; always unless given. */
  window?: Window;
}

/** One scan. */
export interface Scan {
  code: string;
  /** A new one unless given; the same one again gives the first answer. */
  scan_id?: ScanId;
  /** Now unless given. */
  scanned_at?: TimeInput;
}

/** The door of one event. */
export class Door {
  readonly #connection: Connection;
  #at!: object;
  #window: Window | undefined;

  /** @internal */
  constructor(connection: Connection, event_id: EventId, options: DoorOptions = {}) {
    this.#connection = connection;
    reading('door', () => {
      const { token, device, gate, window } = options;
      this.#at = { event_id, door_token: token, device, gate };
      this.#window = window;
    });
  }

  /** Lets somebody in, or says why not. Takes a code as a camera, a keyboard-wedge scanner or a person gives it. */
  async checkIn(scan: Scan | string, signal?: AbortSignal): Promise<CheckIn> {
    const given = typeof scan === 'object' ? reading('scan', () => ({ ...scan })) : { code: scan };
    return this.#connection.flow('check_in', { ...this.#at, window: this.#window, ...given }, signal);
  }

  /** Takes an admission back, within 15 minutes, by the same device or the organizer. */
  undo(scan_id: ScanId, reason: string): Promise<Undo> {
    return this.#connection.flow('check_in.undo', { ...this.#at, scan_id, reason });
  }

  /** How many are in, how many are expected, and what the scans gave. */
  stats(signal?: AbortSignal): Promise<DoorStats> {
    return this.#connection.flow('check_in.stats', this.#at, signal);
  }

  /** Who comes, by a part of a name, an e-mail or a ticket number. */
  attendees(search: string, signal?: AbortSignal): Promise<DoorAttendee[]> {
    return this.#connection.flow('check_in.attendees', { ...this.#at, search }, signal);
  }
}

export interface DoorTokenDetails {
  token_id: DoorTokenId;
  event_id: EventId;
  label: string;
  opens_at: Timestamp | null;
  closes_at: Timestamp | null;
  expires_at: Timestamp;
  revoked_at: Timestamp | null;
}

export interface NewDoorToken {
  event_id: EventId;
  /** Whom or what it is for. */
  label: string;
  expires_at?: TimeInput;
  window?: Window;
}

/** Tokens for the phones of staff. */
export interface DoorTokens {
  /** The token is told once; only its hash is stored. */
  issue(token: NewDoorToken): Promise<{ token: string; details: DoorTokenDetails }>;
  /** When it was revoked. */
  revoke(token_id: DoorTokenId): Promise<Timestamp>;
  list(event_id: EventId): Promise<DoorTokenDetails[]>;
}

export function listing(connection: Connection): Listing {
  return {
    upcoming: async (options) => {
      const { limit, signal } = reading('upcoming', () => ({ ...options }));
      return connection.flow('listing.upcoming', { limit }, signal);
    },
  };
}

export function purchase(connection: Connection): Purchase {
  return {
    place: (input) => connection.flow('purchase.place', input),
    cancel: (order_id) => connection.flow('purchase.cancel', { order_id }),
    availableSeats: (event_id) => connection.flow('purchase.available_seats', { event_id }),
  };
}

export function doorTokens(connection: Connection): DoorTokens {
  return {
    issue: (token) => connection.flow('door_tokens.issue', token),
    revoke: (token_id) => connection.flow('door_tokens.revoke', { token_id }),
    list: (event_id) => connection.flow('door_tokens.list', { event_id }),
  };
}
