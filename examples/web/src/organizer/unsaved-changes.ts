import { useEffect, useState } from 'react';

/** What is typed, and what it is typed over. */
export interface Unsaved<Form> {
  form: Form;
  isChanged: boolean;
  change: (part: Partial<Form>) => void;
  /** Back to what is stored. */
  discard: () => void;
}

/**
 * What somebody types over what is stored. It outlives a reload and a detour through other screens, in the session storage
 * of this tab; and before the tab closes with changes in it, the browser asks.
 */
export function useUnsavedChanges<Form extends object>(key: string, stored: Form): Unsaved<Form> {
  const storageKey = `eventos.unsaved.${key}`;
  const [typed, setTyped] = useState<Form | undefined>(() => kept<Form>(storageKey));
  const form = typed ?? stored;
  const isChanged = typed !== undefined && JSON.stringify(typed) !== JSON.stringify(stored);

  useEffect(() => {
    if (!isChanged) {
      sessionStorage.removeItem(storageKey);
      return;
    }
    sessionStorage.setItem(storageKey, JSON.stringify(typed));
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged, storageKey, typed]);

  return {
    form,
    isChanged,
    change: (part: Partial<Form>) => setTyped({ ...form, ...part }),
    discard: () => {
      sessionStorage.removeItem(storageKey);
      setTyped(undefined);
    },
  };
}

function kept<Form>(storageKey: string): Form | undefined {
  const text = sessionStorage.getItem(storageKey);
  return text === null ? undefined : (JSON.parse(text) as Form);
}
