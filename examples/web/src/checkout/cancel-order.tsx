import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Button, inWords, Notice } from '../design/components';
import type { ShownOrder } from './order';

export type Cancellation = ReturnType<typeof useCancellation>;

/** Lets go of an order and of its seats. */
export function useCancellation({ id }: ShownOrder) {
  const eventos = useEventos();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => eventos.purchase.cancel(id),
    onSettled: () => cache.invalidateQueries({ queryKey: ['eventos'] }),
  });
}

/** Asks once more before it cancels: the seats may not be there again. */
export function CancelOrder({ cancellation }: { cancellation: Cancellation }) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) return <Button kind="plain" onClick={() => setAsking(true)}>Cancel order</Button>;
  return (
    <div className="stack-tight" role="group" aria-label="Cancel order">
      <p>Let go of these seats?</p>
      <div className="row">
        <Button kind="danger" autoFocus busy={cancellation.isPending} onClick={() => cancellation.mutate()}>Yes, cancel it</Button>
        <Button kind="plain" onClick={() => setAsking(false)}>Keep the order</Button>
      </div>
      {cancellation.error !== null && <Notice tone="problem" title="The order was not cancelled">{inWords(cancellation.error)}</Notice>}
    </div>
  );
}
