import type { ProfileId } from '@eventos/wasm';
import { useRef, useState, type FormEvent } from 'react';
import { flushSync } from 'react-dom';

import { AttendeeFields } from './attendee-fields';
import { problemsOf, type TypedGuest } from './draft';
import type { ShownOrder } from './order';
import { PaymentPanel } from './payment-panel';
import { SameAsMe } from './same-as-me';

interface AttendeeFormProps {
  order: ShownOrder;
  customer_id: ProfileId;
  guests: TypedGuest[];
  onChange: (guests: TypedGuest[]) => void;
  isBusy: boolean;
  /** Everything is filled in: to be paid, or to fail as a test. */
  onPay: (succeeds: boolean) => void;
}

/** Who will come, one ticket after the other, and the payment below. */
export function AttendeeForm({ order, customer_id, guests, onChange, isBusy, onPay }: AttendeeFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [isChecked, setChecked] = useState(false);
  const change = (index: number, guest: TypedGuest) => onChange(guests.map((other, place) => (place === index ? guest : other)));

  function pay(succeeds: boolean) {
    if (isBusy) return;
    if (guests.every((guest) => Object.keys(problemsOf(guest)).length === 0)) return onPay(succeeds);
    flushSync(() => setChecked(true));
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    pay(true);
  }

  return (
    <form ref={form} className="stack-loose" noValidate onSubmit={submit}>
      {guests.map((guest, index) => (
        <fieldset key={index} className="attendee">
          <legend>Ticket {index + 1}{guests.length > 1 && <span className="muted"> of {guests.length}</span>}</legend>
          {index === 0 && <SameAsMe customer_id={customer_id} isFixed={isBusy} onChoose={(me) => change(0, me)} />}
          <AttendeeFields
            guest={guest}
            section={`ticket-${index + 1}`}
            isChecked={isChecked}
            isFixed={isBusy}
            onChange={(changed) => change(index, changed)}
          />
        </fieldset>
      ))}
      <PaymentPanel total_cents={order.total_cents} isBusy={isBusy} onFail={() => pay(false)} />
    </form>
  );
}
