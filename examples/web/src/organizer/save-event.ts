import type { EventId, EventStatus, ProfileId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { EventFields } from './event-form';

interface NewDraft {
  id: EventId;
  organizer_id: ProfileId;
  fields: EventFields;
}

/** Saves a new event as a draft. It brings its id along, so that pressing twice, or again after a lost answer, makes one event. */
export function useSaveDraft() {
  const eventos = useEventos();
  return useMutation({
    mutationFn: async ({ id, organizer_id, fields }: NewDraft) =>
      eventos.events.upsert({ id, organizer_id, ...fields }).returning({ id: 1 }).expectOne(),
    onSettled: useRefresh(),
  });
}

/** Changes what an event says. */
export function useChangeEvent(id: EventId) {
  const eventos = useEventos();
  return useMutation({
    mutationFn: async (fields: Partial<EventFields>) =>
      eventos.events.update(fields).where((e) => e.id.eq(id)).returning({ id: 1 }).expectOne(),
    onSettled: useRefresh(),
  });
}

/** Moves an event to another status, unless somebody did so in the meantime. */
export function useMoveEvent(id: EventId) {
  const eventos = useEventos();
  return useMutation({
    mutationFn: async ({ from, to }: { from: EventStatus; to: EventStatus }) =>
      eventos.events
        .update({ status: to })
        .where((e) => [e.id.eq(id), e.status.eq(from)])
        .returning({ status: 1 })
        .expectOne(),
    onSettled: useRefresh(),
  });
}

/** Asks anew for whatever shows events. */
function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['eventos'] });
}
