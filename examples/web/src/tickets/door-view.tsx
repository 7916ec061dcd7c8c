import './door-view.css';

import { useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, CircleCheckBig } from 'lucide-react';
import { useEffect } from 'react';

import { Button } from '../design/components';
import { useOnline } from '../design/frame';
import { Modal } from '../design/modal';
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
  useFreshTickets();
  useScreenStaysOn();
  const isOnline = useOnline();
  const turnable = tickets.filter(({ id, status }) => status === 'active' || id === shown);
  const place = turnable.findIndex(({ id }) => id === shown);
  const ticket = turnable[place];
  if (ticket === undefined) return null;
  const turn = (by: number) => {
    const next = turnable[(place + by + turnable.length) % turnable.length];
    if (next !== undefined) onTurn(next.id);
  };
  return (
    <Modal label={`Ticket for ${event.name}`} className="door-view" onClose={onClose}>
      <p className="door-view-event">{event.name}</p>
      {ticket.status === 'active' ? (
        <TicketSymbol ticket={ticket} />
      ) : (
        <p className="door-view-done" role="status">
          <CircleCheckBig size={96} aria-hidden="true" />
          {ticket.status === 'used' ? 'You are in. Enjoy it.' : 'This ticket is not valid any more.'}
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

/** Asks again and again whether the ticket was scanned. */
function useFreshTickets() {
  const cache = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => {
      for (const of of ['tickets', 'order']) void cache.invalidateQueries({ queryKey: ['eventos', of] });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [cache]);
}

/** Keeps the screen bright, where the device lets a page ask for that. */
function useScreenStaysOn() {
  useEffect(() => {
    const lock = 'wakeLock' in navigator ? navigator.wakeLock.request('screen').catch(() => undefined) : undefined;
    return () => void lock?.then((held) => held?.release());
  }, []);
}
