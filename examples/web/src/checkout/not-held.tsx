import { queries, useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { buttonClass, Notice } from '../design/components';
import { counted, ownHour } from '../format';
import { holdEnds } from './hold';
import type { ShownOrder } from './order';

interface SeatsFor {
  /** How many can be had now; undefined while that is not known, or need not be. */
  left: number | undefined;
  /** There are enough for the order: its own ones while they are held, and later those that are left. */
  isEnough: boolean;
}

/** Whether an order can be paid, as far as seats go. */
export function useSeatsFor({ event_id, quantity }: ShownOrder, isHeld: boolean): SeatsFor {
  const { data } = useQuery({ ...queries.availableSeats(useEventos(), event_id, 5_000), enabled: !isHeld });
  const left = isHeld ? undefined : (data ?? undefined);
  return { left, isEnough: isHeld || (left !== undefined && left >= quantity) };
}

interface NotHeldProps {
  order: ShownOrder;
  seats: SeatsFor;
  hasJustFailed: boolean;
}

/** What it means that an order holds no seats any more. */
export function NotHeld({ order, seats, hasJustFailed }: NotHeldProps) {
  return (
    <Notice
      tone={hasJustFailed ? 'problem' : 'warn'}
      title={titleOf(order, hasJustFailed)}
      action={order.event !== null && <Link to={`/events/${order.event.slug}`} className={buttonClass('quiet')}>Order anew</Link>}
    >
      {reasonOf(order, hasJustFailed)} {outlook(seats, order.quantity)}
    </Notice>
  );
}

function titleOf({ payment_status }: ShownOrder, hasJustFailed: boolean): string {
  if (hasJustFailed) return 'The payment failed';
  return payment_status === 'failed' ? 'This order is not paid' : 'Your seats are not held any more';
}

function reasonOf({ payment_status, created_at }: ShownOrder, hasJustFailed: boolean): string {
  if (hasJustFailed) return 'No money was taken, and the order let go of its seats.';
  if (payment_status === 'failed') return 'Its payment failed, or it was cancelled, so that it holds no seats.';
  return `Until ${ownHour(holdEnds(created_at))} they were held for you.`;
}

function outlook({ left, isEnough }: SeatsFor, quantity: number): string {
  if (left === undefined) return 'We look whether there are seats …';
  const rest = `${counted(left, 'seat is', 'seats are')} left`;
  if (isEnough) return `${rest}: you can still pay for yours, until others take them.`;
  return left === 0 ? 'The event is sold out meanwhile.' : `Only ${rest}, fewer than the ${quantity} of this order.`;
}
