import type { ProfileId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { concludeTestPayment, createPayment } from '../box-office';
import { asGuest, type TypedGuest } from './draft';
import { orderKey, type ShownOrder } from './order';

interface Attempt {
  guests: TypedGuest[];
  succeeds: boolean;
}

/**
 * Pays an order, or lets the payment fail. The box office makes a payment, and the test ends it in Stripe's place. That the order
 * is paid is said by the order alone, once the box office had its webhook: from `onMade` on it is looked at, whatever answer
 * comes, or none.
 */
export function usePayment({ id }: ShownOrder, customer_id: ProfileId, onMade: () => void) {
  const eventos = useEventos();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ guests, succeeds }: Attempt) => {
      const session = await eventos.auth.session();
      if (session === null) throw new Error('Your session has ended: sign in again, then pay.');
      const { payment_intent_id, status } = await createPayment(session.access_token, id, guests.map(asGuest));
      if (status === 'succeeded') return;
      // Before the payment is ended: a reload in between goes on waiting, and does not pay again.
      if (succeeds) onMade();
      await concludeTestPayment(payment_intent_id, succeeds);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: orderKey(id, customer_id) }),
  });
}
