import { isCancelled, qrPayload, type Door, type Scan, type ScanId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { inWords } from '../design/components';
import { answerOf, keepScans, keptScans, LONGEST_LOG, type ScanEntry, type ScanFate } from './scan-log';
import type { Doorway } from './use-door';

/** The scans of this device, and how to make another one. */
export interface Scans {
  /** The last ones, the latest first. */
  entries: readonly ScanEntry[];
  /** The one to look at, which was asked or answered last; none while the door waits for the next. */
  shown: ScanEntry | undefined;
  scan: (code: string) => void;
  /** Asks the same scan again. */
  retry: (entry: ScanEntry) => void;
  settle: (scan_id: ScanId, fate: ScanFate) => void;
  /** The one to look at was seen. */
  next: () => void;
}

/** After this the people in the queue should hear that there is no answer. */
const PATIENCE = 10_000;

/** Takes codes to the door, and keeps what it answered. */
export function useScans(door: Door, doorway: Doorway, device: string, onFate: (fate: ScanFate) => void): Scans {
  const eventos = useEventos();
  const queries = useQueryClient();
  const [entries, setEntries] = useState(() => keptScans(doorway));
  // After a reload the last verdict is not for whoever stands there now.
  const [shown, setShown] = useState<ScanId>();
  const onTheWay = useRef(new Set<string>());
  const { event_id, opener } = doorway;

  useEffect(() => keepScans(doorway, entries), [event_id, opener, entries]);

  function settle(scan_id: ScanId, fate: ScanFate) {
    setEntries((all) => all.map((entry) => (entry.scan_id === scan_id ? { ...entry, fate } : entry)));
  }

  async function newEntry(code: string): Promise<ScanEntry> {
    const scanned_at = new Date().toISOString();
    const entry: ScanEntry = { scan_id: await eventos.newId<ScanId>(), scanned_at, device, fate: { is: 'asked', code } };
    setEntries((all) => [entry, ...all].slice(0, LONGEST_LOG));
    return entry;
  }

  async function scan(code: string) {
    // Two readers, or an impatient hand, may bring a code again while its answer is on the way.
    if (onTheWay.current.has(code)) return;
    onTheWay.current.add(code);
    try {
      await scanOnce(code);
    } finally {
      onTheWay.current.delete(code);
    }
  }

  async function scanOnce(code: string) {
    // A code without an answer may have let its holder in: another scan would be refused, where the same one is answered.
    const unanswered = entries.find(({ fate }) => 'code' in fate && fate.code === code);
    const { scan_id, scanned_at } = unanswered ?? (await newEntry(code));
    settle(scan_id, { is: 'asked', code });
    setShown(scan_id);

    const fate = await ask(door, { code, scan_id, scanned_at });
    settle(scan_id, fate);
    setShown(scan_id);
    onFate(fate);
    if (fate.is === 'answered') void queries.invalidateQueries({ queryKey: ['eventos', 'door', event_id] });
  }

  return {
    entries,
    shown: entries.find(({ scan_id }) => scan_id === shown),
    scan: (code) => void scan(asIssued(code)),
    retry: ({ fate }) => {
      if (fate.is === 'unanswered' && fate.code !== undefined) void scan(fate.code);
    },
    settle,
    next: () => setShown(undefined),
  };
}

/** The same text, however a code was read. What is no code stays as it is: to say so is the door's. */
function asIssued(code: string): string {
  try {
    return qrPayload.fromScan(code);
  } catch {
    return code;
  }
}

/** Tells what became of a scan, also where nothing is known of it. */
async function ask(door: Door, scan: Scan): Promise<ScanFate> {
  try {
    return { is: 'answered', answer: answerOf(await door.checkIn(scan, AbortSignal.timeout(PATIENCE))) };
  } catch (error) {
    return { is: 'unanswered', code: scan.code, problem: whyNot(error) };
  }
}

function whyNot(error: unknown): string {
  if (isCancelled(error)) return 'The server took too long to answer.';
  return error instanceof Error ? inWords(error) : String(error);
}
