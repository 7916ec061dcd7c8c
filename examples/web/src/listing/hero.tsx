import './hero.css';

import type { Timestamp } from '@eventos/wasm';
import { ArrowRight } from 'lucide-react';
import { Link } from 'react-router';

import { Guilloche } from '../design/guilloche';
import { SeatsBadge } from '../event/seats-badge';
import { dateAndHour, LOCALE, place, price } from '../format';
import { daysUntil } from './calendar';
import { CalendarStrip } from './calendar-strip';
import { useFirstEvent, type ListedEvent } from './events-on-sale';
import { SearchField } from './search-field';

/** The first thing that a visitor sees: what this is, what comes first, and the year ahead. */
export function Hero() {
  const { data: [first] = [] } = useFirstEvent();
  return (
    <header className="hero bleed">
      <Guilloche seed="EventOS" />
      <div className="hero-words">
        <h1>Be in the&nbsp;room.</h1>
        <p>Conferences, seminars, workshops and evenings among people who do what you do. Find yours, and walk in with a code.</p>
        <SearchField />
      </div>
      {first && <NextUp event={first} />}
      <CalendarStrip />
    </header>
  );
}

function NextUp({ event }: { event: ListedEvent }) {
  const when = whenIs(event.start_at);
  return (
    <article className="next-up" aria-label={`${when}: ${event.name}`}>
      <div className="next-up-paper">
        <div className="next-up-body">
          <p className="next-up-kicker">{when}</p>
          <h2><Link to={`/events/${event.slug}`}>{event.name}</Link></h2>
          <p>{dateAndHour(event.start_at)}</p>
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

const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });

/** `Next, in 14 days`, `Next, tomorrow`; `On now` for what has begun and is not over. */
function whenIs(start: Timestamp): string {
  const at = new Date(start);
  return at <= new Date() ? 'On now' : `Next, ${relative.format(daysUntil(at), 'day')}`;
}
