import { useEffect, useEffectEvent, useState, type RefObject } from 'react';

import { qrDetector } from './qr-detector';

/** About eight looks a second: quick for a queue, and easy on the battery. */
const PAUSE_MS = 125;
/** After a failure it rests longer: what is missing may have to be loaded. */
const PAUSE_AFTER_FAILURE_MS = 3_000;
/** A code is out of the picture once it was not seen for this long: a shaking hand hides it for less. */
const GONE_AFTER_MS = 3_000;

/** Tells of each code that comes into the picture, once. What it gives is whether it can. */
export function useCodesInPicture(video: RefObject<HTMLVideoElement | null>, onCode: (code: string) => void): boolean {
  const [canRead, setCanRead] = useState(true);
  const tell = useEffectEvent(onCode);

  useEffect(() => {
    const isNew = newInPicture();
    let pause: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;

    async function look() {
      const picture = video.current;
      if (picture === null || picture.readyState < picture.HAVE_CURRENT_DATA) return;
      const symbols = await (await qrDetector()).detect(picture);
      for (const { rawValue } of symbols) if (!isOver && isNew(rawValue, Date.now())) tell(rawValue);
    }

    async function watch() {
      const hasLooked = await look().then(() => true, () => false);
      if (isOver) return;
      setCanRead(hasLooked);
      pause = setTimeout(() => void watch(), hasLooked ? PAUSE_MS : PAUSE_AFTER_FAILURE_MS);
    }

    void watch();
    return () => {
      isOver = true;
      clearTimeout(pause);
    };
  }, [video]);

  return canRead;
}

/** Tells a code that came into the picture from one that is still in it. */
function newInPicture(): (code: string, now: number) => boolean {
  const lastSeen = new Map<string, number>();
  return (code, now) => {
    for (const [known, seen] of lastSeen) if (now - seen > GONE_AFTER_MS) lastSeen.delete(known);
    const isNew = code !== '' && !lastSeen.has(code);
    lastSeen.set(code, now);
    return isNew;
  };
}
