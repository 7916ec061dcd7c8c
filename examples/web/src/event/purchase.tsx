import type { Placement } from '@eventos/wasm';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';

import { Button, buttonClass, inWords, Notice } from '../design/components';
import { Modal } from '../design/modal';
import { counted, price } from '../format';
import { SignIn, useSession } from '../session';
import { QuantityStepper } from './quantity-stepper';
import { SeatsLeft, useSeats } from './seats-left';
import type { ShownEvent } from './shown-event';
import { usePurchase } from './use-purchase';

/** The most tickets of one order. */
const MOST = 20;

/** How many tickets, and the order of them. Who is not signed in is asked to, and the order goes on by itself. */
export function Purchase({ event }: { event: ShownEvent }) {
  const session = useSession();
  const seats = useSeats(event);
  const most = Math.min(MOST, seats.left ?? MOST);
  const [quantity, choose] = useQuantity(most);
  const [isSigningIn, setSigningIn] = useState(false);
  const purchase = usePurchase(event.id);
  const isSoldOut = seats.left === 0;

  function change(wished: number) {
    purchase.reset();
    choose(wished);
  }

  function buy() {
    if (session) purchase.mutate({ customer_id: session.user_id, quantity });
    else setSigningIn(true);
  }

  return (
    <div className="stack">
      <SeatsLeft {...seats} capacity={event.capacity} />
      {!isSoldOut && (
        <div className="row spread">
          <QuantityStepper value={quantity} most={most} onChange={change} />
          <p className="sale-total">
            <span className="muted small">Total</span>
            <strong className="number">{price(quantity * event.price_cents)}</strong>
          </p>
        </div>
      )}
      <Button wide busy={purchase.isPending} disabled={isSoldOut || session === undefined} onClick={buy}>
        {isSoldOut ? 'Sold out' : 'Get tickets'}
      </Button>
      {purchase.data !== undefined && <Refusal placement={purchase.data} quantity={quantity} />}
      {purchase.error !== null && <Notice tone="problem" title="The order was not placed">{inWords(purchase.error)}</Notice>}
      <p className="muted small">
        {isSoldOut
          ? 'Seats that others hold may be free again within 15 minutes. This page looks every few seconds.'
          : 'Your seats are held for 15 minutes while you fill in who will come.'}
      </p>
      {isSigningIn && (
        <Modal label="Sign in" onClose={() => setSigningIn(false)}>
          <SignIn
            heading="h2"
            why={`Your ${counted(quantity, 'ticket')} for ${event.name} will belong to your account.`}
            onSignedIn={({ user_id }) => {
              setSigningIn(false);
              purchase.mutate({ customer_id: user_id, quantity });
            }}
          />
        </Modal>
      )}
    </div>
  );
}

/** The number of tickets, which the address keeps: signing up or a reload does not lose it. */
function useQuantity(most: number): [number, (quantity: number) => void] {
  const [params, setParams] = useSearchParams();
  const wished = Number.parseInt(params.get('tickets') ?? '1', 10) || 1;
  const choose = (quantity: number) => setParams({ tickets: String(quantity) }, { replace: true });
  return [Math.max(1, Math.min(wished, most)), choose];
}

/** Why an order was not placed. */
function Refusal({ placement, quantity }: { placement: Placement; quantity: number }) {
  switch (placement.outcome) {
    case 'placed':
      return null;
    case 'sold_out':
      return placement.available === 0 ? (
        <Notice tone="warn" title="Somebody was faster">The last seats are taken.</Notice>
      ) : (
        <Notice tone="warn" title={`Only ${counted(placement.available, 'seat')} left`}>
          {counted(quantity, 'ticket')} cannot be ordered any more: choose fewer.
        </Notice>
      );
    case 'too_many_unpaid':
      return (
        <Notice
          tone="warn"
          title="Pay for what you hold first"
          action={<Link to="/tickets" className={buttonClass('quiet')}>See my open orders</Link>}
        >
          An account holds at most {placement.limit} unpaid seats of an event.
        </Notice>
      );
    case 'not_on_sale':
      return <Notice tone="warn" title="This event is not on sale any more">Its organizer has just closed the sale.</Notice>;
  }
}
