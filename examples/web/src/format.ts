import type { Timestamp } from '@eventos/wasm';

/** Where the listed events are: their times are shown as there. */
export const ZONE = 'America/Toronto';
const LOCALE = 'en-CA';

const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: 'CAD', currencyDisplay: 'narrowSymbol' });
const day = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: ZONE });
const time = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit', timeZone: ZONE });
const monthOnly = new Intl.DateTimeFormat(LOCALE, { month: 'short', timeZone: ZONE });
const weekdayOnly = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', timeZone: ZONE });
const dayOnly = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', timeZone: ZONE });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** An amount, or that there is none: `$299.00`, `Free`. */
export function price(cents: number): string {
  return cents === 0 ? 'Free' : money.format(cents / 100);
}

/** `Sat, Dec 6, 2025`. */
export function date(at: Timestamp): string {
  return day.format(new Date(at));
}

/** `9:00 a.m.`, which no line breaks. */
export function hour(at: Timestamp): string {
  return time.format(new Date(at)).replace(' ', '\u00a0');
}

/** When something begins and ends, the day told once where it ends on the same. */
export function span(start: Timestamp, end: Timestamp): string {
  const last = date(start) === date(end) ? hour(end) : `${date(end)}, ${hour(end)}`;
  return `${date(start)}, ${hour(start)} – ${last}`;
}

/** `Royal York, Toronto`, or that it is not known yet. */
export function place(venue: { name: string; city: string } | null): string {
  return venue === null ? 'Venue to be announced' : `${venue.name}, ${venue.city}`;
}

/** The parts of a date for a calendar leaf: `Dec`, `6`, `Sat`. */
export function leaf(at: Timestamp): { month: string; day: string; weekday: string } {
  const part = (format: Intl.DateTimeFormat) => format.format(new Date(at)).replace('.', '');
  return { month: part(monthOnly), day: part(dayOnly), weekday: part(weekdayOnly) };
}

/** The time of a scan on this device's clock: `14:03:27`. */
export function second(at: Timestamp): string {
  return clock.format(new Date(at));
}

/** `1 ticket`, `2 tickets`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString(LOCALE)} ${count === 1 ? one : many}`;
}
