import { useQueryClient } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'react-router';

import { buttonClass } from '../design/components';
import { FocusedTitle } from '../design/focused-title';
import { counted, price, span } from '../format';
import { TicketList } from '../tickets/ticket-list';
import { forgetDraft } from './draft';
import type { ShownOrder } from './order';

/** A paid order: the tickets, and where they are found again. */
export function Confirmation({ order }: { order: ShownOrder }) {
  const cache = useQueryClient();
  const { event, tickets } = order;

  useEffect(() => {
    forgetDraft(order.id);
    void cache.invalidateQueries({ queryKey: ['eventos', 'tickets'] });
  }, [cache, order.id]);

  return (
    <div className="stack-loose">
      <title>You are going · EventOS</title>
      <header className="confirmation">
        <CircleCheckBig size={44} aria-hidden="true" />
        <FocusedTitle>You are going{event !== null && ` to ${event.name}`}</FocusedTitle>
        <p>{event !== null && span(event.start_at, event.end_at)}</p>
        <p className="muted">
          {counted(tickets.length, 'ticket')}, {order.total_cents === 0 ? 'free' : `${price(order.total_cents)} paid`}, order{' '}
          <span className="mono">{order.order_number}</span>
        </p>
        <div className="row">
          <Link to="/tickets" className={buttonClass()}>My tickets</Link>
          <Link to="/" className={buttonClass('quiet')}>More events</Link>
        </div>
      </header>
      {event !== null && <TicketList tickets={tickets} event={event} />}
    </div>
  );
}
