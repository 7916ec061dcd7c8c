import { useAvailableSeats } from '@eventos/wasm/react';
import { useEffect, useRef, useState } from 'react';

import { Meter } from '../design/components';
import { counted, digits } from '../format';
import { isAlmostFull } from './seats-badge';
import type { ShownEvent } from './shown-event';

const ASKED_EVERY_MS = 3_000;
const TOLD_EVERY_MS = 12_000;

interface Seats {
  left: number | undefined;
  /** The last answer is missing: the number may be an old one. */
  isOld: boolean;
}

/** The seats that can be ordered now, asked again every few seconds. */
export function useSeats(event: ShownEvent): Seats {
  const { data, isError } = useAvailableSeats(event.id, ASKED_EVERY_MS);
  const left = data ?? event.stats?.tickets_available;
  // Fewer than none are left where the capacity was lowered below what is sold.
  return { left: left && Math.max(0, left), isOld: isError };
}

/** The seats left, which move as others buy. */
export function SeatsLeft({ left, isOld, capacity }: Seats & { capacity: number }) {
  const told = useCalm(left, TOLD_EVERY_MS);
  if (left === undefined) return null;
  return (
    <div className="seats-left">
      <p className={isAlmostFull(left, capacity) ? 'seats-few' : undefined} aria-hidden="true">
        <strong key={left} className="number">{digits(left)}</strong> of {counted(capacity, 'seat')} left
      </p>
      <Meter part={capacity - left} whole={capacity} label={`${capacity - left} of ${capacity} seats are taken`} />
      {isOld && <p className="muted small">This number may be old: the server does not answer just now.</p>}
      <p className="visually-hidden" role="status">{told !== undefined && `${counted(told, 'seat')} left`}</p>
    </div>
  );
}

/** A value that changes only once in a while, so that a screen reader is not talked to without end. */
function useCalm<Value>(value: Value, pause: number): Value {
  const [calm, setCalm] = useState(value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    const timer = setInterval(() => setCalm(latest.current), pause);
    return () => clearInterval(timer);
  }, [pause]);
  return calm;
}
