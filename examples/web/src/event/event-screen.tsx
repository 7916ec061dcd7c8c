import './event.css';

import { useEvent } from '@eventos/wasm/react';
import { Building2, Clock, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';

import { buttonClass, Empty, Failure, Skeleton } from '../design/components';
import { Guilloche } from '../design/guilloche';
import { hour, NO_VENUE, place, span } from '../format';
import { DateLeaf } from './date-leaf';
import { TYPE_NAMES } from './event-types';
import { SaleCard } from './sale-card';
import type { ShownEvent } from './shown-event';

/** One event: what it is, when, where and by whom, and its tickets. */
export function EventScreen() {
  const { slug = '' } = useParams();
  const { data: event, error, refetch } = useEvent(slug);
  if (event) return <EventPage event={event} />;
  if (event === null) return <NoSuchEvent />;
  return (
    <>
      <title>Event · EventOS</title>
      <h1 className="visually-hidden">Event</h1>
      {error === null ? <Waiting /> : <Failure what="The event" error={error} retry={refetch} />}
    </>
  );
}

function EventPage({ event }: { event: ShownEvent }) {
  return (
    <article className={`event type-${event.type}`}>
      <title>{`${event.name} · EventOS`}</title>
      <header className="event-band bleed">
        <Guilloche seed={event.id} />
        <DateLeaf at={event.start_at} />
        <div>
          <p className="event-type">{TYPE_NAMES[event.type]}</p>
          <h1>{event.name}</h1>
          <p className="event-place">{hour(event.start_at)} · {place(event.venue)}</p>
        </div>
      </header>
      <div className="columns columns-aside event-columns">
        <aside aria-label="Tickets"><SaleCard event={event} /></aside>
        <Story event={event} />
      </div>
    </article>
  );
}

function Story({ event }: { event: ShownEvent }) {
  const { description, venue, organizer } = event;
  return (
    <div className="stack-loose">
      <section className="stack" aria-labelledby="about">
        <h2 id="about" className="subtitle">What it is about</h2>
        <p className="event-description">{description ?? 'The organizer has not described it yet.'}</p>
      </section>
      <dl className="event-facts">
        <Fact sign={<Clock size={20} aria-hidden="true" />} name="When">
          {span(event.start_at, event.end_at)}
          <small>Toronto time</small>
        </Fact>
        <Fact sign={<MapPin size={20} aria-hidden="true" />} name="Where">
          {venue === null ? NO_VENUE : venue.name}
          {venue !== null && (
            <small>
              {venue.address}, {venue.city}
              {' · '}
              <a href={mapOf(`${venue.address}, ${venue.city}`)} target="_blank" rel="noreferrer">
                Map<span className="visually-hidden">, opens in a new tab</span>
              </a>
            </small>
          )}
        </Fact>
        <Fact sign={<Building2 size={20} aria-hidden="true" />} name="Organizer">
          {organizer?.company ?? organizer?.full_name ?? 'Not named'}
          {organizer?.company && organizer.full_name && <small>{organizer.full_name}</small>}
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ sign, name, children }: { sign: ReactNode; name: string; children: ReactNode }) {
  return (
    <div className="event-fact">
      <dt>{sign}{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function mapOf(address: string): string {
  return `https://www.openstreetmap.org/search?${new URLSearchParams({ query: address }).toString()}`;
}

function NoSuchEvent() {
  return (
    <>
      <title>No such event · EventOS</title>
      <h1 className="visually-hidden">No such event</h1>
      <Empty title="This event is not here" action={<Link to="/" className={buttonClass('quiet')}>See what is on sale</Link>}>
        The link may be wrong, or the event is not shown any more. Tickets that you have for it are under My tickets.
      </Empty>
    </>
  );
}

function Waiting() {
  return (
    <div className="stack-loose">
      <Skeleton height="12rem" what="the event" />
      <div className="columns columns-aside event-columns">
        <aside aria-hidden="true"><Skeleton height="22rem" /></aside>
        <Skeleton height="14rem" />
      </div>
    </div>
  );
}
