import { useEffect, useState } from 'react';

import { tabStorage } from '../browser-storage';

/** What is typed, and what it is typed over. */
export interface Unsaved<Form> {
  form: Form;
  isChanged: boolean;
  change: (part: Partial<Form>) => void;
  /** Back to what is stored. */
  discard: () => void;
}

/**
 * What somebody types over what is stored: field by field, so that all others show what is stored, also where somebody else
 * changes that meanwhile. It outlives a reload and a detour through other screens, in the session storage of this tab; and
 * before the tab closes with changes in it, the browser asks.
 */
export function useUnsavedChanges<Form extends object>(key: string, stored: Form): Unsaved<Form> {
  const storageKey = `eventos.unsaved.${key}`;
  const [typed, setTyped] = useState<Partial<Form>>(() => kept<Form>(storageKey));
  const form = { ...stored, ...typed };
  const isChanged = (Object.keys(typed) as (keyof Form)[]).some((field) => typed[field] !== stored[field]);

  useEffect(() => {
    if (!isChanged) {
      tabStorage?.removeItem(storageKey);
      return;
    }
    tabStorage?.setItem(storageKey, JSON.stringify(typed));
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged, storageKey, typed]);

  return {
    form,
    isChanged,
    change: (part: Partial<Form>) => setTyped({ ...typed, ...part }),
    discard: () => {
      tabStorage?.removeItem(storageKey);
      setTyped({});
    },
  };
}

function kept<Form>(storageKey: string): Partial<Form> {
  return JSON.parse(tabStorage?.getItem(storageKey) ?? '{}') as Partial<Form>;
}
