import type { Door, EventId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMemo } from 'react';

/** The door of an event as this device opens it: for staff with their token, else for whoever is signed in. */
export function useDoor(event_id: EventId, token: string | undefined, { device, gate }: { device: string; gate: string }): Door {
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
