import './hero.css';

import type { EventCard, Timestamp } from '@eventos/wasm';
import { useUpcoming } from '@eventos/wasm/react';
import { ArrowRight } from 'lucide-react';
import { Link } from 'react-router';

import { Guilloche } from '../design/guilloche';
import { SeatsBadge } from '../event/seats-badge';
import { date, hour, place, price } from '../format';
import { daysUntil } from './calendar';
import { CalendarStrip } from './calendar-strip';
import { SearchField } from './search-field';

/** The first thing that a visitor sees: what this is, what comes next, and the year ahead. */
export function Hero() {
  const { data: [next] = [] } = useUpcoming(1);
  return (
    <header className="hero bleed">
      <Guilloche seed="EventOS" />
      <div className="hero-words">
        <h1>Be in the&nbsp;room.</h1>
        <p>Conferences, seminars, workshops and evenings among people who do what you do. Find yours, and walk in with a code.</p>
        <SearchField />
      </div>
      {next && <NextUp event={next} />}
      <CalendarStrip />
    </header>
  );
}

function NextUp({ event }: { event: EventCard }) {
  return (
    <article className="next-up" aria-label={`Next: ${event.name}`}>
      <div className="next-up-paper">
        <div className="next-up-body">
          <p className="next-up-kicker">Next, {fromToday(event.start_at)}</p>
          <h2><Link to={`/events/${event.slug}`}>{event.name}</Link></h2>
          <p>{date(event.start_at)}, {hour(event.start_at)}</p>
          <p>{place(event.venue)}</p>
        </div>
        <div className="next-up-stub">
          <strong className="number">{price(event.price_cents)}</strong>
          <SeatsBadge left={event.stats?.tickets_available} capacity={event.capacity} />
          <ArrowRight size={22} aria-hidden="true" />
        </div>
      </div>
    </article>
  );
}

const relative = new Intl.RelativeTimeFormat('en-CA', { numeric: 'auto' });

/** `in 14 days`, `tomorrow`. */
function fromToday(at: Timestamp): string {
  return relative.format(daysUntil(new Date(at)), 'day');
}
