import type { Timestamp } from '@eventos/wasm';

import { date, leaf } from '../format';

/** A leaf of a calendar. */
export function DateLeaf({ at }: { at: Timestamp }) {
  const { month, day, weekday } = leaf(at);
  return (
    <time className="leaf" dateTime={at}>
      <span className="visually-hidden">{date(at)}</span>
      <span aria-hidden="true">{month}</span>
      <strong aria-hidden="true">{day}</strong>
      <span aria-hidden="true">{weekday}</span>
    </time>
  );
}
