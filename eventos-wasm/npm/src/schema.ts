// Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.

import type { IdColumn, JsonColumn, LabelColumn, NumberColumn, Related, TextColumn, TimeColumn } from './filter.js';
import type { Id, Json, TimeInput, Timestamp } from './values.js';

export type AttendeeId = Id<'AttendeeId'>;
export type EventId = Id<'EventId'>;
export type OrderId = Id<'OrderId'>;
export type ProfileId = Id<'ProfileId'>;
export type TicketId = Id<'TicketId'>;
export type VenueId = Id<'VenueId'>;

export type EventStatus = 'draft' | 'published' | 'cancelled' | 'completed';
export type EventType = 'conference' | 'seminar' | 'workshop' | 'networking';
export type PaymentStatus = 'pending' | 'paid' | 'failed' | 'refunded';
export type TicketStatus = 'active' | 'used' | 'cancelled' | 'refunded';
export type Visibility = 'public' | 'private';

/** A row of `profiles`. */
export interface Profile {
  /** The same id as in `auth.users`. */
  id: ProfileId;
  /** E-mail address. */
  email: string;
  /** Display name. */
  full_name: string | null;
  /** Telephone number. */
  phone: string | null;
  /** Organization. */
  company: string | null;
  /** When the account was made. */
  created_at: Timestamp;
  /** When the row last changed. */
  updated_at: Timestamp;
}

/** What a new row of `profiles` brings. */
export interface NewProfile {
  id: ProfileId;
  email: string;
  full_name?: string | null;
  phone?: string | null;
  company?: string | null;
  created_at?: TimeInput;
}

/** What an update of `profiles` can set. */
export interface ProfilePatch {
  id?: ProfileId;
  email?: string;
  full_name?: string | null;
  phone?: string | null;
  company?: string | null;
}

/** What conditions on `profiles` compare. */
export interface ProfileColumns {
  readonly id: IdColumn<ProfileId, never>;
  readonly email: TextColumn<never>;
  readonly full_name: TextColumn<null>;
  readonly phone: TextColumn<null>;
  readonly company: TextColumn<null>;
  readonly created_at: TimeColumn<never>;
  readonly updated_at: TimeColumn<never>;
  readonly events: Related;
  readonly orders: Related;
  readonly venues: Related;
}

/** Where `profiles` leads. */
export interface ProfileRelations {
  events: { to: 'events'; many: true };
  orders: { to: 'orders'; many: true };
  venues: { to: 'venues'; many: true };
}

/** A row of `venues`. */
export interface Venue {
  /** Primary key. */
  id: VenueId;
  /** Name of the venue. */
  name: string;
  /** Street address. */
  address: string;
  /** City; Toronto unless said otherwise. */
  city: string;
  /** Postal code. */
  postal_code: string | null;
  /** The most people it holds, 10 to 50,000. */
  capacity: number;
  /** Features, such as `{"wifi": true, "parking": true}`. */
  amenities: Json;
  /** E-mail address for bookings. */
  contact_email: string | null;
  /** Telephone number for bookings. */
  contact_phone: string | null;
  /** When the row was made. */
  created_at: Timestamp;
  /** When the row last changed. */
  updated_at: Timestamp;
  /** Who entered it, and so may change it; null for venues from before this was kept. */
  created_by: ProfileId | null;
}

/** What a new row of `venues` brings. */
export interface NewVenue {
  id?: VenueId;
  name: string;
  address: string;
  city?: string;
  postal_code?: string | null;
  capacity: number;
  amenities?: Json;
  contact_email?: string | null;
  contact_phone?: string | null;
  created_at?: TimeInput;
  created_by?: ProfileId | null;
}

/** What an update of `venues` can set. */
export interface VenuePatch {
  name?: string;
  address?: string;
  city?: string;
  postal_code?: string | null;
  capacity?: number;
  amenities?: Json;
  contact_email?: string | null;
  contact_phone?: string | null;
}

