import './calendar-strip.css';

import type { EventType } from '@eventos/wasm';
import { Link } from 'react-router';

import { counted, LOCALE } from '../format';
import { months, whenOf } from './calendar';
import { useCalendar } from './events-on-sale';
import { useSearch, type When } from './search';

/** As many as fit above a month's name. */
const MARKS = 5;

/** The year ahead: a mark for each event, and each month a way to its events. */
export function CalendarStrip() {
  const { data: events = [] } = useCalendar();
  const types = new Map<When, EventType[]>();
  for (const { start_at, type } of events) {
    const when = whenOf(new Date(start_at));
    types.set(when, [...(types.get(when) ?? []), type]);
  }
  return (
    <nav className="calendar" aria-label="When">
      <ul>
        <li><Choice when={undefined} name="Any time" /></li>
        <li><Choice when="week" name="This week" /></li>
        {months().map((month) => <li key={month}><Month month={month} types={types.get(month) ?? []} /></li>)}
        {types.has('later') && <li><Month month="later" types={types.get('later') ?? []} /></li>}
      </ul>
    </nav>
  );
}

function Choice({ when, name }: { when: When | undefined; name: string }) {
  const { search, linkTo } = useSearch();
  return (
    <Link className="calendar-choice" to={linkTo({ when })} aria-current={search.when === when ? 'true' : undefined}>{name}</Link>
  );
}

function Month({ month, types }: { month: When; types: readonly EventType[] }) {
  const { search, linkTo } = useSearch();
  const { short, full } = named(month);
  const label = (
    <>
      <span className="calendar-marks" aria-hidden="true">
        {types.slice(0, MARKS).map((type, index) => <i key={index} className={`type-${type}`} />)}
      </span>
      <span aria-hidden="true">{short}</span>
      <span className="visually-hidden">{full}, {counted(types.length, 'event')}</span>
    </>
  );
  if (types.length === 0) return <span className="calendar-month is-empty">{label}</span>;
  return (
    <Link className="calendar-month" to={linkTo({ when: month })} aria-current={search.when === month ? 'true' : undefined}>{label}</Link>
  );
}

const shortMonth = new Intl.DateTimeFormat(LOCALE, { month: 'short', timeZone: 'UTC' });
const fullMonth = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A month's name; January tells its year. */
function named(month: When): { short: string; full: string } {
  if (month === 'later') return { short: 'Later', full: 'Later' };
  const day = new Date(`${month}-01T00:00:00Z`);
  const short = shortMonth.format(day).replace('.', '');
  return { short: month.endsWith('-01') ? `${short} ${month.slice(0, 4)}` : short, full: fullMonth.format(day) };
}
