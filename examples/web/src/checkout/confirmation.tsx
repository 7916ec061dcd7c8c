import { useQueryClient } from '@tanstack/react-query';
import { CircleCheckBig, Info } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'react-router';

import { buttonClass } from '../design/components';
import { FocusedTitle } from '../design/focused-title';
import { counted, price, span } from '../format';
import { closureOf, isOver } from '../tickets/closure';
import { TicketList } from '../tickets/ticket-list';
import { forgetDraft } from './draft';
import type { ShownOrder } from './order';

/** A paid order: the tickets, and where they are found again. */
export function Confirmation({ order }: { order: ShownOrder }) {
  const cache = useQueryClient();
  const { event, tickets } = order;
  const outlook = outlookOf(event);

  useEffect(() => {
    forgetDraft(order.id);
    void cache.invalidateQueries({ queryKey: ['eventos', 'tickets'] });
  }, [cache, order.id]);

  return (
    <div className="stack-loose">
      <title>{`${outlook.isGood ? 'You are going' : 'Your order'} · EventOS`}</title>
      <header className={outlook.isGood ? 'confirmation is-good' : 'confirmation'}>
        {outlook.isGood ? <CircleCheckBig size={44} aria-hidden="true" /> : <Info size={44} aria-hidden="true" />}
        <FocusedTitle>{outlook.title}</FocusedTitle>
        {outlook.text !== undefined && <p>{outlook.text}</p>}
        {event !== null && <p>{span(event.start_at, event.end_at)}</p>}
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

interface Outlook {
  isGood: boolean;
  title: string;
  text?: string;
}

/** What the tickets of a paid order are good for. */
function outlookOf(event: ShownOrder['event']): Outlook {
  if (event === null) return { isGood: false, title: 'Your order is paid' };
  const closure = closureOf(event);
  if (closure !== undefined) {
    return { isGood: false, title: `${event.name} ${closure.verb}`, text: 'Your tickets admit nobody. Its organizer can say more.' };
  }
  if (isOver(event)) return { isGood: false, title: `${event.name} is over` };
  return { isGood: true, title: `You are going to ${event.name}` };
}
