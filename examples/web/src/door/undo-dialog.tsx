import { isEventosError, type ScanId, type Undo } from '@eventos/wasm';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { AskDialog } from '../design/ask-dialog';
import { Field, inWords } from '../design/components';
import { second } from '../format';
import type { ScanEntry, ScanFate } from './scan-log';
import { useDoor, type Doorway } from './use-door';

interface UndoDialogProps {
  entry: ScanEntry;
  name: string;
  doorway: Doorway;
  onUndone: (scan_id: ScanId, fate: ScanFate) => void;
  onClose: () => void;
}

/** Takes an admission back, with a reason that is kept. */
export function UndoDialog({ entry, name, doorway, onUndone, onClose }: UndoDialogProps) {
  const [reason, setReason] = useState('Scanned by mistake');
  const undo = useUndo(entry, doorway);

  function act() {
    undo.mutate(reason, {
      onSuccess: ({ outcome }) => {
        if (outcome !== 'undone') return;
        if (entry.fate.is === 'answered') onUndone(entry.scan_id, { is: 'undone', answer: entry.fate.answer });
        onClose();
      },
    });
  }

  return (
    <AskDialog
      title={`Take back the admission${name === '' ? '' : ` of ${name}`}?`}
      act="Take back"
      busy={undo.isPending}
      problem={problemOf(undo.data, undo.error)}
      onAct={act}
      onClose={onClose}
    >
      <p className="muted">The ticket then admits again. The scan and your reason are kept.</p>
      <Field label="Reason" required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
    </AskDialog>
  );
}

/** Staff may take back what their device admitted: so it is asked under the name that the device had then. */
function useUndo({ scan_id, device }: ScanEntry, doorway: Doorway) {
  const door = useDoor(doorway, { device, gate: '' });
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => door.undo(scan_id, reason),
    onSettled: () => queries.invalidateQueries({ queryKey: ['eventos', 'door', doorway.event_id] }),
  });
}

function problemOf(answer: Undo | undefined, error: Error | null): string | undefined {
  if (isEventosError(error) && error.kind === 'not_found') {
    return 'This admission is not yours to take back: the device that made it can, or the organizer.';
  }
  if (error !== null) return inWords(error);
  switch (answer?.outcome) {
    case 'too_late':
      return `It is too late: until ${second(answer.until)} it could be taken back.`;
    case 'not_admitted':
      return 'Nobody is in by this scan any more: the ticket changed since.';
    default:
      return undefined;
  }
}
