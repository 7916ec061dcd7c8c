import type { Guest, OrderId } from '@eventos/wasm';

/** A payment that the box office made for an order. */
interface Payment {
  payment_intent_id: string;
  /** An order that costs nothing is paid at once. */
  status: 'requires_payment' | 'succeeded';
}

/** Asks the box office for the payment of an order, and tells it who will come. However often it is asked, there is one. */
export function createPayment(access_token: string, order_id: OrderId, attendees: readonly Guest[]): Promise<Payment> {
  return post<Payment>('/payments', { order_id, attendees }, { Authorization: `Bearer ${access_token}` });
}

/** Ends a payment as Stripe would: with a signed webhook, which says that it succeeded or that it failed. */
export async function concludeTestPayment(payment_intent_id: string, succeeds: boolean): Promise<void> {
  await post(`/test-payments/${encodeURIComponent(payment_intent_id)}`, { succeeds });
}

async function post<Answer>(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`/box-office${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error('The box office cannot be reached just now. Look at your connection.');
  });
  if (!response.ok) throw new Error(await refusal(response));
  return (await response.json()) as Answer;
}

async function refusal(response: Response): Promise<string> {
  const answer: unknown = await response.json().catch(() => null);
  const isSaid = typeof answer === 'object' && answer !== null && 'message' in answer && typeof answer.message === 'string';
  return isSaid ? String(answer.message) : `The box office does not answer as it should (${response.status}). Try again in a moment.`;
}
