import type { Door, DoorStats } from '@eventos/wasm';
import { useRef } from 'react';

import { Failure } from '../design/components';
import { Camera } from './camera';
import { CodeEntry } from './code-entry';
import { DoorCounts } from './door-counts';
import type { DoorSettings } from './door-settings';
import { FindAttendee } from './find-attendee';
import { LastScans } from './last-scans';
import type { ScanEntry, ScanFate } from './scan-log';
import { playTune } from './sound';
import type { Doorway } from './use-door';
import { useScans } from './use-scans';
import { VerdictStage } from './verdict';
import { useWedge } from './wedge';

interface DoorAtWorkProps {
  doorway: Doorway;
  door: Door;
  settings: DoorSettings;
  stats: { data: DoorStats | undefined; error: Error | null; refetch: () => unknown };
}

/** Where codes come in and verdicts go out. */
export function DoorAtWork({ doorway, door, settings, stats }: DoorAtWorkProps) {
  const stage = useRef<HTMLElement>(null);
  const scans = useScans(door, doorway, settings.device, (fate) => playTune(tuneOf(fate), settings.isMuted));

  function scan(code: string) {
    lookAtTheVerdict();
    scans.scan(code);
  }
  useWedge(scan);

  function retry(entry: ScanEntry) {
    lookAtTheVerdict();
    focusStage();
    scans.retry(entry);
  }

  function next() {
    focusStage();
    scans.next();
  }

  /** The button that was pressed is gone after this. */
  function focusStage() {
    stage.current?.focus({ preventScroll: true });
  }

  return (
    <div className="door-work">
      <div className="door-front">
        <VerdictStage
          entry={scans.shown}
          ref={stage}
          onRetry={retry}
          onNext={next}
        />
        <Camera onCode={scan} />
      </div>
      <div className="door-side">
        {stats.data !== undefined && <DoorCounts stats={stats.data} isOld={stats.error !== null} />}
        {stats.data === undefined && stats.error !== null && <Failure what="The figures" error={stats.error} retry={stats.refetch} />}
        <CodeEntry onCode={scan} />
        <LastScans scans={scans} doorway={doorway} onRetry={retry} />
        <FindAttendee doorway={doorway} door={door} />
      </div>
    </div>
  );
}

/** Whoever scans looks for the verdict, wherever they were reading before; and no dialog hides it. */
function lookAtTheVerdict() {
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  window.scrollTo({ top: 0, behavior: 'instant' });
}

function tuneOf(fate: ScanFate) {
  return fate.is === 'answered' ? fate.answer.outcome : 'unanswered';
}
