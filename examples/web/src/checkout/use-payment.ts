import type { ProfileId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { concludeTestPayment, createPayment } from '../box-office';
import { asGuest, type Draft } from './draft';
import { orderKey, type ShownOrder } from './order';

interface Attempt {
  draft: Draft;
  succeeds: boolean;
}

/**
 * Pays an order, or lets the payment fail. The box office makes a payment, and the test ends it in Stripe's place. That the order
 * is paid is said by the order alone, once the box office had its webhook: whoever pays looks at the order until then.
 */
export function usePayment({ id }: ShownOrder, customer_id: ProfileId, setDraft: (draft: Draft) => void) {
  const eventos = useEventos();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ draft, succeeds }: Attempt) => {
      const session = await eventos.auth.session();
      if (session === null) throw new Error('Your session has ended: sign in again, then pay.');
      const payment = await createPayment(session.access_token, id, draft.guests.map(asGuest));
      if (payment.status === 'succeeded') return;
      // Kept before the payment is ended: a reload in between goes on waiting, and does not pay again.
      if (succeeds) setDraft({ ...draft, payment_intent_id: payment.payment_intent_id });
      const { webhook_status } = await concludeTestPayment(payment.payment_intent_id, succeeds);
      if (webhook_status >= 300) throw new Error(`The box office answered to the webhook with ${webhook_status}.`);
    },
    onError: (_, { draft }) => setDraft({ ...draft, payment_intent_id: undefined }),
    onSettled: () => cache.invalidateQueries({ queryKey: orderKey(id, customer_id) }),
  });
}
