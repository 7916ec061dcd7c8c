import { useEffect, useState, useSyncExternalStore } from 'react';

export type CameraState = { is: 'opening' } | { is: 'open'; stream: MediaStream } | { is: 'failed'; problem: string };

/** The rear camera's pictures, for as long as this is rendered and the page is seen: hidden, it looks at nothing. */
export function useCameraStream(): { state: CameraState; tryAgain: () => void } {
  const [state, setState] = useState<CameraState>({ is: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const isSeen = useIsSeen();

  useEffect(() => {
    if (!isSeen) return;
    let isOver = false;
    const opening = openCamera();
    opening.then(
      (stream) => !isOver && setState({ is: 'open', stream }),
      (error: unknown) => !isOver && setState({ is: 'failed', problem: inWords(error) }),
    );
    return () => {
      isOver = true;
      setState({ is: 'opening' });
      opening.then(stop, () => undefined);
    };
  }, [isSeen, attempt]);

  return { state, tryAgain: () => setAttempt(attempt + 1) };
}

async function openCamera(): Promise<MediaStream> {
  if (!window.isSecureContext) throw new DOMException('', 'SecurityError');
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } } });
}

function stop(stream: MediaStream) {
  for (const track of stream.getTracks()) track.stop();
}

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

function useIsSeen(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed);
      return () => document.removeEventListener('visibilitychange', changed);
    },
    () => document.visibilityState === 'visible',
  );
}
