import './checkout.css';

import { isInvalidInput, type OrderId, type ProfileId } from '@eventos/wasm';
import { Link, useParams } from 'react-router';

import { buttonClass, Empty, Failure, Skeleton } from '../design/components';
import { WithAccount } from '../session';
import { Confirmation } from './confirmation';
import { OpenOrder } from './open-order';
import { useOrder, type ShownOrder } from './order';

/** An order from its placing to its tickets. */
export function CheckoutScreen() {
  const { orderId = '' } = useParams();
  return (
    <WithAccount why="An order belongs to the account that placed it.">
      {({ user_id }) => <OrderOf key={orderId} order_id={orderId as OrderId} customer_id={user_id} />}
    </WithAccount>
  );
}

function OrderOf({ order_id, customer_id }: { order_id: OrderId; customer_id: ProfileId }) {
  const { data: order, error, refetch } = useOrder(order_id, customer_id, false);
  if (order) return <ByStatus order={order} customer_id={customer_id} />;
  if (order === null || isInvalidInput(error)) return <NoSuchOrder />;
  return (
    <>
      <title>Your order · EventOS</title>
      <h1 className="visually-hidden">Your order</h1>
      {error === null ? <Waiting /> : <Failure what="The order" error={error} retry={refetch} />}
    </>
  );
}

function ByStatus({ order, customer_id }: { order: ShownOrder; customer_id: ProfileId }) {
  switch (order.payment_status) {
    case 'pending':
    case 'failed':
      return <OpenOrder order={order} customer_id={customer_id} />;
    case 'paid':
      return <Confirmation order={order} />;
    case 'refunded':
      return <RefundedOrder order={order} />;
  }
}

function RefundedOrder({ order }: { order: ShownOrder }) {
  return (
    <>
      <title>Order refunded · EventOS</title>
      <h1 className="visually-hidden">Order {order.order_number}</h1>
      <Empty title="This order was paid back" action={<Link to="/" className={buttonClass('quiet')}>See what is on sale</Link>}>
        The money of order <span className="mono">{order.order_number}</span> is on its way back to you, and its tickets are void.
      </Empty>
    </>
  );
}

function NoSuchOrder() {
  return (
    <>
      <title>No such order · EventOS</title>
      <h1 className="visually-hidden">No such order</h1>
      <Empty title="There is no such order of yours" action={<Link to="/tickets" className={buttonClass('quiet')}>My tickets</Link>}>
        The link may be wrong, or the order belongs to another account.
      </Empty>
    </>
  );
}

function Waiting() {
  return (
    <div className="columns">
      <Skeleton height="26rem" what="the order" />
      <Skeleton height="16rem" />
    </div>
  );
}
