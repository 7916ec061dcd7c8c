import type { OrderId, ProfileId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';

/** One's own order with its event and its tickets; null where there is none. `every` asks again after so many milliseconds. */
export function useOrder(order_id: OrderId, customer_id: ProfileId, every: number | false) {
  const eventos = useEventos();
  return useQuery({
    queryKey: orderKey(order_id, customer_id),
    queryFn: async ({ signal }) =>
      eventos.orders
        .select({
          id: 1,
          order_number: 1,
          quantity: 1,
          unit_price_cents: 1,
          total_cents: 1,
          payment_status: 1,
          created_at: 1,
          event_id: 1,
          event: { name: 1, slug: 1, type: 1, status: 1, start_at: 1, end_at: 1, venue: { name: 1, city: 1 } },
          tickets: {
            id: 1,
            ticket_number: 1,
            qr_code: 1,
            status: 1,
            checked_in_at: 1,
            attendee: { full_name: 1 },
            $order: ['created_at', 'id'],
          },
        })
        .where((o) => [o.id.eq(order_id), o.customer_id.eq(customer_id)])
        .signal(signal)
        .maybeSingle(),
    refetchInterval: every,
  });
}

export function orderKey(order_id: OrderId, customer_id: ProfileId) {
  return ['eventos', 'order', customer_id, order_id];
}

export type ShownOrder = NonNullable<ReturnType<typeof useOrder>['data']>;
