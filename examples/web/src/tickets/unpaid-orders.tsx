import type { ProfileId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { HOLD_MS, holdEnds } from '../checkout/hold';
import { buttonClass, Notice } from '../design/components';
import { counted, hour, price } from '../format';

/** Orders that hold seats and wait for their payment, and the way back to them. */
export function UnpaidOrders({ customer_id }: { customer_id: ProfileId }) {
  const eventos = useEventos();
  const { data: orders = [] } = useQuery({
    queryKey: ['eventos', 'unpaid', customer_id],
    queryFn: async ({ signal }) =>
      eventos.orders
        .select({ id: 1, quantity: 1, total_cents: 1, created_at: 1, event: { name: 1 } })
        .where((o) => [o.customer_id.eq(customer_id), o.payment_status.eq('pending'), o.created_at.gt(new Date(Date.now() - HOLD_MS))])
        .orderBy('created_at')
        .limit(20)
        .signal(signal),
    refetchInterval: 60_000,
  });
  return orders.map(({ id, quantity, total_cents, created_at, event }) => (
    <Notice
      key={id}
      tone="warn"
      title={`${counted(quantity, 'ticket')} for ${event?.name ?? 'an event'} not paid yet`}
      action={<Link to={`/orders/${id}`} className={buttonClass('quiet')}>Go on to the payment</Link>}
    >
      Until {hour(holdEnds(created_at).toISOString())} the seats are held for you, for {price(total_cents)}.
    </Notice>
  ));
}
