import { useEffect, useState } from 'react';

const PAUSE_MS = 250;

/** A value as it was when it last stood still for a moment: so that typing asks once, not with every key. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const pause = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [value]);
  return settled;
}
