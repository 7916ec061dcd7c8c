import { useEffect, useRef, useState, type RefObject } from 'react';

/** A place for the focus, and how to move it there when the control that has it is about to go away. */
export function useFocusMoves<Place extends HTMLElement>(): [RefObject<Place | null>, () => void] {
  const place = useRef<Place>(null);
  const [moves, setMoves] = useState(0);

  useEffect(() => {
    if (moves > 0) place.current?.focus();
  }, [moves]);

  return [place, () => setMoves((count) => count + 1)];
}
