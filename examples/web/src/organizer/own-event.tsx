import { isInvalidInput, type Event, type EventId, type ProfileId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { buttonClass, Empty, Failure, Loading } from '../design/components';

/** An event with what it sold, as its organizer sees it. */
export interface OwnEvent extends Event {
  stats: { tickets_sold: number; tickets_used: number } | null;
}

interface WithOwnEventProps {
  organizer_id: ProfileId;
  event_id: EventId;
  children: (event: OwnEvent) => ReactNode;
}

/** What an organizer sees of an event of theirs; and what is said until it is there, or where there is none. */
export function WithOwnEvent({ organizer_id, event_id, children }: WithOwnEventProps) {
  const event = useOwnEvent(organizer_id, event_id);
  if (event.data) return <>{children(event.data)}</>;
  const isNone = event.data === null || isInvalidInput(event.error);
  return (
    <>
      <title>Your event · EventOS</title>
      <h1 className="visually-hidden">Your event</h1>
      {event.isPending && <Loading what="the event" />}
      {event.isError && !isNone && <Failure what="The event" error={event.error} retry={event.refetch} />}
      {isNone && (
        <Empty title="There is no such event among yours" action={<Link className={buttonClass()} to="/organizer">To your events</Link>}>
          The link may be old, or the event belongs to another account.
        </Empty>
      )}
    </>
  );
}

function useOwnEvent(organizer_id: ProfileId, event_id: EventId) {
  const eventos = useEventos();
  return useQuery({
    queryKey: ['eventos', 'own-event', organizer_id, event_id],
    queryFn: async ({ signal }): Promise<OwnEvent | null> =>
      eventos.events
        .select({ '*': 1, stats: { tickets_sold: 1, tickets_used: 1 } })
        .where((e) => [e.id.eq(event_id), e.organizer_id.eq(organizer_id)])
        .signal(signal)
        .maybeSingle(),
    refetchInterval: 15_000,
  });
}
