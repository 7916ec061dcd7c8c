import { Clock, MapPin } from 'lucide-react';
import { Link } from 'react-router';

import { place, price, span } from '../format';
import { CancelOrder, type Cancellation } from './cancel-order';
import { HoldClock } from './hold-clock';
import type { ShownOrder } from './order';

interface OrderSummaryProps {
  order: ShownOrder;
  isHeld: boolean;
  cancellation: Cancellation;
}

/** What was ordered, what it costs, and how long its seats are held: a receipt. */
export function OrderSummary({ order, isHeld, cancellation }: OrderSummaryProps) {
  const { event, quantity, unit_price_cents, total_cents, order_number } = order;
  return (
    <div className="receipt">
      {isHeld && <HoldClock created_at={order.created_at} />}
      {event !== null && (
        <div className="stack-tight">
          <h2 className="subtitle"><Link to={`/events/${event.slug}`}>{event.name}</Link></h2>
          <ul className="receipt-facts">
            <li><Clock size={16} aria-hidden="true" />{span(event.start_at, event.end_at)}</li>
            <li><MapPin size={16} aria-hidden="true" />{place(event.venue)}</li>
          </ul>
        </div>
      )}
      <dl className="receipt-lines">
        <div><dt>Tickets</dt><dd className="number">{quantity} × {price(unit_price_cents)}</dd></div>
        <div><dt>Order</dt><dd className="mono">{order_number}</dd></div>
        <div className="receipt-total"><dt>Total</dt><dd className="number">{price(total_cents)}</dd></div>
      </dl>
      {order.payment_status === 'pending' && <CancelOrder cancellation={cancellation} />}
    </div>
  );
}
