import type { Guest, OrderId, PaymentStatus } from '@eventos/wasm';
import { useEffect, useState } from 'react';

import { tabStorage } from '../browser-storage';
import type { ShownOrder } from './order';

/** What was typed for one attendee. */
export interface TypedGuest {
  full_name: string;
  email: string;
  phone: string;
}

/** What a checkout has in hand: who will come, and the payment that is under way. */
export interface Draft {
  guests: TypedGuest[];
  /** How the order stood when a payment was made: that is awaited until it stands otherwise. */
  paid_when?: PaymentStatus | undefined;
}

const NOBODY: TypedGuest = { full_name: '', email: '', phone: '' };

/** The draft of an order, which a reload of the page does not lose while the order waits for its payment. */
export function useDraft(order: ShownOrder) {
  const { id, quantity } = order;
  const [draft, setDraft] = useState(() => keptDraft(id, quantity));
  const isKept = order.payment_status === 'pending' || isAwaited(order, draft);
  useEffect(() => {
    if (isKept) tabStorage?.setItem(keyOf(id), JSON.stringify(draft));
    else forgetDraft(id);
  }, [id, draft, isKept]);
  return [draft, setDraft] as const;
}

/** Whether a payment was made of which the order does not tell yet how it ended. */
export function isAwaited({ payment_status }: ShownOrder, { paid_when }: Draft): boolean {
  return paid_when === payment_status;
}

/** Forgets the draft of an order that has come to its end. */
export function forgetDraft(order_id: OrderId): void {
  tabStorage?.removeItem(keyOf(order_id));
}

/** As the box office takes it. */
export function asGuest({ full_name, email, phone }: TypedGuest): Guest {
  return { full_name: full_name.trim(), email: email.trim(), phone: phone.trim() || null };
}

type Problems = Partial<Record<keyof TypedGuest, string>>;

/** What is missing or wrong, field by field. */
export function problemsOf(guest: TypedGuest): Problems {
  const { full_name, email } = asGuest(guest);
  const problems: Problems = {};
  if (full_name === '') problems.full_name = 'Enter the name that the door will ask for.';
  if (email === '') problems.email = 'Enter an e-mail address.';
  else if (!/^[^\s@]+@[^\s@]+$/.test(email)) problems.email = 'This is no e-mail address: one looks like name@example.com.';
  return problems;
}

function keptDraft(order_id: OrderId, quantity: number): Draft {
  const kept = tabStorage?.getItem(keyOf(order_id)) ?? undefined;
  const { guests, paid_when } = (kept === undefined ? { guests: [] } : JSON.parse(kept)) as Draft;
  return { guests: Array.from({ length: quantity }, (_, index) => ({ ...NOBODY, ...guests[index] })), paid_when };
}

function keyOf(order_id: OrderId): string {
  return `eventos.checkout:${order_id}`;
}
