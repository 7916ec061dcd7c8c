/** The family of an error. */
export type ErrorKind =
  | 'invalid_input'
  | 'connect'
  | 'timeout'
  | 'cancelled'
  | 'server'
  | 'decode'
  | 'not_found'
  | 'not_affected'
  | 'many_rows'
  | 'truncated'
  | 'signed_out'
  | 'storage';

/** An error as the core writes it. */
export interface ErrorForm {
  kind: ErrorKind;
  code: string;
  message: string;
  retryable: boolean;
  forbidden: boolean;
  unauthenticated: boolean;
  status: number | null;
  details: string | null;
  hint: string | null;
  constraint: string | null;
  retry_after: number | null;
}

const MARK = Symbol.for('@eventos/wasm error');

/** What every call here fails with. */
export class EventosError extends Error {
  override readonly name = 'EventosError';
  /** The family. */
  readonly kind: ErrorKind;
  /** A stable text to switch on: the server's own code, such as `23505`, where it gave one, and otherwise the kind. */
  readonly code: string;
  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean;
  /** Whether the server knew the caller and refused. */
  readonly forbidden: boolean;
  /** Whether the caller must sign in, or again. */
  readonly unauthenticated: boolean;
  /** The HTTP status, where the server answered with an error. */
  readonly status: number | undefined;
  /** More about it, where the server gave more. */
  readonly details: string | undefined;
  /** What the server suggests. */
  readonly hint: string | undefined;
  /** The constraint that a write broke. */
  readonly constraint: string | undefined;
  /** Seconds to wait before the next try, where the server said so. */
  readonly retryAfter: number | undefined;

  /** @internal */
  constructor(form: ErrorForm, cause?: unknown) {
    super(form.message, cause === undefined ? undefined : { cause });
    this.kind = form.kind;
    this.code = form.code;
    this.retryable = form.retryable;
    this.forbidden = form.forbidden;
    this.unauthenticated = form.unauthenticated;
    this.status = form.status ?? undefined;
    this.details = form.details ?? undefined;
    this.hint = form.hint ?? undefined;
    this.constraint = form.constraint ?? undefined;
    this.retryAfter = form.retry_after ?? undefined;
    Object.defineProperty(this, MARK, { value: true });
  }
}

/** Whether it is an error of this library, also where the library was loaded twice. */
export function isEventosError(error: unknown): error is EventosError {
  return error instanceof Error && (error as { [MARK]?: true })[MARK] === true;
}

/** Whether the server answered with an error. */
export function isServerError(error: unknown): error is EventosError & { readonly kind: 'server'; readonly status: number } {
  return isEventosError(error) && error.kind === 'server';
}

/** Whether the call was refused before anything was sent. */
export function isInvalidInput(error: unknown): error is EventosError & { readonly kind: 'invalid_input' } {
  return isEventosError(error) && error.kind === 'invalid_input';
}

/** Whether the call was given up, by its signal. */
export function isCancelled(error: unknown): error is EventosError & { readonly kind: 'cancelled' } {
  return isEventosError(error) && error.kind === 'cancelled';
}

/** Whether the same call may succeed later without any change. */
export function isRetryable(error: unknown): error is EventosError {
  return isEventosError(error) && error.retryable;
}

/** An error that arises in JavaScript. */
export function failure(kind: 'invalid_input' | 'connect' | 'cancelled', message: string, cause?: unknown): EventosError {
  const form: ErrorForm = {
    kind,
    code: kind,
    message,
    retryable: kind === 'connect',
    forbidden: false,
    unauthenticated: false,
    status: null,
    details: null,
    hint: null,
    constraint: null,
    retry_after: null,
  };
  return new EventosError(form, cause);
}

/** What a call threw, as an error of this library. */
export function asError(thrown: unknown): EventosError {
  if (isEventosError(thrown)) return thrown;
  if (typeof thrown === 'string' && thrown.startsWith('{')) return new EventosError(JSON.parse(thrown) as ErrorForm);
  const message = thrown instanceof Error ? thrown.message : 'something that is no error was thrown';
  return failure('invalid_input', message, thrown);
}
