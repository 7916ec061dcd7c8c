import { RotateCw, ScanLine, Undo2, WifiOff } from 'lucide-react';
import type { CSSProperties, ReactNode, RefObject } from 'react';

import { Button } from '../design/components';
import { NO_NAME, second } from '../format';
import { canRetry, type DoorAnswer, type ScanEntry } from './scan-log';
import { LOOKS, meaningOf } from './verdicts';

interface VerdictStageProps {
  /** The scan to show; none while the door waits for the next one. */
  entry: ScanEntry | undefined;
  ref: RefObject<HTMLElement | null>;
  onRetry: (entry: ScanEntry) => void;
  onNext: () => void;
}

/** What became of a scan, to be read at arm's length. */
export function VerdictStage({ entry, ref, onRetry, onNext }: VerdictStageProps) {
  return (
    <section ref={ref} tabIndex={-1} className={`stage stage-${colourOf(entry)}`} aria-label="Verdict">
      <div className="stage-words" role="status" aria-live="assertive" aria-atomic="true">
        {entry === undefined
          ? <Ready />
          : <Verdict key={`${entry.scan_id} ${entry.fate.is}`} entry={entry} />}
      </div>
      {entry !== undefined && entry.fate.is !== 'asked' && (
        <div className="stage-actions">
          {canRetry(entry) && (
            <Button onClick={() => onRetry(entry)}><RotateCw size={18} aria-hidden="true" />Ask again</Button>
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

function Verdict({ entry: { fate, scanned_at } }: { entry: ScanEntry }) {
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
          <p>{fate.problem} This is no verdict: ask again, or scan again.</p>
        </Words>
      );
    case 'undone':
      return (
        <Words sign={<Undo2 aria-hidden="true" />} word="Taken back">
          <p>{fate.answer.name ?? 'Its holder'} is not in. The ticket admits again.</p>
        </Words>
      );
    case 'answered':
      return <Answer answer={fate.answer} />;
  }
}

/** Whoever is let in is greeted by name; else the reason comes first. */
function Answer({ answer }: { answer: DoorAnswer }) {
  const { word, Sign } = LOOKS[answer.outcome];
  const { name, ticket } = answer;
  if (answer.outcome === 'admitted') {
    return (
      <>
        <p className="stage-kicker"><Sign aria-hidden="true" />{word}</p>
        <Name>{name ?? NO_NAME}</Name>
        <p className="stage-detail number">{meaningOf(answer)} · {second(answer.scanned_at)}</p>
      </>
    );
  }
  return (
    <Words sign={<Sign aria-hidden="true" />} word={word}>
      <p>{meaningOf(answer)}</p>
      {name !== undefined && <p className="stage-holder">{name}{ticket !== null && <span className="number">{ticket.number}</span>}</p>}
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
