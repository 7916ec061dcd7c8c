import type { Eventos, Session } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';

/** Who is signed in. The secrets of the session stay with the client. */
export type Account = Pick<Session, 'user_id' | 'email'>;

export const ACCOUNT = ['session'];

/** Who is signed in; null for nobody. */
export function useAccountQuery() {
  const eventos = useEventos();
  return useQuery({
    queryKey: ACCOUNT,
    queryFn: () => signedIn(eventos),
    staleTime: Infinity,
    // A session that has ended meanwhile is not renewed.
    refetchOnWindowFocus: 'always',
  });
}

async function signedIn(eventos: Eventos): Promise<Account | null> {
  const session = await eventos.auth.session();
  return session && accountOf(session);
}

export function accountOf({ user_id, email }: Session): Account {
  return { user_id, email };
}
