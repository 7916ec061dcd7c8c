import type { CheckIn, CheckInOutcome, ScanId, Timestamp } from '@eventos/wasm';

import { tabStorage } from '../browser-storage';
import type { Doorway } from './use-door';

/** A scan and what became of it. */
export interface ScanEntry {
  scan_id: ScanId;
  /** When it was scanned, by this device's clock. */
  scanned_at: Timestamp;
  /** Under which name this device scanned it. */
  device: string;
  fate: ScanFate;
}

/** What was scanned would let somebody in: it is remembered until there is an answer, and never stored. */
export type ScanFate =
  | { is: 'asked'; code: string }
  | { is: 'answered'; answer: DoorAnswer }
  /** Nobody knows whether the server heard of it; so the same scan is asked again, not another one. */
  | { is: 'unanswered'; code?: string; problem: string }
  | { is: 'undone'; answer: DoorAnswer };

/** What the door answered, as far as it is shown. */
export type DoorAnswer = CheckInOutcome & Pick<CheckIn, 'ticket' | 'scanned_at'> & { name: string | undefined };

export const LONGEST_LOG = 20;

/** An answer without what nobody needs any more: no e-mail is kept. */
export function answerOf({ attendee, ...answer }: CheckIn): DoorAnswer {
  return { ...answer, name: attendee?.full_name };
}

/** Whether the same scan can be asked again: a reload forgets its code. */
export function canRetry({ fate }: ScanEntry): boolean {
  return fate.is === 'unanswered' && fate.code !== undefined;
}

/** The last scans at this door, from before a reload. */
export function keptScans(doorway: Doorway): ScanEntry[] {
  const text = tabStorage?.getItem(storageKey(doorway)) ?? undefined;
  return text === undefined ? [] : (JSON.parse(text) as ScanEntry[]);
}

/** Keeps them in this tab, for a reload. */
export function keepScans(doorway: Doorway, entries: readonly ScanEntry[]) {
  tabStorage?.setItem(storageKey(doorway), JSON.stringify(entries.map(withoutCode)));
}

export function forgetScans(doorway: Doorway) {
  tabStorage?.removeItem(storageKey(doorway));
}

function withoutCode(entry: ScanEntry): ScanEntry {
  return 'code' in entry.fate ? { ...entry, fate: LEFT_BEHIND } : entry;
}

const LEFT_BEHIND: ScanFate = {
  is: 'unanswered',
  problem: 'The page was loaded again before an answer came. Find the name below to see whether they are in.',
};

function storageKey({ event_id, opener }: Doorway): string {
  return `eventos.scans.${event_id}.${opener}`;
}
