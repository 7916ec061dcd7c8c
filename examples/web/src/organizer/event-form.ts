import type { Event, EventType, NewEvent, VenueId, Visibility } from '@eventos/wasm';

import { fromWallClock, toWallClock } from '../toronto-time';
import { toCents, toDollars } from './dollars';

/** An event as it is typed. */
export interface EventForm {
  name: string;
  type: EventType;
  description: string;
  starts: string;
  ends: string;
  /** Empty while the venue is not known. */
  venue_id: VenueId | '';
  capacity: string;
  price: string;
  visibility: Visibility;
}

/** What is wrong, by the field to mend. */
export type Problems = { readonly [Field in keyof EventForm]?: string };

/** What the form says of an event's row. */
export type EventFields = Pick<
  NewEvent,
  'name' | 'type' | 'description' | 'start_at' | 'end_at' | 'venue_id' | 'capacity' | 'price_cents' | 'visibility'
>;

export const BLANK: EventForm = {
  name: '',
  type: 'conference',
  description: '',
  starts: '',
  ends: '',
  venue_id: '',
  capacity: '100',
  price: '0.00',
  visibility: 'public',
};

/** The form that shows an event as it is stored. */
export function formOf(event: Event): EventForm {
  return {
    name: event.name,
    type: event.type,
    description: event.description ?? '',
    starts: toWallClock(event.start_at),
    ends: toWallClock(event.end_at),
    venue_id: event.venue_id ?? '',
    capacity: String(event.capacity),
    price: toDollars(event.price_cents),
    visibility: event.visibility,
  };
}

/** The fields of what was typed, or why they cannot be read. Whether they are allowed is for the library and the database to say. */
export function readForm(form: EventForm): { fields: EventFields } | { problems: Problems } {
  const name = form.name.trim();
  const start_at = fromWallClock(form.starts);
  const end_at = fromWallClock(form.ends);
  const capacity = /^\d{1,9}$/.test(form.capacity.trim()) ? Number(form.capacity) : undefined;
  const price_cents = toCents(form.price);
  if (name === '' || start_at === undefined || end_at === undefined || capacity === undefined || price_cents === undefined) {
    return {
      problems: {
        ...(name === '' && { name: 'Give it a name.' }),
        ...(start_at === undefined && { starts: unreadable(form.starts) }),
        ...(end_at === undefined && { ends: unreadable(form.ends) }),
        ...(capacity === undefined && { capacity: 'Enter a whole number.' }),
        ...(price_cents === undefined && { price: 'Enter dollars and cents, such as 299 or 12.50.' }),
      },
    };
  }
  const { type, visibility } = form;
  const description = form.description.trim() === '' ? null : form.description.trim();
  const venue_id = form.venue_id === '' ? null : form.venue_id;
  return { fields: { name, type, description, start_at, end_at, venue_id, capacity, price_cents, visibility } };
}

/** The column that a field is written to. */
const COLUMNS: Readonly<Record<keyof EventForm, keyof EventFields>> = {
  name: 'name',
  type: 'type',
  description: 'description',
  starts: 'start_at',
  ends: 'end_at',
  venue_id: 'venue_id',
  capacity: 'capacity',
  price: 'price_cents',
  visibility: 'visibility',
};

/** The columns that somebody changed. All else stays as it is stored, a time to the second, and somebody else's changes too. */
export function changesOf(fields: EventFields, form: EventForm, stored: EventForm): Partial<EventFields> {
  const changed = (Object.keys(COLUMNS) as (keyof EventForm)[]).filter((field) => form[field] !== stored[field]);
  return Object.fromEntries(changed.map((field) => [COLUMNS[field], fields[COLUMNS[field]]]));
}

function unreadable(wallClock: string): string {
  if (wallClock === '') return 'Enter a date and a time.';
  if (!/^[12]\d{3}-/.test(wallClock)) return 'Enter the year with four digits, such as 2027.';
  return 'Clocks leave this hour out that night. Choose another.';
}
