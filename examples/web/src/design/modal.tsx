import { X } from 'lucide-react';
import { useLayoutEffect, useRef, type ReactNode } from 'react';

interface ModalProps {
  /** What it is, for a screen reader. */
  label: string;
  className?: string;
  onClose: () => void;
  children: ReactNode;
}

/** A native dialog over the page. Escape and its cross close it, and the focus goes back to where it was. */
export function Modal({ label, className = '', onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // It begins at its top, also where what has the focus lies further down.
    shown?.scrollTo(0, 0);
    return () => shown?.close();
  }, []);

  function closed() {
    // In development React opens it a second time before the first close is told.
    if (dialog.current?.open === false) onClose();
  }

  return (
    <dialog ref={dialog} className={`modal ${className}`} aria-label={label} onClose={closed}>
      {children}
      <button type="button" className="modal-close" aria-label="Close" onClick={() => dialog.current?.close()}>
        <X size={22} aria-hidden="true" />
      </button>
    </dialog>
  );
}
