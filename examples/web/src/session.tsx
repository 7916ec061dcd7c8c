import { useEventos } from '@eventos/wasm/react';
import { useQueryClient, type Query } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { ACCOUNT, useAccountQuery, type Account } from './account';
import { tabStorage } from './browser-storage';
import { Failure, Loading } from './design/components';
import { SignIn } from './sign-in';

/** Who is signed in; null for nobody, undefined while that is not known. */
export function useSession(): Account | null | undefined {
  return useAccountQuery().data;
}

/** Signs out, and forgets what was shown and what was typed. */
export function useSignOut(): () => void {
  const eventos = useEventos();
  const cache = useQueryClient();
  return () => {
    // This device forgets the session first, and whether or not the server can be told.
    eventos.auth.signOut().catch(() => undefined);
    tabStorage?.clear();
    cache.getMutationCache().clear();
    cache.setQueryData(ACCOUNT, null);
    // What is on the screen once the account's own parts are gone is asked for again, as a visitor.
    setTimeout(() => {
      cache.removeQueries({ type: 'inactive', predicate: isNotAccount });
      void cache.resetQueries({ predicate: isNotAccount });
    });
  };
}

function isNotAccount({ queryKey }: Query): boolean {
  return queryKey[0] !== ACCOUNT[0];
}

/** What only somebody who is signed in sees; a form to sign in for everybody else. */
export function WithAccount({ why, children }: { why: string; children: (account: Account) => ReactNode }) {
  const { data: account, error, refetch } = useAccountQuery();
  if (account) return <>{children(account)}</>;
  return (
    <>
      <title>Sign in · EventOS</title>
      {account === null && <SignIn why={why} />}
      {account === undefined && error === null && <Loading what="your account" />}
      {account === undefined && error !== null && <Failure what="Your account" error={error} retry={refetch} />}
    </>
  );
}
