import { useState } from 'react';

import { Field } from '../design/components';
import { problemsOf, type TypedGuest } from './draft';

interface AttendeeFieldsProps {
  guest: TypedGuest;
  /** Tells one attendee's fields from another's, for the browser's own filling in. */
  section: string;
  /** Somebody tried to pay: every problem is shown, not only those of fields that were left. */
  isChecked: boolean;
  /** The payment is under way, with what was typed. */
  isFixed: boolean;
  onChange: (guest: TypedGuest) => void;
}

/** The fields of one attendee. A problem is shown once its field was left. */
export function AttendeeFields({ guest, section, isChecked, isFixed, onChange }: AttendeeFieldsProps) {
  const [left, setLeft] = useState<readonly (keyof TypedGuest)[]>([]);
  const problems = problemsOf(guest);
  const field = (name: keyof TypedGuest) => ({
    value: guest[name],
    readOnly: isFixed,
    onChange: (event: { target: HTMLInputElement }) => onChange({ ...guest, [name]: event.target.value }),
    onBlur: () => guest[name] !== '' && setLeft([...left, name]),
    problem: isChecked || left.includes(name) ? problems[name] : undefined,
  });
  return (
    <div className="fields">
      <Field label="Full name" autoComplete={`section-${section} name`} required {...field('full_name')} />
      <Field label="E-mail" type="email" inputMode="email" autoComplete={`section-${section} email`} required {...field('email')} />
      <Field label="Phone (optional)" type="tel" autoComplete={`section-${section} tel`} {...field('phone')} />
    </div>
  );
}
