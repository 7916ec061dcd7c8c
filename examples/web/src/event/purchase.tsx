import type { Placement } from '@eventos/wasm';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';

import { HOLD } from '../checkout/hold';
import { UnpaidOrders } from '../checkout/unpaid-orders';
import { Button, buttonClass, inWords, Notice } from '../design/components';
import { Modal } from '../design/modal';
import { counted, price } from '../format';
import { useSession } from '../session';
import { SignIn } from '../sign-in';
import { QuantityStepper } from './quantity-stepper';
import { SeatsLeft, useSeats } from './seats-left';
import type { ShownEvent } from './shown-event';
import { usePurchase } from './use-purchase';

/** The most tickets of one order, as the database has it. */
const MOST = 20;

/** How many tickets, and the order of them. Who is not signed in is asked to, and the order goes on by itself. */
export function Purchase({ event }: { event: ShownEvent }) {
  const session = useSession();
  const seats = useSeats(event);
  const [quantity, choose] = useQuantity();
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
      {session && <UnpaidOrders customer_id={session.user_id} event_id={event.id} />}
      {!isSoldOut && (
        <div className="row spread">
          <QuantityStepper value={quantity} most={Math.min(MOST, seats.left ?? MOST)} onChange={change} />
          <p className="sale-total">
            <span className="muted small">Total</span>
            <strong className="number">{price(quantity * event.price_cents)}</strong>
          </p>
          <p className="sale-limit" role="status">{limitOf(quantity, seats.left)}</p>
        </div>
      )}
      <Button wide busy={purchase.isPending} disabled={isSoldOut || session === undefined} onClick={buy}>
        {isSoldOut ? 'Sold out' : 'Get tickets'}
      </Button>
      {purchase.data !== undefined && <Refusal placement={purchase.data} quantity={quantity} />}
      {purchase.error !== null && <Notice tone="problem" title="The order was not placed">{inWords(purchase.error)}</Notice>}
      <p className="muted small">
        {isSoldOut
          ? `Seats that are held for somebody may be free again within ${HOLD}. This page looks every few seconds.`
          : `Your seats are held for ${HOLD} while you fill in who will come.`}
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

/**
 * The number of tickets, which the address keeps: signing up or a reload does not lose it. It is left as it was chosen also where
 * fewer seats are left: the customer's own order may hold them, and asking for the same again leads back to it.
 */
function useQuantity(): [number, (quantity: number) => void] {
  const [params, setParams] = useSearchParams();
  const wished = Number.parseInt(params.get('tickets') ?? '1', 10) || 1;
  const choose = (quantity: number) => setParams({ tickets: String(quantity) }, { replace: true });
  return [Math.max(1, Math.min(wished, MOST)), choose];
}

/** Why there cannot be more tickets than that; undefined where there can. */
function limitOf(quantity: number, left = MOST): string | undefined {
  if (quantity > left) return `Only ${counted(left, 'seat is', 'seats are')} left.`;
  if (quantity === MOST) return `An order has at most ${MOST} tickets.`;
  return quantity === left ? 'These are the last seats.' : undefined;
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
