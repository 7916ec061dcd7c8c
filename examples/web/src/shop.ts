import { createClient, init, isEventosError } from '@eventos/wasm';
import { QueryCache, QueryClient } from '@tanstack/react-query';

/** The one client of this page. It keeps the session over reloads. */
export const eventos = createClient({
  url: window.location.origin,
  key: import.meta.env.EVENTOS_ANON_KEY,
  storage: window.localStorage,
});

/** Loaded at once, so that codes and symbols can be drawn without waiting. */
export const loaded = init();

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
