import type { EventId, Order, OrderId, Placement, ProfileId, PurchaseInput } from '@eventos/wasm';
import { useEventos, usePlaceOrder } from '@eventos/wasm/react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';

import { tabStorage } from '../browser-storage';
import { compareClocks, holdEnds } from '../checkout/hold';

/** Places an order of an event, and leads to where it is paid. */
export function usePurchase(event_id: EventId) {
  const eventos = useEventos();
  const navigate = useNavigate();
  const { mutateAsync: place } = usePlaceOrder();

  async function placeNew(wish: Wish): Promise<Placement> {
    const order_id = await eventos.newId<OrderId>();
    keepOrderId(wish, order_id);
    const asked_at = Date.now();
    const placement = await place({ ...wish, order_id });
    if (placement.outcome === 'placed') compareClocks(asked_at, placement.order);
    return placement;
  }

  return useMutation({
    mutationFn: async ({ customer_id, quantity }: { customer_id: ProfileId; quantity: number }) => {
      const wish = { customer_id, event_id, quantity };
      const kept = keptOrderId(wish);
      if (kept === undefined) return placeNew(wish);
      const placement = await place({ ...wish, order_id: kept });
      if (placement.outcome !== 'placed' || isOpen(placement.order)) return placement;
      // It is the order of an earlier visit, which has come to its end: this is a new wish.
      return placeNew(wish);
    },
    onSuccess: (placement) => {
      if (placement.outcome === 'placed') void navigate(`/orders/${placement.order.id}`);
    },
  });
}

type Wish = Omit<PurchaseInput, 'order_id'>;

/** The id of the order for a wish is kept, so that the same wish, pressed twice or sent again, is one order. */
function keepOrderId(wish: Wish, order_id: OrderId): void {
  tabStorage?.setItem(keyOf(wish), order_id);
}

function keptOrderId(wish: Wish): OrderId | undefined {
  return (tabStorage?.getItem(keyOf(wish)) ?? undefined) as OrderId | undefined;
}

function keyOf({ customer_id, event_id, quantity }: Wish): string {
  return `eventos.order:${customer_id}:${event_id}:${quantity}`;
}

function isOpen({ payment_status, created_at }: Order): boolean {
  return payment_status === 'pending' && holdEnds(created_at) > new Date();
}
