import type { Timestamp } from '@eventos/wasm';

import { LOCALE, ZONE } from './format';

/*
 * An `<input type="datetime-local">` knows no time zone: its value, such as `2026-12-09T09:00`, is what a clock on a wall
 * shows. Here that wall is in Toronto, wherever the organizer sits, as everywhere in this shop.
 *
 * From a moment to a wall clock is what Intl does. The other way it does not: how far Toronto is from UTC depends on the
 * very moment that is sought. But a zone's distance changes at most once in two days, so that it is that of the day before
 * or that of the day after. Both are tried; the right one brings back what was typed.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const clock = new Intl.DateTimeFormat(LOCALE, {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** What a clock in Toronto shows at a moment. */
export function toWallClock(at: Timestamp | Date): string {
  const { year, month, day, hour, minute } = Object.fromEntries(
    clock.formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/**
 * When a clock in Toronto shows this. In autumn, when an hour comes twice, it is the first of them; in spring, when an hour
 * is left out, nothing shows it and there is no such moment.
 */
export function fromWallClock(shown: string): Date | undefined {
  const asIfUtc = Date.parse(`${shown}Z`);
  if (Number.isNaN(asIfUtc)) return undefined;
  return [asIfUtc - DAY, asIfUtc + DAY]
    .map((near) => new Date(asIfUtc - aheadOfUtc(near)))
    .sort((one, other) => one.getTime() - other.getTime())
    .find((moment) => toWallClock(moment) === shown);
}

/** The day that it is in Toronto at a moment: `2026-12-09`. */
export function dayOf(at: Timestamp | Date): string {
  return toWallClock(at).slice(0, 10);
}

/** When a day begins in Toronto. Its clocks change at two in the morning, so that every day has a midnight. */
export function midnight(day: string): Date {
  const begins = fromWallClock(`${day}T00:00`);
  if (begins === undefined) throw new RangeError(`${day} is no day`);
  return begins;
}

/** By how many milliseconds Toronto's clocks are ahead of UTC at a full minute. */
function aheadOfUtc(moment: number): number {
  return Date.parse(`${toWallClock(new Date(moment))}Z`) - moment;
}
