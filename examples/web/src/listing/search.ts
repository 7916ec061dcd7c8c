import type { EventType, VenueId } from '@eventos/wasm';
import { useSearchParams } from 'react-router';

import { EVENT_TYPES } from '../event/event-types';

/** What a visitor looks for. It lives in the address, so that a search can be shared, and Back undoes it. */
export interface Search {
  text: string;
  type: EventType | undefined;
  price: Price | undefined;
  venue: VenueId | undefined;
  when: When | undefined;
}

export type Price = 'free' | 'paid';
/** This week, a month such as `2026-12`, or all that comes after the months of the calendar. */
export type When = 'week' | 'later' | `${number}-${number}`;

/** The search of the address, and how to change it. `replace` leaves no step to come back to. */
export function useSearch() {
  const [params, setParams] = useSearchParams();
  const search = read(params);
  return {
    search,
    change: (part: Partial<Search>, replace = false) => setParams(write({ ...search, ...part }), { replace }),
    /** Where the search leads with a part of it changed. */
    linkTo: (part: Partial<Search>) => `/?${write({ ...search, ...part }).toString()}`,
  };
}

export const NO_SEARCH: Search = { text: '', type: undefined, price: undefined, venue: undefined, when: undefined };

/** Whether anything is looked for. */
export function isNarrowed(search: Search): boolean {
  return write(search).size > 0;
}

function read(params: URLSearchParams): Search {
  const type = EVENT_TYPES.find((known) => known === params.get('type'));
  const price = (['free', 'paid'] as const).find((known) => known === params.get('price'));
  const when = params.get('when');
  return {
    text: params.get('q') ?? '',
    type,
    price,
    venue: UUID.test(params.get('venue') ?? '') ? (params.get('venue') as VenueId) : undefined,
    when: isWhen(when) ? when : undefined,
  };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function isWhen(text: string | null): text is When {
  return text === 'week' || text === 'later' || /^20\d\d-(0[1-9]|1[0-2])$/.test(text ?? '');
}

function write({ text, type, price, venue, when }: Search): URLSearchParams {
  const parts: [string, string | undefined][] = [['q', text.trim()], ['type', type], ['price', price], ['venue', venue], ['when', when]];
  return new URLSearchParams(parts.filter((part): part is [string, string] => Boolean(part[1])));
}
