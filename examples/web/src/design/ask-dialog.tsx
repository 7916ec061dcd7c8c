import type { FormEvent, KeyboardEvent, ReactNode } from 'react';

import { Button, Notice } from './components';
import { Modal } from './modal';
import './ask-dialog.css';

interface AskDialogProps {
  title: string;
  /** What will happen, in words, and fields where there is something to say about it. */
  children: ReactNode;
  /** What the button that does it says. */
  act: string;
  /** What the button that leaves all as it is says. */
  keep?: string;
  isDangerous?: boolean;
  busy?: boolean;
  problem?: string | undefined;
  onAct: () => void;
  onClose: () => void;
}

/** Asks before it goes on. Where that is dangerous, the first button, which has the focus, keeps things as they are. */
export function AskDialog({ title, children, act, keep = 'Keep as it is', isDangerous = false, busy = false, problem, onAct, onClose }: AskDialogProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    onAct();
  }

  const keeping = <Button key="keep" kind="quiet" onClick={onClose}>{keep}</Button>;
  const acting = <Button key="act" type="submit" kind={isDangerous ? 'danger' : 'main'} busy={busy}>{act}</Button>;
  return (
    <Modal label={title} onClose={onClose}>
      <form className="card stack" onSubmit={submit} onKeyDown={ignoreHeldEnter}>
        <h2 className="subtitle beside-close">{title}</h2>
        {children}
        {problem !== undefined && <Notice tone="problem" title="That did not work">{problem}</Notice>}
        <div className="row">{isDangerous ? [keeping, acting] : [acting, keeping]}</div>
      </form>
    </Modal>
  );
}

/** The key that opened the dialog, held a little long, must not answer it. */
function ignoreHeldEnter(event: KeyboardEvent) {
  if (event.key === 'Enter' && event.repeat) event.preventDefault();
}
