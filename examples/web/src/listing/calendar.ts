import { dayOf, midnight } from '../toronto-time';
import type { When } from './search';

/** How many months the calendar shows, this one first. */
const MONTHS = 12;

/** A span of time: up to but without its end, or open. */
interface Period {
  from: Date | undefined;
  until: Date | undefined;
}

/** When events begin that a choice of the calendar means. What has begun before and is not over is of this week, and of this month. */
export function periodOf(when: When, now = new Date()): Period {
  if (when === 'week') return { from: undefined, until: midnight(mondayAfter(dayOf(now))) };
  if (when === 'later') return { from: midnight(`${monthAfter(monthOf(now), MONTHS)}-01`), until: undefined };
  const isThisMonth = when === monthOf(now);
  return { from: isThisMonth ? undefined : midnight(`${when}-01`), until: midnight(`${monthAfter(when, 1)}-01`) };
}

/** The months of the calendar, such as `2026-12`. */
export function months(now = new Date()): When[] {
  return Array.from({ length: MONTHS }, (_, index) => monthAfter(monthOf(now), index));
}

/** The choice under which something falls that begins then. */
export function whenOf(at: Date, now = new Date()): When {
  const [month, thisMonth] = [monthOf(at), monthOf(now)];
  if (month < thisMonth) return thisMonth;
  return months(now).includes(month) ? month : 'later';
}

/** How many days there are from today until then, each counted at midnight. */
export function daysUntil(at: Date, now = new Date()): number {
  return Math.round((dayAsDate(dayOf(at)).getTime() - dayAsDate(dayOf(now)).getTime()) / 86_400_000);
}

type Month = Exclude<When, 'week' | 'later'>;

function monthOf(at: Date): Month {
  return dayOf(at).slice(0, 7) as Month;
}

function monthAfter(month: Month, months: number): Month {
  const date = dayAsDate(`${month}-01`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7) as Month;
}

function mondayAfter(day: string): string {
  const date = dayAsDate(day);
  date.setUTCDate(date.getUTCDate() + 8 - (date.getUTCDay() || 7));
  return date.toISOString().slice(0, 10);
}

function dayAsDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
