import type { EventId } from '@eventos/wasm';
import { useState } from 'react';
import { useLocation } from 'react-router';

/** A door link for staff. The token is in the fragment, which browsers send to nobody. */
export function doorLink(event_id: EventId, token: string): string {
  return `${window.location.origin}/door/${event_id}#token=${encodeURIComponent(token)}`;
}

/** The token with which staff came, if they did, and how to give it back. */
export interface DoorPass {
  token: string | undefined;
  forget: () => void;
}

/** Takes a token out of the address bar, and keeps it for this tab. */
export function useDoorPass(event_id: EventId): DoorPass {
  const { key, hash } = useLocation();
  const [taken, setTaken] = useState(() => ({ key, token: takeToken(event_id, hash) }));
  if (taken.key !== key) setTaken({ key, token: takeToken(event_id, hash) });
  return {
    token: taken.token,
    forget: () => {
      sessionStorage.removeItem(storageKey(event_id));
      setTaken({ key, token: undefined });
    },
  };
}

function takeToken(event_id: EventId, hash: string): string | undefined {
  const token = new URLSearchParams(hash.slice(1)).get('token');
  if (token === null || token === '') return keptToken(event_id);
  sessionStorage.setItem(storageKey(event_id), token);
  window.history.replaceState(window.history.state, '', window.location.pathname);
  return token;
}

function keptToken(event_id: EventId): string | undefined {
  return sessionStorage.getItem(storageKey(event_id)) ?? undefined;
}

function storageKey(event_id: EventId): string {
  return `eventos.door-token.${event_id}`;
}
