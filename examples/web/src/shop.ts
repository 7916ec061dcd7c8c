import { createClient, init, isEventosError } from '@eventos/wasm';
import { QueryCache, QueryClient } from '@tanstack/react-query';

import { siteStorage, tabStorage } from './browser-storage';

const SESSION_KEY = 'eventos.session';

/** The one client of this page. It keeps the session over reloads. */
export const eventos = createClient({
  url: window.location.origin,
  key: import.meta.env.EVENTOS_ANON_KEY,
  storageKey: SESSION_KEY,
  ...(siteStorage !== undefined && { storage: siteStorage }),
});

// Begun at once. Where it fails, the first call loads it again, and says why it cannot.
init().catch(() => undefined);

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // A session that ran out is no fault of the screen: it asks for the password again.
      if (isEventosError(error) && error.unauthenticated) void queryClient.invalidateQueries({ queryKey: ['session'] });
    },
  }),
  defaultOptions: {
    // Without a network a call fails at once and says so, where it would else wait without a word.
    queries: { staleTime: 5_000, retry: false, networkMode: 'always', refetchOnReconnect: true },
    mutations: { networkMode: 'always' },
  },
});

// Another tab signed out, or in as somebody else: nothing of the one before may stay here.
window.addEventListener('storage', ({ key, oldValue, newValue }) => {
  const [before, now] = [userOf(oldValue), userOf(newValue)];
  if (key !== SESSION_KEY || before === now) return;
  if (before !== undefined) tabStorage?.clear();
  window.location.reload();
});

function userOf(session: string | null): string | undefined {
  if (session === null) return undefined;
  const { user_id } = JSON.parse(session) as { user_id?: string };
  return user_id;
}
