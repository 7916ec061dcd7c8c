import './tickets.css';

import { useState } from 'react';

import { closureOf } from './closure';
import { DoorView } from './door-view';
import type { HeldTicket, TicketEvent } from './held-ticket';
import { TicketPaper } from './ticket-paper';

interface TicketListProps {
  tickets: readonly HeldTicket[];
  event: TicketEvent;
  isPast?: boolean;
}

/** The tickets of one event, each to be shown at the door. */
export function TicketList({ tickets, event, isPast = false }: TicketListProps) {
  const [shown, setShown] = useState<HeldTicket['id']>();
  return (
    <>
      <ul className="tickets">
        {tickets.map((ticket) => (
          <li key={ticket.id}><TicketPaper ticket={ticket} event={event} isPast={isPast} onShow={() => setShown(ticket.id)} /></li>
        ))}
      </ul>
      {shown !== undefined && closureOf(event) === undefined && (
        <DoorView tickets={tickets} shown={shown} event={event} onTurn={setShown} onClose={() => setShown(undefined)} />
      )}
    </>
  );
}
