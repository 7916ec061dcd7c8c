import './door-view.css';

import type { TicketStatus } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, CircleCheckBig } from 'lucide-react';
import { useEffect } from 'react';

import { Button } from '../design/components';
import { Modal } from '../design/modal';
import { useOnline } from '../online';
import type { HeldTicket, TicketEvent } from './held-ticket';
import { TicketSymbol } from './ticket-symbol';

const LOOK_EVERY_MS = 3_000;

interface DoorViewProps {
  tickets: readonly HeldTicket[];
  shown: HeldTicket['id'];
  event: TicketEvent;
  onTurn: (ticket: HeldTicket['id']) => void;
  onClose: () => void;
}

/** A ticket over the whole screen, black on white, for the scanner at the door. It says so once its holder is in. */
export function DoorView({ tickets, shown, event, onTurn, onClose }: DoorViewProps) {
  const statusOf = useFreshStatus(tickets);
  useScreenStaysOn();
  const isOnline = useOnline();
  const turnable = tickets.filter((ticket) => statusOf(ticket) === 'active' || ticket.id === shown);
  const place = turnable.findIndex(({ id }) => id === shown);
  const ticket = turnable[place];
  if (ticket === undefined) return null;
  const status = statusOf(ticket);
  const turn = (by: number) => {
    const next = turnable[(place + by + turnable.length) % turnable.length];
    if (next !== undefined) onTurn(next.id);
  };
  return (
    <Modal label={`Ticket for ${event.name}`} className="door-view" onClose={onClose}>
      <p className="door-view-event">{event.name}</p>
      {status === 'active' ? (
        <TicketSymbol ticket={ticket} />
      ) : (
        <p className="door-view-done" role="status">
          <CircleCheckBig size={96} aria-hidden="true" />
          {status === 'used' ? 'You are in. Enjoy it.' : 'This ticket is not valid any more.'}
        </p>
      )}
      <p className="door-view-holder">{ticket.attendee?.full_name}</p>
      <p className="mono">{ticket.ticket_number}</p>
      {!isOnline && <p className="muted small">You are offline. The code works at the door all the same.</p>}
      {turnable.length > 1 && (
        <div className="row door-view-turn">
          <Button kind="quiet" aria-label="Previous ticket" onClick={() => turn(-1)}><ChevronLeft size={20} aria-hidden="true" /></Button>
          <span className="number" role="status">{place + 1} of {turnable.length}</span>
          <Button kind="quiet" aria-label="Next ticket" onClick={() => turn(1)}><ChevronRight size={20} aria-hidden="true" /></Button>
        </div>
      )}
    </Modal>
  );
}

/** Asks again and again whether a ticket was scanned. Where one was, what is behind this view is asked for again too. */
function useFreshStatus(tickets: readonly HeldTicket[]): (ticket: HeldTicket) => TicketStatus {
  const eventos = useEventos();
  const cache = useQueryClient();
  const ids = tickets.map(({ id }) => id);
  const { data = [] } = useQuery({
    queryKey: ['eventos', 'shown', ids],
    queryFn: async ({ signal }) => eventos.tickets.select({ id: 1, status: 1 }).where((t) => t.id.in(ids)).signal(signal),
    refetchInterval: LOOK_EVERY_MS,
  });
  const fresh = new Map(data.map(({ id, status }) => [id, status]));
  const statusOf = ({ id, status }: HeldTicket) => fresh.get(id) ?? status;
  const isChanged = tickets.some((ticket) => statusOf(ticket) !== ticket.status);
  useEffect(() => {
    if (!isChanged) return;
    for (const of of ['tickets', 'order']) void cache.invalidateQueries({ queryKey: ['eventos', of] });
  }, [cache, isChanged]);
  return statusOf;
}

/** Keeps the screen bright, where the device lets a page ask for that. It forgets that whenever the page is hidden. */
function useScreenStaysOn() {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return undefined;
    let lock: Promise<WakeLockSentinel | undefined> | undefined;
    const ask = () => {
      if (document.visibilityState === 'visible') lock = navigator.wakeLock.request('screen').catch(() => undefined);
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock?.then((held) => held?.release());
    };
  }, []);
}
