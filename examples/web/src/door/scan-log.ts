import type { CheckIn, EventId, ScanId, Timestamp } from '@eventos/wasm';

/** A scan and what became of it. The code itself is not part of it: it would let somebody in. */
export interface ScanEntry {
  scan_id: ScanId;
  /** When it was scanned, by this device's clock. */
  scanned_at: Timestamp;
  /** Under which name this device scanned it. */
  device: string;
  fate: ScanFate;
}

export type ScanFate =
  | { is: 'asked' }
  | { is: 'answered'; answer: CheckIn }
  /** Nobody knows whether the server heard of it; so the same scan is asked again, not another one. */
  | { is: 'unanswered'; isNetwork: boolean; problem: string }
  | { is: 'undone'; answer: CheckIn };

export const LONGEST_LOG = 20;

/** The last scans at this door, from before a reload. What was still asked then has no answer, and its code is forgotten. */
export function keptScans(event_id: EventId): ScanEntry[] {
  const text = sessionStorage.getItem(storageKey(event_id));
  const entries = text === null ? [] : (JSON.parse(text) as ScanEntry[]);
  return entries.map((entry) => (entry.fate.is === 'asked' ? { ...entry, fate: LEFT_BEHIND } : entry));
}

const LEFT_BEHIND: ScanFate = { is: 'unanswered', isNetwork: false, problem: 'The page was loaded again before the answer came.' };

/** Keeps them in this tab, for a reload. */
export function keepScans(event_id: EventId, entries: readonly ScanEntry[]) {
  sessionStorage.setItem(storageKey(event_id), JSON.stringify(entries));
}

function storageKey(event_id: EventId): string {
  return `eventos.scans.${event_id}`;
}
