import type { SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';

import { Labelled, type Words } from '../design/labelled';

/** A labelled list to choose from. */
export function SelectField({ label, hint, problem, children, ...select }: Words & SelectHTMLAttributes<HTMLSelectElement>) {
  return <Labelled label={label} hint={hint} problem={problem}>{(wiring) => <select {...select} {...wiring}>{children}</select>}</Labelled>;
}

/** A labelled text of several lines. */
export function LongText({ label, hint, problem, ...area }: Words & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <Labelled label={label} hint={hint} problem={problem}>{(wiring) => <textarea {...area} {...wiring} />}</Labelled>;
}
