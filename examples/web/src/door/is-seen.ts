import { useSyncExternalStore } from 'react';

/** Whether the page is before somebody's eyes, not behind another one or a dark screen. */
export function useIsSeen(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed);
      return () => document.removeEventListener('visibilitychange', changed);
    },
    () => document.visibilityState === 'visible',
  );
}
