import type { EventId, Eventos, Order, OrderId, ProfileId, PurchaseInput } from '@eventos/wasm';
import { useEventos, usePlaceOrder } from '@eventos/wasm/react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';

import { holdEnds } from '../checkout/hold';

/** Places an order of an event, and leads to where it is paid. */
export function usePurchase(event_id: EventId) {
  const eventos = useEventos();
  const navigate = useNavigate();
  const { mutateAsync: place } = usePlaceOrder();
  return useMutation({
    mutationFn: async ({ customer_id, quantity }: { customer_id: ProfileId; quantity: number }) => {
      const wish = { customer_id, event_id, quantity };
      const placement = await place({ ...wish, order_id: await orderIdOf(wish, eventos) });
      if (placement.outcome !== 'placed' || isOpen(placement.order)) return placement;
      // It is the order of an earlier visit, which has come to its end: this is a new wish.
      forgetOrderIdOf(wish);
      return place({ ...wish, order_id: await orderIdOf(wish, eventos) });
    },
    onSuccess: (placement) => {
      if (placement.outcome === 'placed') void navigate(`/orders/${placement.order.id}`);
    },
  });
}

type Wish = Omit<PurchaseInput, 'order_id'>;

/** The id of the order for a wish. It is kept, so that the same wish, pressed twice or sent again, is one order. */
async function orderIdOf(wish: Wish, eventos: Eventos): Promise<OrderId> {
  const kept = window.sessionStorage.getItem(keyOf(wish));
  if (kept !== null) return kept as OrderId;
  const made = await eventos.newId<OrderId>();
  window.sessionStorage.setItem(keyOf(wish), made);
  return made;
}

function forgetOrderIdOf(wish: Wish): void {
  window.sessionStorage.removeItem(keyOf(wish));
}

function keyOf({ customer_id, event_id, quantity }: Wish): string {
  return `eventos.order:${customer_id}:${event_id}:${quantity}`;
}

function isOpen({ payment_status, created_at }: Order): boolean {
  return payment_status === 'pending' && holdEnds(created_at) > new Date();
}
