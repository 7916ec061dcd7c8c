import type { ProfileId } from '@eventos/wasm';
import { Link } from 'react-router';

import { buttonClass, Empty, inWords, Notice } from '../design/components';
import { FocusedTitle } from '../design/focused-title';
import { closureOf, isOver } from '../tickets/closure';
import { AttendeeForm } from './attendee-form';
import { AwaitedPayment } from './awaited-payment';
import { useCancellation } from './cancel-order';
import { isAwaited, useDraft } from './draft';
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
  const [draft, setDraft] = useDraft(order);
  const payment = usePayment(order, customer_id, () => setDraft((now) => ({ ...now, paid_when: order.payment_status })));
  const cancellation = useCancellation(order);

  if (isAwaited(order, draft)) {
    const giveUp = () => {
      payment.reset();
      setDraft({ ...draft, paid_when: undefined });
    };
    return <AwaitedPayment order={order} customer_id={customer_id} problem={payment.error} onGiveUp={giveUp} />;
  }
  if (cancellation.data?.outcome === 'cancelled') return <CancelledOrder order={order} />;
  if (order.event === null) return <PassedOrder order={order} why="The event is not shown any more" />;
  const passed = whyPassed(order.event);
  if (passed !== undefined) return <PassedOrder order={order} why={passed} />;

  const hasJustFailed = payment.isSuccess && !payment.variables.succeeds;
  // The form that has the focus stays until it is known that there are too few seats.
  const isPayable = seats.isEnough || (hasJustFailed && seats.left === undefined);
  return (
    <div className={`columns columns-aside checkout type-${order.event.type}`}>
      <title>Checkout · EventOS</title>
      <aside aria-label="Your order"><OrderSummary order={order} isHeld={isHeld} cancellation={cancellation} /></aside>
      <div className="stack-loose">
        <header className="stack-tight">
          <h1 className="title">Who will come?</h1>
          <p className="muted">Everybody gets a ticket of their own, with their name on it.</p>
        </header>
        {!isHeld && <NotHeld order={order} seats={seats} hasJustFailed={hasJustFailed} />}
        {payment.error !== null && <Notice tone="problem" title="The payment was not made">{inWords(payment.error)}</Notice>}
        {isPayable && (
          <AttendeeForm
            order={order}
            customer_id={customer_id}
            guests={draft.guests}
            onChange={(guests) => setDraft({ ...draft, guests })}
            isBusy={payment.isPending}
            onPay={(succeeds) => payment.mutate({ guests: draft.guests, succeeds })}
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
      <FocusedTitle className="visually-hidden">Order cancelled</FocusedTitle>
      <Empty
        title="Your order is cancelled"
        action={<Link to={order.event === null ? '/' : `/events/${order.event.slug}`} className={buttonClass('quiet')}>Back to the event</Link>}
      >
        Nothing was paid, and its seats are free for others.
      </Empty>
    </>
  );
}

/** Why an order that is not paid cannot be paid either; undefined where it can. */
function whyPassed(event: NonNullable<ShownOrder['event']>): string | undefined {
  if (isOver(event)) return 'The event is over';
  const closure = closureOf(event);
  return closure && `The event ${closure.verb}`;
}

function PassedOrder({ order, why }: { order: ShownOrder; why: string }) {
  return (
    <>
      <title>Order · EventOS</title>
      <h1 className="visually-hidden">Order {order.order_number}</h1>
      <Empty title={why} action={<Link to="/" className={buttonClass('quiet')}>See what is on sale</Link>}>
        This order was not paid, and no payment is taken for it.
      </Empty>
    </>
  );
}
