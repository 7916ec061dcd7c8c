import type { DoorStats } from '@eventos/wasm';

import { Meter } from '../design/components';
import { counted, digits } from '../format';
import { LOOKS, type Outcome } from './verdicts';

/** How many are in, from all devices at this door, live. */
export function DoorCounts({ stats, isOld }: { stats: DoorStats; isOld: boolean }) {
  const { admitted, expected, capacity } = stats;
  return (
    <section className="card stack-tight" aria-label="Figures">
      <dl className="counts">
        <Count name="Admitted" figure={admitted} />
        <Count name="Expected" figure={expected} />
        <Count name="Capacity" figure={capacity} />
      </dl>
      <Meter part={admitted} whole={admitted + expected} label={`${admitted} of ${admitted + expected} who have a ticket are in`} />
      {isOld && <p className="small counts-old" role="status">These figures may be old: the server does not answer.</p>}
      <Refusals scans={stats.scans} />
    </section>
  );
}

function Count({ name, figure }: { name: string; figure: number }) {
  return (
    <div>
      <dt className="small muted">{name}</dt>
      <dd className="number">{digits(figure)}</dd>
    </div>
  );
}

function Refusals({ scans }: { scans: Readonly<Record<string, number>> }) {
  const refused = (Object.keys(LOOKS) as Outcome[])
    .map((outcome) => ({ word: LOOKS[outcome].word, count: outcome === 'admitted' ? 0 : (scans[outcome] ?? 0) }))
    .filter(({ count }) => count > 0);
  if (refused.length === 0) return <p className="small muted">Nobody was refused so far.</p>;
  return (
    <details className="refusals">
      <summary>{counted(refused.reduce((sum, { count }) => sum + count, 0), 'refusal')}</summary>
      <ul className="row small">
        {refused.map(({ word, count }) => <li key={word} className="number">{word}: {count}</li>)}
      </ul>
    </details>
  );
}
