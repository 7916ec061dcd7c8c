import type { Order, Timestamp } from '@eventos/wasm';
import { useEffect, useState } from 'react';

import { tabStorage } from '../browser-storage';
import { counted } from '../format';

/** How long an order holds its seats before it is paid: the database has it so, and is the one that lets go of them. */
export const HOLD_MS = 15 * 60_000;
/** The same for people. */
export const HOLD = counted(HOLD_MS / 60_000, 'minute');

const AHEAD = 'eventos.clock-ahead';

/** By how many milliseconds this device's clock is ahead of the server's, as far as that is known. */
let ahead = Number(tabStorage?.getItem(AHEAD) ?? 0);

/** Learns that from a new order, which was asked for at this time on this device's clock. */
export function compareClocks(asked_at: number, { created_at }: Order): void {
  ahead = asked_at - Date.parse(created_at);
  tabStorage?.setItem(AHEAD, String(ahead));
}

/** When an order lets go of its seats, on this device's clock. */
export function holdEnds(created_at: Timestamp): Date {
  return new Date(Date.parse(created_at) + HOLD_MS + ahead);
}

/** When the oldest orders were placed that hold their seats now, on the server's clock. */
export function oldestHeld(): Date {
  return new Date(Date.now() - ahead - HOLD_MS);
}

/** The milliseconds for which an order's seats are held, counted down every second; 0 once that is past. */
export function useTimeLeft(end: Date): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Math.min(HOLD_MS, Math.max(0, end.getTime() - now));
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
