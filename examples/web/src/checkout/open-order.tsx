import type { ProfileId } from '@eventos/wasm';
import { Link } from 'react-router';

import { buttonClass, Empty, inWords, Notice } from '../design/components';
import { AttendeeForm } from './attendee-form';
import { AwaitedPayment } from './awaited-payment';
import { useCancellation } from './cancel-order';
import { useDraft } from './draft';
import { holdEnds, useIsAhead } from './hold';
import { NotHeld, useSeatsFor } from './not-held';
import type { ShownOrder } from './order';
import { OrderSummary } from './order-summary';
import { usePayment } from './use-payment';

/** An order that is not paid: who will come, and its payment. */
export function OpenOrder({ order, customer_id }: { order: ShownOrder; customer_id: ProfileId }) {
  const isInTime = useIsAhead(holdEnds(order.created_at));
  const isHeld = order.payment_status === 'pending' && isInTime;
  const seats = useSeatsFor(order, isHeld);
  const [draft, setDraft] = useDraft(order.id, order.quantity);
  const payment = usePayment(order, customer_id, setDraft);
  const cancellation = useCancellation(order);

  if (draft.payment_intent_id !== undefined) {
    const giveUp = () => setDraft({ ...draft, payment_intent_id: undefined });
    return <AwaitedPayment order={order} customer_id={customer_id} onGiveUp={giveUp} />;
  }
  if (cancellation.data?.outcome === 'cancelled') return <CancelledOrder order={order} />;
  if (order.event === null || order.event.status === 'cancelled' || Date.parse(order.event.end_at) < Date.now()) {
    return <PassedEvent order={order} />;
  }
  return (
    <div className={`columns columns-aside checkout type-${order.event.type}`}>
      <title>Checkout · EventOS</title>
      <aside aria-label="Your order"><OrderSummary order={order} isHeld={isHeld} cancellation={cancellation} /></aside>
      <div className="stack-loose">
        <header className="stack-tight">
          <h1 className="title">Who will come?</h1>
          <p className="muted">Everybody gets a ticket of their own, with their name on it.</p>
        </header>
        {!isHeld && <NotHeld order={order} seats={seats} hasJustFailed={payment.isSuccess && !payment.variables.succeeds} />}
        {payment.error !== null && <Notice tone="problem" title="The payment was not made">{inWords(payment.error)}</Notice>}
        {seats.isEnough && (
          <AttendeeForm
            order={order}
            customer_id={customer_id}
            guests={draft.guests}
            onChange={(guests) => setDraft({ ...draft, guests })}
            isBusy={payment.isPending}
            onPay={(succeeds) => payment.mutate({ draft, succeeds })}
          />
        )}
      </div>
    </div>
  );
}

function CancelledOrder({ order }: { order: ShownOrder }) {
  return (
    <>
      <title>Order cancelled · EventOS</title>
      <h1 className="visually-hidden">Order cancelled</h1>
      <Empty
        title="Your order is cancelled"
        action={<Link to={order.event === null ? '/' : `/events/${order.event.slug}`} className={buttonClass('quiet')}>Back to the event</Link>}
      >
        Nothing was paid, and its seats are free for others.
      </Empty>
    </>
  );
}

function PassedEvent({ order }: { order: ShownOrder }) {
  const isCancelled = order.event?.status === 'cancelled';
  return (
    <>
      <title>Order · EventOS</title>
      <h1 className="visually-hidden">Order {order.order_number}</h1>
      <Empty
        title={isCancelled ? 'The event was cancelled' : 'The event is over'}
        action={<Link to="/" className={buttonClass('quiet')}>See what is on sale</Link>}
      >
        This order was not paid, and cannot be paid any more.
      </Empty>
    </>
  );
}
