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

/** Asks once more before it cancels: the seats may not be there again. The focus goes to what keeps them, and comes back. */
export function CancelOrder({ cancellation }: { cancellation: Cancellation }) {
  const [step, go] = useState<'idle' | 'asking' | 'kept'>('idle');
  if (step !== 'asking') return <Button kind="plain" autoFocus={step === 'kept'} onClick={() => go('asking')}>Cancel order</Button>;
  return (
    <div className="stack-tight" role="group" aria-label="Cancel order">
      <p>Let go of these seats?</p>
      <div className="row">
        <Button kind="danger" busy={cancellation.isPending} onClick={() => cancellation.mutate()}>Yes, cancel it</Button>
        <Button kind="plain" autoFocus onClick={() => go('kept')}>Keep the order</Button>
      </div>
      {cancellation.error !== null && <Notice tone="problem" title="The order was not cancelled">{inWords(cancellation.error)}</Notice>}
    </div>
  );
}
