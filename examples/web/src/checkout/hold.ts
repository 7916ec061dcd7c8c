import type { Timestamp } from '@eventos/wasm';
import { useEffect, useState } from 'react';

/** How long an order holds its seats before it is paid. */
export const HOLD_MS = 15 * 60_000;

/** When an order lets go of its seats. */
export function holdEnds(created_at: Timestamp): Date {
  return new Date(Date.parse(created_at) + HOLD_MS);
}

/** The milliseconds until then, counted down every second; 0 once it is past. */
export function useTimeLeft(end: Date): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, end.getTime() - now);
}

/** Whether that time is still to come. It changes once, when it is past. */
export function useIsAhead(end: Date): boolean {
  const left = end.getTime() - Date.now();
  const [, passed] = useState(0);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => passed(Date.now()), left);
    return () => clearTimeout(timer);
  }, [left]);
  return left > 0;
}
