import { CreditCard } from 'lucide-react';

import { Button } from '../design/components';
import { price } from '../format';
import { useOnline } from '../online';

interface PaymentPanelProps {
  total_cents: number;
  isBusy: boolean;
  onFail: () => void;
}

/** Stands where Stripe's payment element is in a shop that takes money. */
export function PaymentPanel({ total_cents, isBusy, onFail }: PaymentPanelProps) {
  const isOnline = useOnline();
  const isFree = total_cents === 0;
  return (
    <section className="payment" aria-labelledby="payment">
      <div className="row spread">
        <h2 id="payment" className="subtitle">Payment</h2>
        <span className="badge badge-warn">Test: no card is charged</span>
      </div>
      {isFree ? (
        <p className="muted">These tickets cost nothing, so there is nothing to pay.</p>
      ) : (
        <p className="payment-element">
          <CreditCard size={22} aria-hidden="true" />
          <span>Stripe&rsquo;s payment element stands here in a shop that takes money. In this one you say how the payment ends.</span>
        </p>
      )}
      {!isOnline && <p className="payment-offline">You are offline. What you typed is kept; you can pay once there is a network.</p>}
      <Button type="submit" wide busy={isBusy} disabled={!isOnline}>{isFree ? 'Get the free tickets' : `Pay ${price(total_cents)}`}</Button>
      {!isFree && <Button kind="plain" disabled={!isOnline} onClick={onFail}>Let the payment fail</Button>}
    </section>
  );
}
