import { columns, type EventId, type ProfileId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { buttonClass, Notice } from '../design/components';
import { counted, ownHour, price } from '../format';
import { holdEnds, oldestHeld } from './hold';

/** Orders that hold seats and can be paid, of one event or of all, and the way back to them. */
export function UnpaidOrders({ customer_id, event_id }: { customer_id: ProfileId; event_id?: EventId }) {
  const orders = useUnpaidOrders(customer_id).filter((order) => event_id === undefined || order.event_id === event_id);
  return orders.map(({ id, quantity, total_cents, created_at, event }) => (
    <Notice
      key={id}
      tone="warn"
      title={`${counted(quantity, 'ticket')} for ${event.name} not paid yet`}
      action={<Link to={`/orders/${id}`} className={buttonClass('quiet')}>Go on to the payment</Link>}
    >
      Until {ownHour(holdEnds(created_at))} the seats are held for you{total_cents > 0 && `, for ${price(total_cents)}`}.
    </Notice>
  ));
}

function useUnpaidOrders(customer_id: ProfileId) {
  const eventos = useEventos();
  const { data = [] } = useQuery({
    queryKey: ['eventos', 'unpaid', customer_id],
    queryFn: async ({ signal }) =>
      eventos.orders
        .select({
          id: 1,
          quantity: 1,
          total_cents: 1,
          created_at: 1,
          event_id: 1,
          event: { name: 1, $inner: true, $where: columns.events.status.eq('published') },
        })
        .where((o) => [o.customer_id.eq(customer_id), o.payment_status.eq('pending'), o.created_at.gt(oldestHeld())])
        .orderBy('created_at')
        .limit(20)
        .signal(signal),
    refetchInterval: 60_000,
  });
  return data;
}
