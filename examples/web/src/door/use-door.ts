import type { Door, EventId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMemo } from 'react';

/** A door, and who opened it on this device. */
export interface Doorway {
  event_id: EventId;
  /** With which staff came; the organizer needs none. */
  token: string | undefined;
  /** Tells one who opened it from another: what one sees and scans is not for the next. */
  opener: string;
}

/** The door as this device opens it: for staff with their token, else for whoever is signed in. */
export function useDoor({ event_id, token }: Doorway, { device, gate }: { device: string; gate: string }): Door {
  const eventos = useEventos();
  return useMemo(
    () =>
      eventos.door(event_id, {
        ...(token !== undefined && { token }),
        ...(device !== '' && { device }),
        ...(gate !== '' && { gate }),
      }),
    [eventos, event_id, token, device, gate],
  );
}
