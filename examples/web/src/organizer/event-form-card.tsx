import { slug as slugs, type EventId, type EventType, type VenueId, type Visibility } from '@eventos/wasm';
import { useEffect, useRef, useState, type FormEvent } from 'react';

import { Button, Field, Notice } from '../design/components';
import { EVENT_TYPES, TYPE_NAMES } from '../event/event-types';
import { counted } from '../format';
import { readForm, type EventFields, type EventForm, type Problems } from './event-form';
import { refusalOf } from './event-refusals';
import { LongText, SelectField } from './form-fields';
import type { Unsaved } from './unsaved-changes';
import { VenueChoice } from './venue-choice';

interface EventFormCardProps {
  id: EventId;
  /** The event's address, once it has one. */
  slug?: string;
  sold?: number;
  unsaved: Unsaved<EventForm>;
  /** The write that saving began. */
  write: { isPending: boolean; isSuccess: boolean; error: Error | null; reset: () => void };
  saveWord: string;
  onSave: (fields: EventFields) => void;
}

/** What an event says of itself. */
export function EventFormCard({ id, slug, sold = 0, unsaved, write, saveWord, onSave }: EventFormCardProps) {
  const { form, isChanged, change, discard } = unsaved;
  const [unreadable, setUnreadable] = useState<Problems>({});
  const element = useRef<HTMLFormElement>(null);
  const refusal = write.error === null ? undefined : refusalOf(write.error);
  const problems: Problems = refusal !== undefined && 'problems' in refusal ? refusal.problems : unreadable;
  const isWrong = Object.keys(problems).length > 0;

  useEffect(() => {
    if (isWrong) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [isWrong, unreadable, write.error]);

  function forgetProblems() {
    write.reset();
    setUnreadable({});
  }

  function type(part: Partial<EventForm>) {
    forgetProblems();
    change(part);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const read = readForm(form);
    setUnreadable('problems' in read ? read.problems : {});
    if ('fields' in read) onSave(read.fields);
  }

  /** The button that does so is gone after this. */
  function startOver() {
    element.current?.querySelector('input')?.focus();
    forgetProblems();
    discard();
  }

  return (
    <form ref={element} className="card stack" aria-label="The event" noValidate onSubmit={submit}>
      <Field label="Name" value={form.name} onChange={(e) => type({ name: e.target.value })} maxLength={200} required problem={problems.name} />
      <Address id={id} name={form.name} slug={slug} />
      <div className="fields">
        <SelectField label="Type" value={form.type} onChange={(e) => type({ type: e.target.value as EventType })}>
          {EVENT_TYPES.map((value) => <option key={value} value={value}>{TYPE_NAMES[value]}</option>)}
        </SelectField>
        <VenueChoice value={form.venue_id} onChange={(venue_id: VenueId | '') => type({ venue_id })} problem={problems.venue_id} />
      </div>
      <LongText
        label="Description"
        value={form.description}
        onChange={(e) => type({ description: e.target.value })}
        hint="What somebody should know before buying."
      />
      <div className="fields">
        <Field
          label="Starts"
          type="datetime-local"
          value={form.starts}
          onChange={(e) => type({ starts: e.target.value })}
          required
          hint="Toronto time"
          problem={problems.starts}
        />
        <Field
          label="Ends"
          type="datetime-local"
          value={form.ends}
          onChange={(e) => type({ ends: e.target.value })}
          required
          hint="Toronto time"
          problem={problems.ends}
        />
      </div>
      <div className="fields">
        <Field
          label="Capacity"
          inputMode="numeric"
          value={form.capacity}
          onChange={(e) => type({ capacity: e.target.value })}
          required
          hint={sold > 0 ? `${counted(sold, 'ticket is', 'tickets are')} sold already.` : 'The most tickets to sell: 10 to 10,000.'}
          problem={problems.capacity}
        />
        <Field
          label="Price in dollars"
          inputMode="decimal"
          value={form.price}
          onChange={(e) => type({ price: e.target.value })}
          required
          hint="Canadian dollars, per ticket. 0 for a free event."
          problem={problems.price}
        />
        <SelectField
          label="Visibility"
          value={form.visibility}
          onChange={(e) => type({ visibility: e.target.value as Visibility })}
          hint={form.visibility === 'public' ? 'Everybody finds it, once published.' : 'Nobody finds it, and this shop does not sell it.'}
        >
          <option value="public">Public</option>
          <option value="private">Private</option>
        </SelectField>
      </div>
      {refusal !== undefined && 'message' in refusal && <Notice tone="problem" title="It was not saved">{refusal.message}</Notice>}
      <div className="row">
        <Button type="submit" busy={write.isPending} disabled={!isChanged}>{saveWord}</Button>
        {isChanged && <Button kind="plain" onClick={startOver}>Discard changes</Button>}
        <span className="muted small" role="status">{isChanged ? 'Not saved yet.' : write.isSuccess ? 'Saved.' : ''}</span>
      </div>
    </form>
  );
}

/** The page's address: as it will be while the name is typed, and for good once the event is saved. */
function Address({ id, name, slug }: { id: EventId; name: string; slug: string | undefined }) {
  return (
    <p className="small muted address">
      {slug === undefined ? 'Its address will be ' : 'Its address stays '}
      <span className="mono">/events/{slug ?? slugOf(name, id)}</span>
    </p>
  );
}

/** The last part of the address. A name can be no text, such as half an emoji: then there is none to show yet. */
function slugOf(name: string, id: EventId): string {
  try {
    return slugs.generate(name, id);
  } catch {
    return '…';
  }
}
