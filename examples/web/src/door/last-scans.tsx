import type { ScanId } from '@eventos/wasm';
import { RotateCw, Undo2 } from 'lucide-react';
import { useState } from 'react';

import { Button } from '../design/components';
import { useFocusMoves } from '../design/focus-moves';
import { second } from '../format';
import { canRetry, type ScanEntry, type ScanFate } from './scan-log';
import { UndoDialog } from './undo-dialog';
import type { Doorway } from './use-door';
import type { Scans } from './use-scans';
import { LOOKS } from './verdicts';

/** After this the server takes no admission back, so that nothing offers it. */
const UNDO_WINDOW_MS = 15 * 60_000;

/** What this device scanned lately. */
export function LastScans({ scans, doorway, onRetry }: { scans: Scans; doorway: Doorway; onRetry: (entry: ScanEntry) => void }) {
  const [undoing, setUndoing] = useState<ScanEntry>();
  const [title, focusTitle] = useFocusMoves<HTMLHeadingElement>();

  function undone(scan_id: ScanId, fate: ScanFate) {
    scans.settle(scan_id, fate);
    focusTitle();
  }

  return (
    <section className="card stack-tight" aria-labelledby="last-scans">
      <h2 id="last-scans" ref={title} tabIndex={-1} className="subtitle">Last scans</h2>
      {scans.entries.length === 0 && <p className="small muted">What this device scans is listed here.</p>}
      <ol className="door-list">
        {scans.entries.map((entry) => (
          <li key={entry.scan_id}>
            <ScanLine entry={entry} />
            {canRetry(entry) && (
              <Button kind="quiet" onClick={() => onRetry(entry)}><RotateCw size={16} aria-hidden="true" />Ask again</Button>
            )}
            {isUndoable(entry) && (
              <Button kind="quiet" onClick={() => setUndoing(entry)}>
                <Undo2 size={16} aria-hidden="true" />Undo<span className="visually-hidden"> {nameOf(entry)}</span>
              </Button>
            )}
          </li>
        ))}
      </ol>
      {undoing !== undefined && (
        <UndoDialog
          entry={undoing}
          name={nameOf(undoing)}
          doorway={doorway}
          onUndone={undone}
          onClose={() => setUndoing(undefined)}
        />
      )}
    </section>
  );
}

function ScanLine({ entry }: { entry: ScanEntry }) {
  return (
    <div>
      <p><span className={`verdict-dot verdict-${colourOf(entry)}`} aria-hidden="true" /><strong>{wordOf(entry)}</strong> {nameOf(entry)}</p>
      <p className="small muted number">{second(entry.scanned_at)}</p>
      {entry.fate.is === 'unanswered' && !canRetry(entry) && <p className="small muted">{entry.fate.problem}</p>}
    </div>
  );
}

function wordOf({ fate }: ScanEntry): string {
  switch (fate.is) {
    case 'asked':
      return 'Asking …';
    case 'unanswered':
      return 'No answer';
    case 'undone':
      return 'Taken back';
    case 'answered':
      return LOOKS[fate.answer.outcome].word;
  }
}

function colourOf({ fate }: ScanEntry): string {
  return fate.is === 'answered' ? LOOKS[fate.answer.outcome].colour : fate.is;
}

function nameOf({ fate }: ScanEntry): string {
  return fate.is === 'answered' || fate.is === 'undone' ? (fate.answer.name ?? '') : '';
}

function isUndoable({ fate, scanned_at }: ScanEntry): boolean {
  return fate.is === 'answered' && fate.answer.outcome === 'admitted' && Date.now() - Date.parse(scanned_at) < UNDO_WINDOW_MS;
}
