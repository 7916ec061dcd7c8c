import type { ProfileId } from '@eventos/wasm';
import { useEffect, useState } from 'react';

import { Button, Notice } from '../design/components';
import { FocusedTitle } from '../design/focused-title';
import { useOrder, type ShownOrder } from './order';

const LOOK_EVERY_MS = 1_000;
const LONG_MS = 20_000;

interface AwaitedPaymentProps {
  order: ShownOrder;
  customer_id: ProfileId;
  /** What went wrong after the payment was made: it may have gone through all the same. */
  problem: Error | null;
  /** Goes back to the form: the payment is not awaited any more. */
  onGiveUp: () => void;
}

/** The payment is made, and the order looked at until it says so. */
export function AwaitedPayment({ order, customer_id, problem, onGiveUp }: AwaitedPaymentProps) {
  const { isError } = useOrder(order.id, customer_id, LOOK_EVERY_MS);
  const isLong = useIsLong();
  return (
    <section className="awaited">
      <title>Waiting for the payment · EventOS</title>
      <span className="spinner" aria-hidden="true" />
      <FocusedTitle>Waiting for the payment</FocusedTitle>
      <p className="muted">
        The payment is made. Stripe now tells the box office with a webhook, and the box office makes your tickets: mostly a matter of
        a second. You may close this page. Your tickets will be under My tickets.
      </p>
      {problem !== null && (
        <Notice tone="warn" title="The payment may have gone through all the same">
          <p>Whether it did, the order says: it is looked at every second.</p>
          <p className="small">{problem.message}</p>
        </Notice>
      )}
      {isError && <Notice tone="warn" title="The order cannot be read just now">It is asked for again every second.</Notice>}
      {isLong && (
        <Notice
          tone="warn"
          title="This takes longer than it should"
          action={<Button kind="quiet" onClick={onGiveUp}>Back to the order</Button>}
        >
          An order is paid once, however often you try. A payment that came too late for its seats is paid back.
        </Notice>
      )}
    </section>
  );
}

function useIsLong(): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLong;
}
