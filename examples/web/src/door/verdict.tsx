import type { CheckIn, ScanId } from '@eventos/wasm';
import { RotateCw, ScanLine, Undo2, WifiOff } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';

import { Button } from '../design/components';
import { second } from '../format';
import type { ScanEntry } from './scan-log';
import { LOOKS, meaningOf } from './verdicts';

interface VerdictStageProps {
  /** The scan to show; none while the door waits for the next one. */
  entry: ScanEntry | undefined;
  canRetry: (scan_id: ScanId) => boolean;
  onRetry: (scan_id: ScanId) => void;
  onNext: () => void;
}

/** What became of the latest scan, to be read at arm's length. */
export function VerdictStage({ entry, canRetry, onRetry, onNext }: VerdictStageProps) {
  return (
    <section className={`stage stage-${colourOf(entry)}`} aria-label="Verdict">
      <div className="stage-words" role="status" aria-live="assertive" aria-atomic="true">
        {entry === undefined
          ? <Ready />
          : <Verdict key={`${entry.scan_id} ${entry.fate.is}`} entry={entry} canRetry={canRetry(entry.scan_id)} />}
      </div>
      {entry !== undefined && entry.fate.is !== 'asked' && (
        <div className="stage-actions">
          {entry.fate.is === 'unanswered' && canRetry(entry.scan_id) && (
            <Button onClick={() => onRetry(entry.scan_id)}><RotateCw size={18} aria-hidden="true" />Ask again</Button>
          )}
          <Button kind="quiet" onClick={onNext}>Next</Button>
        </div>
      )}
    </section>
  );
}

function colourOf(entry: ScanEntry | undefined): string {
  if (entry === undefined) return 'ready';
  return entry.fate.is === 'answered' ? LOOKS[entry.fate.answer.outcome].colour : entry.fate.is;
}

function Ready() {
  return (
    <Words sign={<ScanLine aria-hidden="true" />} word="Ready">
      <p>Hold a ticket’s code before the camera, use a scanner, or type the code.</p>
    </Words>
  );
}

function Verdict({ entry, canRetry }: { entry: ScanEntry; canRetry: boolean }) {
  const { fate, scanned_at } = entry;
  switch (fate.is) {
    case 'asked':
      return (
        <Words sign={<span className="spinner" aria-hidden="true" />} word="Asking …">
          <p>Scanned {second(scanned_at)}. Wait for the answer.</p>
        </Words>
      );
    case 'unanswered':
      return (
        <Words sign={<WifiOff aria-hidden="true" />} word="No answer">
          <p>{fate.isNetwork ? 'The network is away.' : fate.problem} This is no verdict: {canRetry ? 'ask again, or scan again.' : 'scan again.'}</p>
        </Words>
      );
    case 'undone':
      return (
        <Words sign={<Undo2 aria-hidden="true" />} word="Taken back">
          <p>{fate.answer.attendee?.full_name ?? 'Its holder'} is not in. The ticket admits again.</p>
        </Words>
      );
    case 'answered':
      return <Answer answer={fate.answer} />;
  }
}

/** Whoever is let in is greeted by name; else the reason comes first. */
function Answer({ answer }: { answer: CheckIn }) {
  const { word, Sign } = LOOKS[answer.outcome];
  const name = answer.attendee?.full_name;
  const number = answer.ticket?.number;
  if (answer.outcome === 'admitted') {
    return (
      <>
        <p className="stage-kicker"><Sign aria-hidden="true" />{word}</p>
        <Name>{name ?? 'No name yet'}</Name>
        <p className="stage-detail number">{meaningOf(answer)} · {second(answer.scanned_at)}</p>
      </>
    );
  }
  return (
    <Words sign={<Sign aria-hidden="true" />} word={word}>
      <p>{meaningOf(answer)}</p>
      {name !== undefined && <p className="stage-holder">{name}{number !== undefined && <span className="number">{number}</span>}</p>}
    </Words>
  );
}

function Name({ children }: { children: string }) {
  const longest = Math.max(...children.split(/[\s-]+/).map((word) => word.length));
  return <p className="stage-name" style={{ '--longest': longest } as CSSProperties}>{children}</p>;
}

function Words({ sign, word, children }: { sign: ReactNode; word: string; children: ReactNode }) {
  return (
    <>
      <p className="stage-word">{sign}{word}</p>
      <div className="stage-detail">{children}</div>
    </>
  );
}
