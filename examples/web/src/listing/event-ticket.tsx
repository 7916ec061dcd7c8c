import './event-ticket.css';

import { Clock, MapPin } from 'lucide-react';
import { Link } from 'react-router';

import { Guilloche } from '../design/guilloche';
import { DateLeaf } from '../event/date-leaf';
import { TYPE_NAMES } from '../event/event-types';
import { SeatsBadge } from '../event/seats-badge';
import { hour, place, price } from '../format';
import type { ListedEvent } from './events-on-sale';

/** An event in the listing, in the shape of what it sells: the date on the stub, the rest beyond the tear. */
export function EventTicket({ event }: { event: ListedEvent }) {
  return (
    <article className={`event-ticket type-${event.type}`}>
      <div className="event-ticket-paper">
        <div className="event-ticket-stub">
          <Guilloche seed={event.id} />
          <DateLeaf at={event.start_at} />
        </div>
        <div className="event-ticket-body">
          <p className="event-ticket-type">{TYPE_NAMES[event.type]}</p>
          <h3><Link to={`/events/${event.slug}`}>{event.name}</Link></h3>
          <ul className="event-ticket-facts">
            <li><Clock size={15} aria-hidden="true" />{hour(event.start_at)}</li>
            <li><MapPin size={15} aria-hidden="true" />{place(event.venue)}</li>
          </ul>
          <p className="event-ticket-foot">
            <strong className="number">{price(event.price_cents)}</strong>
            <SeatsBadge left={event.stats?.tickets_available} capacity={event.capacity} />
          </p>
        </div>
      </div>
    </article>
  );
}
