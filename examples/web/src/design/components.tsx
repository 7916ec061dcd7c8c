import { isEventosError } from '@eventos/wasm';
import { CircleAlert, CircleCheck, Info, RotateCw, TriangleAlert } from 'lucide-react';
import type { ButtonHTMLAttributes, InputHTMLAttributes, ReactNode } from 'react';

import { Labelled, type Words } from './labelled';

type ButtonKind = 'main' | 'quiet' | 'plain' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  /** Its work is under way: it cannot be pressed again. It keeps the focus, which `disabled` would throw away. */
  busy?: boolean;
  wide?: boolean;
}

export function Button({ kind = 'main', busy = false, wide = false, type = 'button', onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(kind, wide)}
      aria-busy={busy}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

/** The look of a button, for links that lead where a button would act. */
export function buttonClass(kind: ButtonKind = 'main', wide = false): string {
  return `button button-${kind}${wide ? ' button-wide' : ''}`;
}

/** A labelled input. */
export function Field({ label, hint, problem, ...input }: Words & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Labelled label={label} hint={hint} problem={problem}>
      {(wiring) => <input {...input} {...wiring} />}
    </Labelled>
  );
}

type Tone = 'info' | 'good' | 'warn' | 'problem';

const SIGNS = { info: Info, good: CircleCheck, warn: TriangleAlert, problem: CircleAlert };

/** Something to know. A problem interrupts a screen reader, all else waits its turn. */
export function Notice({ tone, title, children, action }: { tone: Tone; title: string; children?: ReactNode; action?: ReactNode }) {
  const Sign = SIGNS[tone];
  return (
    <div className={`notice notice-${tone}`} role={tone === 'problem' ? 'alert' : 'status'}>
      <Sign size={20} aria-hidden="true" />
      <div>
        <p className="notice-title">{title}</p>
        {children !== undefined && <div>{children}</div>}
        {action !== undefined && <div className="row">{action}</div>}
      </div>
    </div>
  );
}

/** A query that failed: what happened, and another try. */
export function Failure({ what, error, retry }: { what: string; error: Error; retry: () => unknown }) {
  return (
    <Notice
      tone="problem"
      title={`${what} could not be loaded`}
      action={<Button kind="quiet" onClick={() => void retry()}><RotateCw size={16} aria-hidden="true" />Try again</Button>}
    >
      {inWords(error)}
    </Notice>
  );
}

/** What happened, for somebody who cannot mend it: the network's own words help nobody. */
export function inWords(error: Error): string {
  if (!isEventosError(error)) return error.message;
  switch (error.kind) {
    case 'connect':
      return 'There is no connection to the server just now.';
    case 'timeout':
      return 'The server took too long to answer.';
    case 'server':
      return (error.status ?? 0) >= 500 ? 'The server has trouble just now.' : error.message;
    default:
      return error.message;
  }
}

/** Something is on its way. */
export function Loading({ what }: { what: string }) {
  return (
    <div className="row muted" role="status">
      <span className="spinner" aria-hidden="true" />
      Loading {what} …
    </div>
  );
}

/** The shape of what is on its way, so that nothing jumps when it comes. One of several says for all what that is. */
export function Skeleton({ height, what }: { height: string; what?: string }) {
  const spoken = what === undefined ? { 'aria-hidden': true } : { role: 'status', 'aria-label': `Loading ${what}` };
  return <div className="skeleton" style={{ height }} {...spoken} />;
}

/** A place that has nothing in it yet, and what to do about that. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}

/** How full something is. `label` says it in words: the bar alone tells a screen reader nothing. */
export function Meter({ part, whole, label }: { part: number; whole: number; label: string }) {
  const share = whole === 0 ? 0 : Math.min(100, (part / whole) * 100);
  return (
    <div className="meter" role="img" aria-label={label}>
      <span style={{ width: `${share}%` }} />
    </div>
  );
}
