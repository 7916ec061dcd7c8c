import { useId, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';

interface Words {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
}

/** A labelled list to choose from. */
export function Choice({ label, hint, problem, children, ...select }: Words & SelectHTMLAttributes<HTMLSelectElement>) {
  return <Labelled label={label} hint={hint} problem={problem}>{(wiring) => <select {...select} {...wiring}>{children}</select>}</Labelled>;
}

/** A labelled text of several lines. */
export function LongText({ label, hint, problem, ...area }: Words & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <Labelled label={label} hint={hint} problem={problem}>{(wiring) => <textarea {...area} {...wiring} />}</Labelled>;
}

/** What ties a control to its words. */
interface Wiring {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

function Labelled({ label, hint, problem, children }: Words & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = problem ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': problem !== undefined, 'aria-describedby': described === undefined ? undefined : `${id}-more` })}
      {described !== undefined && <small id={`${id}-more`} className={problem === undefined ? undefined : 'field-problem'}>{described}</small>}
    </div>
  );
}