/** What conditions on `venues` compare. */
export interface VenueColumns {
  readonly id: IdColumn<VenueId, never>;
  readonly name: TextColumn<never>;
  readonly address: TextColumn<never>;
  readonly city: TextColumn<never>;
  readonly postal_code: TextColumn<null>;
  readonly capacity: NumberColumn<never>;
  readonly amenities: JsonColumn<never>;
  readonly contact_email: TextColumn<null>;
  readonly contact_phone: TextColumn<null>;
  readonly created_at: TimeColumn<never>;
  readonly updated_at: TimeColumn<never>;
  readonly created_by: IdColumn<ProfileId, null>;
  readonly events: Related;
  readonly creator: Related;
}

/** Where `venues` leads. */
export interface VenueRelations {
  events: { to: 'events'; many: true };
  creator: { to: 'profiles'; many: false };
}

/** A row of `events`. */
export interface Event {
  /** Primary key. */
  id: EventId;
  /** Who organizes it. */
  organizer_id: ProfileId;
  /** Where it happens, once known. */
  venue_id: VenueId | null;
  /** Title. */
  name: string;
  /** Its name in URLs, made by the database from the title and the id unless given. */
  slug: string;
  /** What kind of event it is. */
  type: EventType;
  /** What it is about. */
  description: string | null;
  /** When it starts. */
  start_at: Timestamp;
  /** When it ends, after it starts. */
  end_at: Timestamp;
  /** The most tickets it sells, 10 to 10,000. */
  capacity: number;
  /** Price of a ticket in cents, 0 or more. */
  price_cents: number;
  /** Where it stands in its life; a draft at first. */
  status: EventStatus;
  /** Who sees it once published; public unless said otherwise. */
  visibility: Visibility;
  /** When the row was made. */
  created_at: Timestamp;
  /** When the row last changed. */
  updated_at: Timestamp;
}

/** What a new row of `events` brings. */
export interface NewEvent {
  id?: EventId;
  organizer_id: ProfileId;
  venue_id?: VenueId | null;
  name: string;
  slug?: string;
  type: EventType;
  description?: string | null;
  start_at: TimeInput;
  end_at: TimeInput;
  capacity: number;
  price_cents: number;
  status?: EventStatus;
  visibility?: Visibility;
  created_at?: TimeInput;
}

/** What an update of `events` can set. */
export interface EventPatch {
  organizer_id?: ProfileId;
  venue_id?: VenueId | null;
  name?: string;
  slug?: string;
  type?: EventType;
  description?: string | null;
  start_at?: TimeInput;
  end_at?: TimeInput;
  capacity?: number;
  price_cents?: number;
  status?: EventStatus;
  visibility?: Visibility;
}

/** What conditions on `events` compare. */
export interface EventColumns {
  readonly id: IdColumn<EventId, never>;
  readonly organizer_id: IdColumn<ProfileId, never>;
  readonly venue_id: IdColumn<VenueId, null>;
  readonly name: TextColumn<never>;
  readonly slug: TextColumn<never>;
  readonly type: LabelColumn<EventType, never>;
  readonly description: TextColumn<null>;
  readonly start_at: TimeColumn<never>;
  readonly end_at: TimeColumn<never>;
  readonly capacity: NumberColumn<never>;
  readonly price_cents: NumberColumn<never>;
  readonly status: LabelColumn<EventStatus, never>;
  readonly visibility: LabelColumn<Visibility, never>;
  readonly created_at: TimeColumn<never>;
  readonly updated_at: TimeColumn<never>;
  readonly venue: Related;
  readonly organizer: Related;
  readonly orders: Related;
  readonly attendees: Related;
  readonly tickets: Related;
  readonly stats: Related;
}

/** Where `events` leads. */
export interface EventRelations {
  venue: { to: 'venues'; many: false };
  organizer: { to: 'profiles'; many: false };
  orders: { to: 'orders'; many: true };
  attendees: { to: 'attendees'; many: true };
  tickets: { to: 'tickets'; many: true };
  stats: { to: 'event_stats'; many: false };
}

