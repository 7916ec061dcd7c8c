import type { EventId } from '@eventos/wasm';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { tabStorage } from '../browser-storage';
import { forgetScans } from './scan-log';

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
  const { pathname, hash } = useLocation();
  const navigate = useNavigate();
  const [token, setToken] = useState(() => tabStorage?.getItem(storageKey(event_id)) ?? undefined);
  const brought = tokenIn(hash);

  function change(next: string | undefined) {
    if (token !== undefined && token !== next) forgetScans({ event_id, token, opener: token });
    if (next === undefined) tabStorage?.removeItem(storageKey(event_id));
    else tabStorage?.setItem(storageKey(event_id), next);
    setToken(next);
  }

  useEffect(() => {
    if (brought === undefined) return;
    change(brought);
    void navigate(pathname, { replace: true });
  }, [brought, pathname]);

  return { token: brought ?? token, forget: () => change(undefined) };
}

function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('token') || undefined;
}

function storageKey(event_id: EventId): string {
  return `eventos.door-token.${event_id}`;
}
