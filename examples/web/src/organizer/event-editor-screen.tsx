import type { EventId, ProfileId } from '@eventos/wasm';
import { Link, useNavigate, useParams } from 'react-router';

import { Loading } from '../design/components';
import { WithAccount } from '../session';
import { changesOf, formOf, type EventFields } from './event-form';
import { EventFormCard } from './event-form-card';
import { EventLifeCard } from './event-life-card';
import { useNewEventForm } from './new-event-form';
import { WithOwnEvent, type OwnEvent } from './own-event';
import { useChangeEvent, useSaveDraft } from './save-event';
import { useUnsavedChanges } from './unsaved-changes';
import './organizer.css';

/** Where an organizer makes an event, changes it and leads it through its life. */
export function EventEditorScreen() {
  const { eventId } = useParams();
  return (
    <WithAccount why="Events belong to the account of their organizer.">
      {({ user_id }) =>
        eventId === undefined ? (
          <NewEventEditor organizer_id={user_id} />
        ) : (
          <WithOwnEvent organizer_id={user_id} event_id={eventId as EventId}>
            {(event) => <StoredEventEditor key={event.id} event={event} />}
          </WithOwnEvent>
        )
      }
    </WithAccount>
  );
}

function NewEventEditor({ organizer_id }: { organizer_id: ProfileId }) {
  const navigate = useNavigate();
  const unsaved = useNewEventForm(`${organizer_id}.new`);
  const save = useSaveDraft();

  const { id } = unsaved.form;

  function saveDraft(id: EventId, fields: EventFields) {
    save.mutate({ id, organizer_id, fields }, {
      onSuccess: () => {
        unsaved.discard();
        void navigate(`/organizer/events/${id}/edit`, { replace: true });
      },
    });
  }

  return (
    <div className="stack-loose">
      <EditorHeader title="New event" />
      <div className="columns">
        {id === undefined
          ? <Loading what="the form" />
          : <EventFormCard id={id} unsaved={unsaved} write={save} saveWord="Save draft" onSave={(fields) => saveDraft(id, fields)} />}
        <aside className="card stack" aria-labelledby="what-next">
          <h2 id="what-next" className="subtitle">What comes next</h2>
          <p className="muted">
            A new event is a draft that you alone see. Once it is saved, you can look at its page, and publish it when it is right.
          </p>
        </aside>
      </div>
    </div>
  );
}

function StoredEventEditor({ event }: { event: OwnEvent }) {
  const sold = event.stats?.tickets_sold ?? 0;
  const stored = formOf(event);
  const unsaved = useUnsavedChanges(event.id, stored);
  const change = useChangeEvent(event.id);
  return (
    <div className="stack-loose">
      <EditorHeader title={event.name} />
      <div className="columns">
        <EventFormCard
          id={event.id}
          slug={event.slug}
          sold={sold}
          unsaved={unsaved}
          write={change}
          saveWord="Save changes"
          onSave={(fields) => change.mutate(changesOf(fields, unsaved.form, stored), { onSuccess: unsaved.discard })}
        />
        <EventLifeCard event={event} sold={sold} hasUnsavedChanges={unsaved.isChanged} />
      </div>
    </div>
  );
}

function EditorHeader({ title }: { title: string }) {
  return (
    <header className="stack-tight">
      <title>{`${title} · EventOS`}</title>
      <Link to="/organizer" className="small">Your events</Link>
      <h1 className="title">{title}</h1>
    </header>
  );
}
