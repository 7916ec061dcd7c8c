import type { EventId } from '@eventos/wasm';
import { DoorOpen } from 'lucide-react';
import { Link, useParams } from 'react-router';

import { buttonClass } from '../design/components';
import { counted, span } from '../format';
import { WithAccount } from '../session';
import { EventBadge } from './event-badge';
import { DoorTokensCard } from './door-tokens-card';
import { WithOwnEvent, type OwnEvent } from './own-event';
import { RosterCard } from './roster-card';
import './organizer.css';

/** Who comes to an event, and the tokens with which staff let them in. */
export function AttendeesScreen() {
  const { eventId = '' } = useParams();
  return (
    <WithAccount why="The organizer of an event sees who comes.">
      {({ user_id }) => (
        <WithOwnEvent organizer_id={user_id} event_id={eventId as EventId}>
          {(event) => <Attendees key={event.id} event={event} />}
        </WithOwnEvent>
      )}
    </WithAccount>
  );
}

function Attendees({ event }: { event: OwnEvent }) {
  return (
    <div className="stack-loose">
      <title>{`Attendees of ${event.name} · EventOS`}</title>
      <AttendeesHeader event={event} />
      <RosterCard event_id={event.id} slug={event.slug} />
      <DoorTokensCard event_id={event.id} />
    </div>
  );
}

function AttendeesHeader({ event }: { event: OwnEvent }) {
  const { tickets_sold: sold, tickets_used: checkedIn } = event.stats ?? { tickets_sold: 0, tickets_used: 0 };
  return (
    <header className="row spread">
      <div className="stack-tight">
        <Link to="/organizer" className="small">Your events</Link>
        <h1 className="title">{event.name}</h1>
        <p className="row muted small">
          <EventBadge status={event.status} />
          <span>{span(event.start_at, event.end_at)}</span>
          <span className="number">{counted(sold, 'ticket')} sold, {counted(checkedIn, 'person', 'people')} checked in</span>
        </p>
      </div>
      <Link className={buttonClass()} to={`/door/${event.id}`}><DoorOpen size={18} aria-hidden="true" />Open door</Link>
    </header>
  );
}
