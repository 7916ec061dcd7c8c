import { ZONE } from '../format';
import type { When } from './search';

/** How many months the calendar shows, this one first. */
const MONTHS = 12;

const dayFormat = new Intl.DateTimeFormat('sv', { timeZone: ZONE });
const offsetFormat = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' });

/** A span of time: up to but without its end, or open. */
export interface Period {
  from: Date;
  until: Date | undefined;
}

/** What a choice of the calendar means in time. */
export function periodOf(when: When, now = new Date()): Period {
  if (when === 'week') return { from: now, until: midnight(later(dayOf(now), 8 - (dayAsDate(dayOf(now)).getUTCDay() || 7))) };
  if (when === 'later') return { from: midnight(`${monthAfter(monthOf(now), MONTHS)}-01`), until: undefined };
  return { from: midnight(`${when}-01`), until: midnight(`${monthAfter(when, 1)}-01`) };
}

/** The months of the calendar, such as `2026-12`. */
export function months(now = new Date()): When[] {
  return Array.from({ length: MONTHS }, (_, index) => monthAfter(monthOf(now), index) as When);
}

/** The choice under which something falls that begins then. */
export function whenOf(at: Date, now = new Date()): When {
  const month = monthOf(at) as When;
  return months(now).includes(month) ? month : 'later';
}

/** How many days there are from today until then, each counted at midnight. */
export function daysUntil(at: Date, now = new Date()): number {
  return Math.round((dayAsDate(dayOf(at)).getTime() - dayAsDate(dayOf(now)).getTime()) / 86_400_000);
}

function monthOf(at: Date): string {
  return dayOf(at).slice(0, 7);
}

/** The day on which it is that time in the zone of the events: `2026-12-09`. */
function dayOf(at: Date): string {
  return dayFormat.format(at);
}

function dayAsDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function later(day: string, days: number): string {
  const date = dayAsDate(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function monthAfter(month: string, months: number): string {
  const date = dayAsDate(`${month}-01`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
}

/** When a day begins in the zone of the events. Clocks change at night, so that the hour before tells the same offset. */
function midnight(day: string): Date {
  const parts = offsetFormat.formatToParts(dayAsDate(day));
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', '') ?? '';
  return new Date(`${day}T00:00:00${offset || 'Z'}`);
}
