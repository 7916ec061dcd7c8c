import type { Timestamp } from '@eventos/wasm';

import { Meter } from '../design/components';
import { ownHour } from '../format';
import { HOLD, HOLD_MS, holdEnds, useTimeLeft } from './hold';

/** Counts down the time for which the seats of an order are held. A screen reader hears of it twice. */
export function HoldClock({ created_at }: { created_at: Timestamp }) {
  const end = holdEnds(created_at);
  const left = useTimeLeft(end);
  return (
    <div className={left < 120_000 ? 'hold is-short' : 'hold'}>
      <p className="hold-time">
        <strong role="timer" aria-label="Time left to pay" className="number">{clock(left)}</strong>
        <span className="small">Seats held until {ownHour(end)}</span>
      </p>
      <Meter part={left} whole={HOLD_MS} label={`${Math.ceil(left / 60_000)} of ${HOLD} are left`} />
      <p className="visually-hidden" role="status">{warning(left)}</p>
    </div>
  );
}

/** `14:05` */
function clock(left: number): string {
  const seconds = Math.ceil(left / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function warning(left: number): string {
  if (left > 300_000) return '';
  return left > 60_000 ? 'Your seats are held for less than five minutes more.' : 'Your seats are held for less than a minute more.';
}
