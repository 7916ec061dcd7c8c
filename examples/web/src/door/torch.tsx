import { Flashlight, FlashlightOff } from 'lucide-react';
import { useState } from 'react';

import { Button } from '../design/components';

/** What the types of the DOM do not know of yet. */
declare global {
  interface MediaTrackCapabilities {
    torch?: boolean;
  }
  interface MediaTrackConstraintSet {
    torch?: boolean;
  }
}

/** The phone's light, where the camera has one. */
export function Torch({ track }: { track: MediaStreamTrack | undefined }) {
  const [isLit, setLit] = useState(false);
  const [isRefused, setRefused] = useState(false);
  // Some browsers do not tell what a camera can do.
  if (track?.getCapabilities?.().torch !== true) return null;

  async function light(track: MediaStreamTrack, torch: boolean) {
    try {
      await track.applyConstraints({ advanced: [{ torch }] });
      setLit(torch);
      setRefused(false);
    } catch {
      setRefused(true);
    }
  }

  return (
    <>
      <Button kind="quiet" aria-pressed={isLit} onClick={() => void light(track, !isLit)}>
        {isLit ? <FlashlightOff size={18} aria-hidden="true" /> : <Flashlight size={18} aria-hidden="true" />}Light
      </Button>
      <span className="small muted" role="status">{isRefused && 'The camera does not switch its light.'}</span>
    </>
  );
}