/** A row of `orders`. */
export interface Order {
  /** Primary key. */
  id: OrderId;
  /** Who buys. */
  customer_id: ProfileId;
  /** For which event. */
  event_id: EventId;
  /** The number that people quote, made by the database. */
  order_number: string;
  /** How many tickets, 1 to 20. */
  quantity: number;
  /** Price of one ticket in cents, 0 or more. */
  unit_price_cents: number;
  /** The whole amount in cents: quantity × unit price. */
  total_cents: number;
  /** Where the payment stands; pending at first. */
  payment_status: PaymentStatus;
  /** Stripe's payment intent; no two orders share one. */
  stripe_payment_intent_id: string | null;
  /** When it was paid. */
  paid_at: Timestamp | null;
  /** When the row was made. */
  created_at: Timestamp;
  /** When the row last changed. */
  updated_at: Timestamp;
}

/** What a new row of `orders` brings. */
export interface NewOrder {
  id?: OrderId;
  customer_id: ProfileId;
  event_id: EventId;
  order_number?: string;
  quantity: number;
  unit_price_cents: number;
  total_cents: number;
  payment_status?: PaymentStatus;
  stripe_payment_intent_id?: string | null;
  paid_at?: TimeInput | null;
  created_at?: TimeInput;
}

/** What an update of `orders` can set. */
export interface OrderPatch {
  customer_id?: ProfileId;
  event_id?: EventId;
  quantity?: number;
  unit_price_cents?: number;
  total_cents?: number;
  payment_status?: PaymentStatus;
  stripe_payment_intent_id?: string | null;
  paid_at?: TimeInput | null;
}

/** What conditions on `orders` compare. */
export interface OrderColumns {
  readonly id: IdColumn<OrderId, never>;
  readonly customer_id: IdColumn<ProfileId, never>;
  readonly event_id: IdColumn<EventId, never>;
  readonly order_number: TextColumn<never>;
  readonly quantity: NumberColumn<never>;
  readonly unit_price_cents: NumberColumn<never>;
  readonly total_cents: NumberColumn<never>;
  readonly payment_status: LabelColumn<PaymentStatus, never>;
  readonly stripe_payment_intent_id: TextColumn<null>;
  readonly paid_at: TimeColumn<null>;
  readonly created_at: TimeColumn<never>;
  readonly updated_at: TimeColumn<never>;
  readonly customer: Related;
  readonly event: Related;
  readonly attendees: Related;
  readonly tickets: Related;
}

/** Where `orders` leads. */
export interface OrderRelations {
  customer: { to: 'profiles'; many: false };
  event: { to: 'events'; many: false };
  attendees: { to: 'attendees'; many: true };
  tickets: { to: 'tickets'; many: true };
}

/** A row of `attendees`. */
export interface Attendee {
  /** Primary key. */
  id: AttendeeId;
  /** The order that pays for the seat. */
  order_id: OrderId;
  /** The event attended, the order's. */
  event_id: EventId;
  /** Name. */
  full_name: string;
  /** E-mail address. */
  email: string;
  /** Telephone number. */
  phone: string | null;
  /** When the row was made. */
  created_at: Timestamp;
  /** When the row last changed. */
  updated_at: Timestamp;
}

/** What a new row of `attendees` brings. */
export interface NewAttendee {
  id?: AttendeeId;
  order_id: OrderId;
  event_id: EventId;
  full_name: string;
  email: string;
  phone?: string | null;
  created_at?: TimeInput;
}

/** What an update of `attendees` can set. */
export interface AttendeePatch {
  order_id?: OrderId;
  event_id?: EventId;
  full_name?: string;
  email?: string;
  phone?: string | null;
}

/** What conditions on `attendees` compare. */
export interface AttendeeColumns {
  readonly id: IdColumn<AttendeeId, never>;
  readonly order_id: IdColumn<OrderId, never>;
  readonly event_id: IdColumn<EventId, never>;
  readonly full_name: TextColumn<never>;
  readonly email: TextColumn<never>;
  readonly phone: TextColumn<null>;
  readonly created_at: TimeColumn<never>;
  readonly updated_at: TimeColumn<never>;
  readonly order: Related;
  readonly event: Related;
  readonly tickets: Related;
}

