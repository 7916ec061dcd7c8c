import { isCancelled, isRetryable, type Door, type EventId, type Scan, type ScanId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { keepScans, keptScans, LONGEST_LOG, type ScanEntry, type ScanFate } from './scan-log';

/** The scans of this device, and how to make another one. */
export interface Scans {
  /** The last ones, the latest first. */
  entries: readonly ScanEntry[];
  scan: (code: string) => void;
  /** Asks the same scan again, where its code is still known: a reload forgets it. */
  retry: (scan_id: ScanId) => void;
  canRetry: (scan_id: ScanId) => boolean;
  settle: (scan_id: ScanId, fate: ScanFate) => void;
}

/** After this the people in the queue should hear that there is no answer. */
const PATIENCE = 10_000;

/** Takes codes to the door, and keeps what it answered. */
export function useScans(door: Door, event_id: EventId, device: string, onFate: (fate: ScanFate) => void): Scans {
  const eventos = useEventos();
  const [entries, setEntries] = useState(() => keptScans(event_id));
  const codes = useRef(new Map<ScanId, string>());
  const checkIn = useCheckIn(door, event_id);

  useEffect(() => keepScans(event_id, entries), [event_id, entries]);

  function settle(scan_id: ScanId, fate: ScanFate) {
    setEntries((all) => all.map((entry) => (entry.scan_id === scan_id ? { ...entry, fate } : entry)));
  }

  async function ask(scan: Scan & { scan_id: ScanId }) {
    codes.current.set(scan.scan_id, scan.code);
    const fate = await checkIn(scan);
    if (fate.is === 'answered') codes.current.delete(scan.scan_id);
    settle(scan.scan_id, fate);
    onFate(fate);
  }

  return {
    entries,
    settle,
    scan: (code) => {
      // Two readers, or an impatient hand, may bring a code again while its answer is on the way.
      const isAsked = entries.some(({ scan_id, fate }) => fate.is === 'asked' && codes.current.get(scan_id) === code);
      if (isAsked) return;
      const scanned_at = new Date().toISOString();
      void eventos.newId<ScanId>().then((scan_id) => {
        setEntries((all) => [{ scan_id, scanned_at, device, fate: { is: 'asked' } as const }, ...all].slice(0, LONGEST_LOG));
        return ask({ code, scan_id, scanned_at });
      });
    },
    retry: (scan_id) => {
      const code = codes.current.get(scan_id);
      const entry = entries.find((known) => known.scan_id === scan_id);
      if (code === undefined || entry === undefined) return;
      settle(scan_id, { is: 'asked' });
      void ask({ code, scan_id, scanned_at: entry.scanned_at });
    },
    canRetry: (scan_id) => codes.current.has(scan_id),
  };
}

/** The one place that asks the door. It tells what became of the scan, also where nothing is known of it. */
function useCheckIn(door: Door, event_id: EventId): (scan: Scan) => Promise<ScanFate> {
  const queries = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationFn: (scan: Scan) => door.checkIn(scan, AbortSignal.timeout(PATIENCE)),
    // A code is a secret: the cache forgets it at once.
    gcTime: 0,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['eventos', 'door', event_id] }),
  });
  return async (scan) => {
    try {
      return { is: 'answered', answer: await mutateAsync(scan) };
    } catch (error) {
      const isNetwork = isRetryable(error) || isCancelled(error);
      return { is: 'unanswered', isNetwork, problem: error instanceof Error ? error.message : String(error) };
    }
  };
}
