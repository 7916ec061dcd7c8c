import { useEffect } from 'react';

import { useIsSeen } from './is-seen';

/** Keeps the screen from going dark between two scans, where the browser can. It lets go while the page is hidden. */
export function useScreenAwake() {
  const isSeen = useIsSeen();

  useEffect(() => {
    if (!isSeen || !('wakeLock' in navigator)) return;
    // A phone that saves its battery refuses, and the door goes on.
    const lock = navigator.wakeLock.request('screen').catch(() => undefined);
    return () => void lock.then((held) => held?.release());
  }, [isSeen]);
}
