import { formatCents, type Timestamp } from '@eventos/wasm';

/** Where the listed events are: their times are shown as there. */
export const ZONE = 'America/Toronto';
/** In whose manner dates and numbers are written. */
export const LOCALE = 'en-CA';

/** What is said where it is not known yet who comes with a ticket. */
export const NO_NAME = 'No name yet';
/** What is said where it is not known yet where an event is held. */
export const NO_VENUE = 'Venue to be announced';

const day = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: ZONE });
const time = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit', timeZone: ZONE });
const ownTime = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit' });
const yearOnly = new Intl.DateTimeFormat(LOCALE, { year: 'numeric', timeZone: ZONE });
const monthOnly = new Intl.DateTimeFormat(LOCALE, { month: 'short', timeZone: ZONE });
const weekdayOnly = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', timeZone: ZONE });
const dayOnly = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', timeZone: ZONE });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: ZONE });

/** An amount, or that there is none: `$299.00`, `Free`. Amounts come by the library, so that it is loaded by then. */
export function price(cents: number): string {
  return cents === 0 ? 'Free' : formatCents(cents);
}

/** `Sat, Dec 6, 2025`. */
export function date(at: Timestamp): string {
  return day.format(new Date(at));
}

/** `9:00 a.m.`, which no line breaks. */
export function hour(at: Timestamp): string {
  return unbroken(time.format(new Date(at)));
}

/** `Sat, Dec 6, 2025, 9:00 a.m.`. */
export function dateAndHour(at: Timestamp): string {
  return `${date(at)}, ${hour(at)}`;
}

/** `9:00 a.m.` on this device's clock: for what its holder must not miss, wherever that is. */
export function ownHour(at: Date): string {
  return unbroken(ownTime.format(at));
}

/** When something begins and ends, the day told once where it ends on the same. */
export function span(start: Timestamp, end: Timestamp): string {
  return `${dateAndHour(start)} – ${date(start) === date(end) ? hour(end) : dateAndHour(end)}`;
}

/** `Royal York, Toronto`, or that it is not known yet. */
export function place(venue: { name: string; city: string } | null): string {
  return venue === null ? NO_VENUE : `${venue.name}, ${venue.city}`;
}

/** The parts of a date for a calendar leaf: `Dec`, `6`, `Sat`. The month of another year than this one tells it: `Jan 2027`. */
export function leaf(at: Timestamp): { month: string; day: string; weekday: string } {
  const part = (format: Intl.DateTimeFormat) => format.format(new Date(at)).replace('.', '');
  const year = part(yearOnly);
  const month = part(monthOnly);
  return { month: year === yearOnly.format() ? month : `${month} ${year}`, day: part(dayOnly), weekday: part(weekdayOnly) };
}

/** The time of a scan: `14:03:27`. */
export function second(at: Timestamp): string {
  return clock.format(new Date(at));
}

/** `12,345`. */
export function digits(count: number): string {
  return count.toLocaleString(LOCALE);
}

/** `1 ticket`, `2 tickets`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${digits(count)} ${count === 1 ? one : many}`;
}

function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}