/** Where `attendees` leads. */
export interface AttendeeRelations {
  order: { to: 'orders'; many: false };
  event: { to: 'events'; many: false };
  tickets: { to: 'tickets'; many: true };
}

/** A row of `tickets`. */
export interface Ticket {
  /** Primary key. */
  id: TicketId;
  /** The event it lets into. */
  event_id: EventId;
  /** The order that paid for it. */
  order_id: OrderId;
  /** Whom it lets in, once known. */
  attendee_id: AttendeeId | null;
  /** The number that people quote, made by the database. */
  ticket_number: string;
  /** What the QR code says: a secret that admits whoever shows it first, made by the database. */
  qr_code: string;
  /** Whether it still lets somebody in; active at first. */
  status: TicketStatus;
  /** When its holder was let in. */
  checked_in_at: Timestamp | null;
  /** When the row was made. */
  created_at: Timestamp;
  /** When the row last changed. */
  updated_at: Timestamp;
}

/** What a new row of `tickets` brings. */
export interface NewTicket {
  id?: TicketId;
  event_id: EventId;
  order_id: OrderId;
  attendee_id?: AttendeeId | null;
  ticket_number?: string;
  qr_code?: string;
  status?: TicketStatus;
  checked_in_at?: TimeInput | null;
  created_at?: TimeInput;
}

/** What an update of `tickets` can set. */
export interface TicketPatch {
  event_id?: EventId;
  order_id?: OrderId;
  attendee_id?: AttendeeId | null;
  status?: TicketStatus;
  checked_in_at?: TimeInput | null;
}

/** What conditions on `tickets` compare. */
export interface TicketColumns {
  readonly id: IdColumn<TicketId, never>;
  readonly event_id: IdColumn<EventId, never>;
  readonly order_id: IdColumn<OrderId, never>;
  readonly attendee_id: IdColumn<AttendeeId, null>;
  readonly ticket_number: TextColumn<never>;
  readonly qr_code: TextColumn<never>;
  readonly status: LabelColumn<TicketStatus, never>;
  readonly checked_in_at: TimeColumn<null>;
  readonly created_at: TimeColumn<never>;
  readonly updated_at: TimeColumn<never>;
  readonly event: Related;
  readonly order: Related;
  readonly attendee: Related;
}

/** Where `tickets` leads. */
export interface TicketRelations {
  event: { to: 'events'; many: false };
  order: { to: 'orders'; many: false };
  attendee: { to: 'attendees'; many: false };
}

/** A row of `event_stats`. */
export interface EventStats {
  /** The event. */
  event_id: EventId;
  /** Its title. */
  event_name: string;
  /** The most tickets it sells. */
  capacity: number;
  /** Tickets sold: active and used ones. */
  tickets_sold: number;
  /** Tickets left: capacity less tickets sold. */
  tickets_available: number;
  /** Sold tickets whose holders have not come yet. */
  tickets_active: number;
  /** Sold tickets whose holders were let in. */
  tickets_used: number;
  /** Cancelled tickets. */
  tickets_cancelled: number;
}

/** What conditions on `event_stats` compare. */
export interface EventStatsColumns {
  readonly event_id: IdColumn<EventId, never>;
  readonly event_name: TextColumn<never>;
  readonly capacity: NumberColumn<never>;
  readonly tickets_sold: NumberColumn<never>;
  readonly tickets_available: NumberColumn<never>;
  readonly tickets_active: NumberColumn<never>;
  readonly tickets_used: NumberColumn<never>;
  readonly tickets_cancelled: NumberColumn<never>;
}

/** Where `event_stats` leads. */
export interface EventStatsRelations {
}

/** Every table and view by its name. */
export interface Schema {
  profiles: { row: Profile; new: NewProfile; patch: ProfilePatch; columns: ProfileColumns; relations: ProfileRelations };
  venues: { row: Venue; new: NewVenue; patch: VenuePatch; columns: VenueColumns; relations: VenueRelations };
  events: { row: Event; new: NewEvent; patch: EventPatch; columns: EventColumns; relations: EventRelations };
  orders: { row: Order; new: NewOrder; patch: OrderPatch; columns: OrderColumns; relations: OrderRelations };
  attendees: { row: Attendee; new: NewAttendee; patch: AttendeePatch; columns: AttendeeColumns; relations: AttendeeRelations };
  tickets: { row: Ticket; new: NewTicket; patch: TicketPatch; columns: TicketColumns; relations: TicketRelations };
  event_stats: { row: EventStats; new: never; patch: never; columns: EventStatsColumns; relations: EventStatsRelations };
}

