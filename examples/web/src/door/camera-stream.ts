import { useEffect, useState } from 'react';

import { useIsSeen } from './is-seen';

type CameraState = { is: 'opening' } | { is: 'open'; stream: MediaStream } | { is: 'failed'; problem: string };

/** The rear camera's pictures, for as long as this is rendered and the page is seen: hidden, it looks at nothing. */
export function useCameraStream(): { state: CameraState; tryAgain: () => void } {
  const [state, setState] = useState<CameraState>({ is: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const isSeen = useIsSeen();

  useEffect(() => {
    if (!isSeen) return;
    let isOver = false;
    const change = (next: CameraState) => !isOver && setState(next);
    const opening = openCamera(() => change({ is: 'failed', problem: TAKEN_AWAY }));
    opening.then(
      (stream) => change({ is: 'open', stream }),
      (error: unknown) => change({ is: 'failed', problem: inWords(error) }),
    );
    return () => {
      isOver = true;
      setState({ is: 'opening' });
      opening.then(stop, () => undefined);
    };
  }, [isSeen, attempt]);

  return { state, tryAgain: () => setAttempt(attempt + 1) };
}

async function openCamera(onEnd: () => void): Promise<MediaStream> {
  if (!window.isSecureContext) throw new DOMException('', 'SecurityError');
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
  });
  // Whoever stops it here does not hear of it: it ends by itself where it is unplugged, or forbidden meanwhile.
  for (const track of stream.getTracks()) track.addEventListener('ended', onEnd);
  return stream;
}

function stop(stream: MediaStream) {
  for (const track of stream.getTracks()) track.stop();
}

const TAKEN_AWAY = 'It gives no pictures any more. See whether it is plugged in and still allowed, and try again.';

/** Why there is no picture, and what to do. */
function inWords(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return 'It is not allowed. Allow the camera for this site, by the sign beside the address or in the settings of the browser, and try again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'This device has none. Use a scanner, or type the code.';
    case 'NotReadableError':
    case 'AbortError':
      return 'Another program uses it. Close that one, and try again.';
    case 'SecurityError':
      return 'Browsers lend it to pages over https alone. Open this page by its https address.';
    default:
      return 'The browser does not say why. Use a scanner, or type the code.';
  }
}
