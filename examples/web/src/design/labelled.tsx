import { useId, type ReactNode } from 'react';

/** What stands around a control. */
export interface Words {
  label: string;
  hint?: string | undefined;
  /** What is wrong with what was typed, and what to do. */
  problem?: string | undefined;
}

/** What ties a control to its words. */
interface Wiring {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** A control with its words. */
export function Labelled({ label, hint, problem, children }: Words & { children: (wiring: Wiring) => ReactNode }) {
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
