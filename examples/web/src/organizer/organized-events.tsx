import type { EventId, EventRevenue, OrganizedEvent } from '@eventos/wasm';
import { DoorOpen, Eye, SquarePen, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { buttonClass, Meter } from '../design/components';
import { DateLeaf } from '../event/date-leaf';
import { counted, hour, NO_VENUE } from '../format';
import { EventBadge } from './event-badge';

interface OrganizedEventsProps {
  events: readonly OrganizedEvent[];
  revenue: readonly EventRevenue[];
  /** Tickets sold in the last seven days. */
  lastWeek: ReadonlyMap<EventId, number>;
  now: Date;
}

/** Every event with how it stands and what can be done: the next one first, then the latest that began. */
export function OrganizedEvents({ events, revenue, lastWeek, now }: OrganizedEventsProps) {
  const byStart = events.toSorted((one, other) => Date.parse(one.start_at) - Date.parse(other.start_at));
  const coming = byStart.filter(({ start_at }) => Date.parse(start_at) > now.getTime());
  const begun = byStart.filter(({ start_at }) => Date.parse(start_at) <= now.getTime()).reverse();
  const row = (event: OrganizedEvent) => (
    <EventRow
      key={event.id}
      event={event}
      revenue={revenue.find(({ event_id }) => event_id === event.id)?.revenue}
      lastWeek={lastWeek.get(event.id) ?? 0}
    />
  );
  return (
    <>
      <Group title="Coming up">{coming.map(row)}</Group>
      <Group title="Begun and past">{begun.map(row)}</Group>
    </>
  );
}

function Group({ title, children }: { title: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section className="stack">
      <h2 className="subtitle">{title}</h2>
      <ul className="stack event-rows">{children}</ul>
    </section>
  );
}

interface EventRowProps {
  event: OrganizedEvent;
  revenue: string | undefined;
  lastWeek: number;
}

function EventRow({ event, revenue, lastWeek }: EventRowProps) {
  const { id, name, slug, status, start_at, venue, stats } = event;
  return (
    <li className={`card event-row event-row-${status}`}>
      <DateLeaf at={start_at} />
      <div className="stack-tight">
        <div className="row">
          <h3>{name}</h3>
          <EventBadge status={status} />
        </div>
        <p className="muted small">{hour(start_at)} · {venue?.name ?? NO_VENUE}</p>
      </div>
      {stats !== null && (
        <div className="stack-tight small event-figures">
          <p className="row spread number">
            <span>{stats.sales}</span>
            {lastWeek > 0 && <span className="kicker">{counted(lastWeek, 'ticket')} in 7 days</span>}
          </p>
          <Meter part={stats.tickets_sold} whole={stats.capacity} label={stats.sales} />
          <p className="muted number row spread"><span>{stats.check_ins}</span>{revenue !== undefined && <span>{revenue}</span>}</p>
        </div>
      )}
      <div className="event-actions" role="group" aria-label={name}>
        <Action to={`/organizer/events/${id}/edit`} of={name}><SquarePen size={16} aria-hidden="true" />Edit</Action>
        <Action to={`/organizer/events/${id}/attendees`} of={name}><Users size={16} aria-hidden="true" />Attendees</Action>
        <Action to={`/door/${id}`} of={name}><DoorOpen size={16} aria-hidden="true" />Open door</Action>
        <Action to={`/events/${slug}`} of={name}><Eye size={16} aria-hidden="true" />View page</Action>
      </div>
    </li>
  );
}

function Action({ to, of, children }: { to: string; of: string; children: ReactNode }) {
  return <Link className={buttonClass('quiet')} to={to}>{children}<span className="visually-hidden"> {of}</span></Link>;
}
