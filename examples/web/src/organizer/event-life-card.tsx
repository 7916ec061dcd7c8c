import { isEventosError, type Event, type EventStatus } from '@eventos/wasm';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { Link } from 'react-router';

import { AskDialog } from '../design/ask-dialog';
import { Button, buttonClass, inWords } from '../design/components';
import { counted } from '../format';
import { EventBadge } from './event-badge';
import { useMoveEvent } from './save-event';

/** A step from one status to another, with what it means for everybody. */
interface Move {
  to: EventStatus;
  act: string;
  meaning: string;
  isDangerous?: boolean;
}

/** A step that somebody thinks about, from the status that they saw. */
interface AskedMove extends Move {
  from: EventStatus;
}

const NOW: Record<EventStatus, string> = {
  draft: 'It is not in the listing, nothing is sold, and the door admits nobody.',
  published: 'The door lets people in. While it is public, everybody finds it and can buy.',
  completed: 'It is over: nothing is sold any more, and the door admits nobody.',
  cancelled: 'It does not take place: nothing is sold, and the door admits nobody.',
};

const REOPEN: Move = {
  to: 'draft',
  act: 'Reopen as draft',
  meaning: 'It can be changed and published again. Until then nothing is sold and the door admits nobody.',
};

const MOVES: Record<EventStatus, readonly Move[]> = {
  draft: [
    {
      to: 'published',
      act: 'Publish',
      meaning: 'A public event appears in the listing, and its tickets go on sale at once.',
    },
  ],
  published: [
    {
      to: 'completed',
      act: 'Complete',
      meaning: 'Its sales end, it leaves the listing, and the door admits nobody any more. Do this once it is over.',
    },
    {
      to: 'draft',
      act: 'Unpublish',
      meaning:
        'It leaves the listing and its sales stop. Whoever has a ticket keeps it, but the door admits nobody until you publish it again.',
    },
    {
      to: 'cancelled',
      act: 'Cancel event',
      isDangerous: true,
      meaning:
        'Its sales stop, it leaves the listing, and the door admits nobody. Nobody is paid back by this alone: refund the orders.',
    },
  ],
  completed: [REOPEN],
  cancelled: [REOPEN],
};

/** Where an event stands, and the steps from there. */
export function EventLifeCard({ event, sold, hasUnsavedChanges }: { event: Event; sold: number; hasUnsavedChanges: boolean }) {
  const [asked, setAsked] = useState<AskedMove>();
  const move = useMoveEvent(event.id);
  const title = useFocusAfterChange(event.status);

  function close() {
    setAsked(undefined);
    move.reset();
  }

  return (
    <aside className="card stack" aria-labelledby="life">
      <div className="row spread">
        <h2 id="life" ref={title} className="subtitle" tabIndex={-1}>Status</h2>
        <EventBadge status={event.status} />
      </div>
      <p className="muted">{NOW[event.status]}</p>
      {hasUnsavedChanges && <p className="small muted" id="save-first">Save or discard your changes first.</p>}
      <div className="stack-tight">
        {MOVES[event.status].map((step) => (
          <Button
            key={step.to}
            kind={step.isDangerous === true ? 'danger' : step.to === 'published' ? 'main' : 'quiet'}
            wide
            disabled={hasUnsavedChanges}
            aria-describedby={hasUnsavedChanges ? 'save-first' : undefined}
            onClick={() => setAsked({ ...step, from: event.status })}
          >
            {step.act}
          </Button>
        ))}
      </div>
      <nav className="life-links" aria-label="This event">
        <Link className={buttonClass('plain')} to={`/events/${event.slug}`}>View page</Link>
        <Link className={buttonClass('plain')} to={`/organizer/events/${event.id}/attendees`}>Attendees</Link>
        <Link className={buttonClass('plain')} to={`/door/${event.id}`}>Open door</Link>
      </nav>
      {asked !== undefined && (
        <AskDialog
          title={`${asked.act}: ${event.name}`}
          act={asked.act}
          isDangerous={asked.isDangerous === true}
          busy={move.isPending}
          problem={move.error === null ? undefined : reason(move.error)}
          onAct={() => move.mutate(asked, { onSuccess: close })}
          onClose={close}
        >
          <p>{asked.meaning}</p>
          {asked.to !== 'published' && sold > 0 && <p className="muted">{counted(sold, 'ticket is', 'tickets are')} sold.</p>}
        </AskDialog>
      )}
    </aside>
  );
}

/** The button that led to a new status is gone with the old one: the focus goes on to where the new one is told. */
function useFocusAfterChange(status: EventStatus): RefObject<HTMLHeadingElement | null> {
  const title = useRef<HTMLHeadingElement>(null);
  const told = useRef(status);
  useEffect(() => {
    if (told.current !== status) title.current?.focus();
    told.current = status;
  }, [status]);
  return title;
}

function reason(error: Error): string {
  const isGone = isEventosError(error) && (error.kind === 'not_found' || error.kind === 'not_affected');
  return isGone ? 'Its status was changed elsewhere. Close this and look again.' : inWords(error);
}
