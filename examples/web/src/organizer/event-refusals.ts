import { isEventosError, isInvalidInput } from '@eventos/wasm';

import { inWords } from '../design/components';
import type { EventForm, Problems } from './event-form';

/** Which field an event's column is typed in, and what that column must be. */
const COLUMNS: Readonly<Record<string, { field: keyof EventForm; rule: string }>> = {
  name: { field: 'name', rule: 'Give it another name.' },
  slug: { field: 'name', rule: 'An event with this address exists. Give it another name.' },
  venue_id: { field: 'venue_id', rule: 'This venue is gone. Choose another.' },
  start_at: { field: 'starts', rule: 'This time is not possible.' },
  end_at: { field: 'ends', rule: 'It must end after it starts.' },
  capacity: { field: 'capacity', rule: 'Enter 10 to 10,000.' },
  price_cents: { field: 'price', rule: 'Enter 0 or more.' },
};

/** The column that a constraint of the database is about. */
const CONSTRAINTS: Readonly<Record<string, string>> = {
  events_slug_key: 'slug',
  events_slug_valid: 'slug',
  events_venue_id_fkey: 'venue_id',
  events_end_after_start: 'end_at',
  events_capacity_in_range: 'capacity',
  events_price_not_negative: 'price_cents',
};

/** A refused write in words: beside the field that it is about, or for the form as a whole. */
export function refusalOf(error: Error): { problems: Problems } | { message: string } {
  const column = COLUMNS[refusedColumn(error) ?? ''];
  if (column !== undefined) return { problems: { [column.field]: column.rule } };
  if (isEventosError(error) && error.forbidden) return { message: 'This event belongs to another account, or you were signed out.' };
  if (isEventosError(error) && error.retryable) return { message: 'There was no answer. Press again: it is saved once, however often you try.' };
  return { message: inWords(error) };
}

/** The library names the column that it refuses, as in `events.capacity: …`; the database names a constraint. */
function refusedColumn(error: Error): string | undefined {
  if (isInvalidInput(error)) return /^events\.(\w+):/.exec(error.message)?.[1];
  return isEventosError(error) ? CONSTRAINTS[error.constraint ?? ''] : undefined;
}
