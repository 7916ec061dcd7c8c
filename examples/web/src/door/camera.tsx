import { Camera as CameraSign, RotateCw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { Button, Loading, Notice } from '../design/components';
import { useCodesInPicture } from './camera-codes';
import { useCameraStream } from './camera-stream';
import { Torch } from './torch';

/** Reads codes with this device's camera, once it is asked to. */
export function Camera({ onCode }: { onCode: (code: string) => void }) {
  const [isOn, setOn] = useState(false);
  return (
    <section className="camera" aria-label="Camera">
      {isOn
        ? <LiveCamera onCode={onCode} onStop={() => setOn(false)} />
        : <Button wide onClick={() => setOn(true)}><CameraSign size={20} aria-hidden="true" />Start the camera</Button>}
    </section>
  );
}

function LiveCamera({ onCode, onStop }: { onCode: (code: string) => void; onStop: () => void }) {
  const { state, tryAgain } = useCameraStream();
  if (state.is === 'failed') {
    return (
      <Notice
        tone="warn"
        title="The camera does not work"
        action={
          <>
            <Button kind="quiet" onClick={tryAgain}><RotateCw size={16} aria-hidden="true" />Try again</Button>
            <Button kind="plain" onClick={onStop}>Go on without it</Button>
          </>
        }
      >
        {state.problem}
      </Notice>
    );
  }
  if (state.is === 'opening') return <Loading what="the camera" />;
  return <Picture stream={state.stream} onCode={onCode} onStop={onStop} />;
}

function Picture({ stream, onCode, onStop }: { stream: MediaStream; onCode: (code: string) => void; onStop: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const canRead = useCodesInPicture(video, onCode);

  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);

  return (
    <>
      <div className="camera-picture">
        <video ref={video} autoPlay muted playsInline aria-label="What the camera sees" />
        <div className="camera-frame" aria-hidden="true" />
      </div>
      {!canRead && (
        <Notice tone="warn" title="Codes cannot be read from the picture">
          What reads them could not be loaded. It is tried again; until then, use a scanner or type the code.
        </Notice>
      )}
      <div className="row camera-actions">
        <Torch track={stream.getVideoTracks()[0]} />
        <Button kind="quiet" onClick={onStop}>Stop the camera</Button>
      </div>
    </>
  );
}
