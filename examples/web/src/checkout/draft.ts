import type { Guest, OrderId } from '@eventos/wasm';
import { useEffect, useState } from 'react';

/** What was typed for one attendee. */
export interface TypedGuest {
  full_name: string;
  email: string;
  phone: string;
}

/** What a checkout has in hand: who will come, and the payment that is under way. */
export interface Draft {
  guests: TypedGuest[];
  payment_intent_id?: string | undefined;
}

const NOBODY: TypedGuest = { full_name: '', email: '', phone: '' };

/** The draft of an order, which a reload of the page does not lose. */
export function useDraft(order_id: OrderId, quantity: number) {
  const [draft, setDraft] = useState(() => keptDraft(order_id, quantity));
  useEffect(() => {
    window.sessionStorage.setItem(keyOf(order_id), JSON.stringify(draft));
  }, [order_id, draft]);
  return [draft, setDraft] as const;
}

/** Forgets the draft of an order that has come to its end. */
export function forgetDraft(order_id: OrderId): void {
  window.sessionStorage.removeItem(keyOf(order_id));
}

/** As the box office takes it. */
export function asGuest({ full_name, email, phone }: TypedGuest): Guest {
  return { full_name: full_name.trim(), email: email.trim(), phone: phone.trim() || null };
}

export type Problems = Partial<Record<keyof TypedGuest, string>>;

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
  const kept = window.sessionStorage.getItem(keyOf(order_id));
  const { guests, payment_intent_id } = (kept === null ? { guests: [] } : JSON.parse(kept)) as Draft;
  return { guests: Array.from({ length: quantity }, (_, index) => ({ ...NOBODY, ...guests[index] })), payment_intent_id };
}

function keyOf(order_id: OrderId): string {
  return `eventos.checkout:${order_id}`;
}
