import type { FormEvent, ReactNode } from 'react';

import { Button, Notice } from '../design/components';
import { Modal } from '../design/modal';

interface AskDialogProps {
  title: string;
  /** What will happen, in words, and fields where there is something to say about it. */
  children: ReactNode;
  /** What the button that does it says. */
  act: string;
  isDangerous?: boolean;
  busy?: boolean;
  problem?: string | undefined;
  onAct: () => void;
  onClose: () => void;
}

/** Asks before it goes on. */
export function AskDialog({ title, children, act, isDangerous = false, busy = false, problem, onAct, onClose }: AskDialogProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    onAct();
  }

  return (
    <Modal label={title} onClose={onClose}>
      <form className="card stack" onSubmit={submit}>
        <h2 className="subtitle beside-close">{title}</h2>
        {children}
        {problem !== undefined && <Notice tone="problem" title="That did not work">{problem}</Notice>}
        <div className="row">
          <Button type="submit" kind={isDangerous ? 'danger' : 'main'} busy={busy}>{act}</Button>
          <Button kind="quiet" onClick={onClose}>Keep as it is</Button>
        </div>
      </form>
    </Modal>
  );
}
