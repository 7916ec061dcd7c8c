/** An id of one kind of row: an `EventId` is no `OrderId`. At run time it is the UUID's text. */
export type Id<Name extends string> = string & { readonly [kind]: Name };
declare const kind: unique symbol;

/** A point in time as the server writes it, such as `2025-06-15T09:00:00+00:00`. */
export type Timestamp = string;

/** A point in time to send: RFC 3339 text, a `Date`, or anything that writes itself so, as `Temporal.Instant` does. */
export type TimeInput = string | Date | { toJSON(): string };

/** Any JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A timestamp as a `Date`, to the millisecond. */
export function toDate(timestamp: Timestamp): Date {
  return new Date(timestamp);
}

/** A timestamp as a `Temporal.Instant`, to the microsecond, where the platform has `Temporal`. */
export function toInstant(timestamp: Timestamp): TemporalInstant {
  const temporal = (globalThis as { Temporal?: { Instant: { from(text: string): TemporalInstant } } }).Temporal;
  if (temporal === undefined) {
    throw new ReferenceError('this platform has no Temporal: use toDate, or load a polyfill');
  }
  return temporal.Instant.from(timestamp);
}

/** As much of `Temporal.Instant` as is needed without its types. */
export interface TemporalInstant {
  readonly epochMilliseconds: number;
  readonly epochNanoseconds: bigint;
  toString(): string;
  toJSON(): string;
}