export type TableName = keyof Schema;

/** The tables in the shape of Supabase's generated types, for `createClient<Database>()` of supabase-js. */
export interface Database {
  public: {
    Tables: {
      profiles: { Row: Flat<Profile>; Insert: Flat<NewProfile>; Update: Flat<ProfilePatch>; Relationships: [] };
      venues: { Row: Flat<Venue>; Insert: Flat<NewVenue>; Update: Flat<VenuePatch>; Relationships: [{ foreignKeyName: 'venues_created_by_fkey'; columns: ['created_by']; isOneToOne: false; referencedRelation: 'profiles'; referencedColumns: ['id'] }] };
      events: { Row: Flat<Event>; Insert: Flat<NewEvent>; Update: Flat<EventPatch>; Relationships: [{ foreignKeyName: 'events_venue_id_fkey'; columns: ['venue_id']; isOneToOne: false; referencedRelation: 'venues'; referencedColumns: ['id'] }, { foreignKeyName: 'events_organizer_id_fkey'; columns: ['organizer_id']; isOneToOne: false; referencedRelation: 'profiles'; referencedColumns: ['id'] }] };
      orders: { Row: Flat<Order>; Insert: Flat<NewOrder>; Update: Flat<OrderPatch>; Relationships: [{ foreignKeyName: 'orders_customer_id_fkey'; columns: ['customer_id']; isOneToOne: false; referencedRelation: 'profiles'; referencedColumns: ['id'] }, { foreignKeyName: 'orders_event_id_fkey'; columns: ['event_id']; isOneToOne: false; referencedRelation: 'events'; referencedColumns: ['id'] }] };
      attendees: { Row: Flat<Attendee>; Insert: Flat<NewAttendee>; Update: Flat<AttendeePatch>; Relationships: [{ foreignKeyName: 'attendees_order_id_fkey'; columns: ['order_id']; isOneToOne: false; referencedRelation: 'orders'; referencedColumns: ['id'] }, { foreignKeyName: 'attendees_event_id_fkey'; columns: ['event_id']; isOneToOne: false; referencedRelation: 'events'; referencedColumns: ['id'] }] };
      tickets: { Row: Flat<Ticket>; Insert: Flat<NewTicket>; Update: Flat<TicketPatch>; Relationships: [{ foreignKeyName: 'tickets_event_id_fkey'; columns: ['event_id']; isOneToOne: false; referencedRelation: 'events'; referencedColumns: ['id'] }, { foreignKeyName: 'tickets_order_id_fkey'; columns: ['order_id']; isOneToOne: false; referencedRelation: 'orders'; referencedColumns: ['id'] }, { foreignKeyName: 'tickets_attendee_id_fkey'; columns: ['attendee_id']; isOneToOne: false; referencedRelation: 'attendees'; referencedColumns: ['id'] }] };
    };
    Views: {
      event_stats: { Row: Flat<EventStats>; Relationships: [] };
    };
    Functions: Record<string, never>;
    Enums: Record<string, never>;
    CompositeTypes: Record<string, never>;
  };
}

/** An interface as an object type, which supabase-js asks for, with plain texts for ids. */
type Flat<T> = { [K in keyof T]: T[K] extends Id<string> | null | undefined ? string | Extract<T[K], null | undefined> : T[K] };

export type Tables<T extends keyof Database['public']['Tables'] | keyof Database['public']['Views']> =
  (Database['public']['Tables'] & Database['public']['Views'])[T]['Row'];
export type TablesInsert<T extends keyof Database['public']['Tables']> = Database['public']['Tables'][T]['Insert'];
export type TablesUpdate<T extends keyof Database['public']['Tables']> = Database['public']['Tables'][T]['Update'];
