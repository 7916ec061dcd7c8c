import { qr } from '@eventos/wasm';
import { Download, Maximize } from 'lucide-react';

import { Button } from '../design/components';
import { Guilloche } from '../design/guilloche';
import { dateAndHour, NO_NAME, place } from '../format';
import { closureOf } from './closure';
import type { HeldTicket, TicketEvent } from './held-ticket';
import { TicketSymbol } from './ticket-symbol';

interface TicketPaperProps {
  ticket: HeldTicket;
  event: TicketEvent;
  isPast: boolean;
  /** Shows its symbol as large as the screen. */
  onShow: () => void;
}

/** One ticket: whom it admits and to what, and the symbol on its stub while it is good. */
export function TicketPaper({ ticket, event, isPast, onShow }: TicketPaperProps) {
  const stamp = ticket.status === 'active' ? closureOf(event)?.word : ticket.status;
  const isGood = stamp === undefined;
  const holder = ticket.attendee?.full_name ?? NO_NAME;
  return (
    <article className={isGood ? 'ticket' : 'ticket is-void'} aria-label={`Ticket of ${holder}`}>
      <div className="ticket-shape">
        <div className="ticket-paper">
          <div className="ticket-body">
            <Guilloche seed={ticket.id} />
            <p className="ticket-event">{event.name}</p>
            <p className="ticket-holder">{holder}</p>
            <p>{dateAndHour(event.start_at)}</p>
            <p>{place(event.venue)}</p>
            <p className="ticket-foot">
              <Standing ticket={ticket} event={event} isPast={isPast} />
              <span className="mono">{ticket.ticket_number}</span>
            </p>
          </div>
          <div className="ticket-stub">
            {isGood ? <TicketSymbol ticket={ticket} /> : <p className="ticket-stamp" aria-hidden="true">{stamp}</p>}
          </div>
        </div>
      </div>
      {isGood && (
        <div className="ticket-acts row">
          <Button kind="quiet" onClick={onShow}>
            <Maximize size={16} aria-hidden="true" />Show at the door<OfHolder name={holder} />
          </Button>
          <Button kind="plain" onClick={() => download(ticket)}>
            <Download size={16} aria-hidden="true" />Download PNG<OfHolder name={holder} />
          </Button>
        </div>
      )}
    </article>
  );
}

function Standing({ ticket: { status, checked_in_at }, event, isPast }: Omit<TicketPaperProps, 'onShow'>) {
  switch (status) {
    case 'active': {
      const closure = closureOf(event);
      if (closure !== undefined) return <span className="badge badge-bad">Event {closure.word}: admits nobody</span>;
      return isPast ? <span className="badge">Not used</span> : <span className="badge badge-good">Valid</span>;
    }
    case 'used':
      return <span className="badge">{checked_in_at === null ? 'Used' : `Used ${dateAndHour(checked_in_at)}`}</span>;
    case 'refunded':
      return <span className="badge badge-warn">Refunded</span>;
    case 'cancelled':
      return <span className="badge badge-bad">Cancelled</span>;
  }
}

/** Saves the symbol as a picture, large enough to print. */
function download({ qr_code, ticket_number }: HeldTicket): void {
  const link = document.createElement('a');
  link.href = qr.pngDataUrl(qr_code, { scale: 12 });
  link.download = `${ticket_number}.png`;
  link.click();
}

/** Tells equal buttons apart for those who do not see beside which name they stand. */
function OfHolder({ name }: { name: string }) {
  return <span className="visually-hidden"> for {name}</span>;
}
