import type { Timestamp } from '@eventos/wasm';

import { date, second } from '../format';

/** The time of a scan; with the day where it was not today. */
export function clockTime(at: Timestamp): string {
  const today = date(new Date().toISOString());
  return date(at) === today ? second(at) : `${second(at)} on ${date(at)}`;
}
