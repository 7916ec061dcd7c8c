import type { EventId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useEffect, useState } from 'react';

import { BLANK, type EventForm } from './event-form';
import { useUnsavedChanges, type Unsaved } from './unsaved-changes';

/** A new event as it is typed, with its id: what is saved again, also after a reload, is the same event. */
interface NewEventForm extends EventForm {
  /** Undefined until one is made. */
  id: EventId | undefined;
}

/** The form of an event that is not there yet. */
export function useNewEventForm(key: string): Unsaved<NewEventForm> {
  const [id, renew] = useFreshId();
  const unsaved = useUnsavedChanges<NewEventForm>(key, { ...BLANK, id });
  return {
    ...unsaved,
    change: (part) => unsaved.change({ id: unsaved.form.id, ...part }),
    discard: () => {
      unsaved.discard();
      renew();
    },
  };
}

/** A new id, and how to get another one. */
function useFreshId(): [EventId | undefined, () => void] {
  const eventos = useEventos();
  const [id, setId] = useState<EventId>();
  const renew = () => void eventos.newId<EventId>().then(setId);
  useEffect(renew, [eventos]);
  return [id, renew];
}
