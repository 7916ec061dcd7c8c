import './sale-card.css';

import { Notice } from '../design/components';
import { price } from '../format';
import { Purchase } from './purchase';
import type { ShownEvent } from './shown-event';

/** The tickets of an event: to buy, or why not. */
export function SaleCard({ event }: { event: ShownEvent }) {
  const closed = whyClosed(event);
  return (
    <div className="sale-card">
      <p className="sale-price">
        <strong className="number">{price(event.price_cents)}</strong>
        {event.price_cents > 0 && <span className="muted">per ticket</span>}
      </p>
      {closed === undefined ? <Purchase event={event} /> : <Notice tone={closed.tone} title={closed.title}>{closed.text}</Notice>}
    </div>
  );
}

interface Closed {
  tone: 'info' | 'warn';
  title: string;
  text: string;
}

/** Why no tickets are sold; undefined while they are. */
function whyClosed({ status, visibility, end_at }: ShownEvent): Closed | undefined {
  switch (status) {
    case 'cancelled':
      return {
        tone: 'warn',
        title: 'This event was cancelled',
        text: 'No tickets are sold, and those that were admit nobody. Its organizer can say more.',
      };
    case 'completed':
      return { tone: 'info', title: 'This event has taken place', text: 'No tickets are sold any more.' };
    case 'draft':
      return {
        tone: 'info',
        title: 'This event is not on sale yet',
        text: 'Only its organizer sees it until it is published.',
      };
    case 'published':
      if (Date.parse(end_at) <= Date.now()) {
        return { tone: 'info', title: 'This event is over', text: 'No tickets are sold any more.' };
      }
      if (visibility === 'private') {
        return { tone: 'info', title: 'This event is by invitation', text: 'Its tickets are not sold here.' };
      }
      return undefined;
  }
}
