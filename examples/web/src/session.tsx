import { isEventosError, type Session } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent, type ReactNode } from 'react';

import { DemoAccounts } from './demo-accounts';
import { Button, Failure, Field, inWords, Loading, Notice } from './design/components';

const SESSION = ['session'];

/** Who is signed in; null for nobody, undefined while that is not known. */
export function useSession(): Session | null | undefined {
  return useSessionQuery().data;
}

/** Signs out, and forgets what was shown and what was typed. */
export function useSignOut(): () => Promise<void> {
  const eventos = useEventos();
  const queries = useQueryClient();
  return async () => {
    // This device forgets the session also where the server cannot be told.
    await eventos.auth.signOut().catch(() => undefined);
    window.sessionStorage.clear();
    queries.setQueryData(SESSION, null);
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
  };
}

/** What only somebody who is signed in sees; a form to sign in for everybody else. */
export function WithAccount({ why, children }: { why: string; children: (session: Session) => ReactNode }) {
  const { data: session, error, refetch } = useSessionQuery();
  if (session) return <>{children(session)}</>;
  if (session === null) return <SignIn why={why} />;
  return error === null ? <Loading what="your account" /> : <Failure what="Your account" error={error} retry={refetch} />;
}

interface SignInProps {
  why: string;
  /** The level of its heading: below that of the page where it has one. */
  heading?: 'h1' | 'h2';
  onSignedIn?: (session: Session) => void;
}

/** Signing in, or up, without leaving the page. */
export function SignIn({ why, heading: Heading = 'h1', onSignedIn }: SignInProps) {
  const title = useId();
  const [isNew, setNew] = useState(false);
  const [account, setAccount] = useState<Account>({ full_name: '', email: '', password: '' });
  const entry = useEntry(isNew, onSignedIn);

  function submit(event: FormEvent) {
    event.preventDefault();
    entry.mutate(account);
  }
  function turn() {
    entry.reset();
    setNew(!isNew);
  }
  const field = (name: keyof Account) => ({
    name,
    value: account[name],
    onChange: (event: { target: HTMLInputElement }) => setAccount({ ...account, [name]: event.target.value }),
    required: true,
  });

  if (entry.data === null) {
    return <Notice tone="info" title="Confirm your e-mail">We sent a link to {account.email}. Open it, then sign in here.</Notice>;
  }
  return (
    <section className="card narrow stack sign-in" aria-labelledby={title}>
      <header className="stack-tight">
        <Heading id={title} className="title">{isNew ? 'Create an account' : 'Sign in'}</Heading>
        <p className="muted">{why}</p>
      </header>
      <form className="stack" onSubmit={submit}>
        {isNew && <Field label="Full name" autoComplete="name" {...field('full_name')} />}
        <Field label="E-mail" type="email" autoComplete="email" {...field('email')} />
        <Field
          label="Password"
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          minLength={8}
          hint={isNew ? 'At least 8 characters.' : undefined}
          {...field('password')}
        />
        {entry.error !== null && <Notice tone="problem" title="That did not work">{whyNot(entry.error)}</Notice>}
        <Button type="submit" busy={entry.isPending} wide>{isNew ? 'Create account' : 'Sign in'}</Button>
      </form>
      <Button kind="plain" onClick={turn}>{isNew ? 'I have an account' : 'I am new here'}</Button>
      {!isNew && <DemoAccounts onChoose={(demo) => setAccount({ ...account, ...demo })} />}
    </section>
  );
}

interface Account {
  full_name: string;
  email: string;
  password: string;
}

/** Signs in, or up. Its data is the session, or null for a new account whose e-mail must be confirmed first. */
function useEntry(isNew: boolean, onSignedIn: ((session: Session) => void) | undefined) {
  const eventos = useEventos();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ full_name, email, password }: Account) => {
      if (!isNew) return eventos.auth.signInWithPassword(email.trim(), password);
      const answer = await eventos.auth.signUp({ full_name: full_name.trim(), email: email.trim(), password });
      return answer.outcome === 'signed_in' ? answer.session : null;
    },
    onSuccess: async (session) => {
      if (session === null) return;
      queries.setQueryData(SESSION, session);
      onSignedIn?.(session);
      // Who is known may see more.
      await queries.invalidateQueries({ queryKey: ['eventos'] });
    },
  });
}

/** The auth server's refusals in other words, where somebody can do something about them. */
function whyNot(error: Error): string {
  switch (isEventosError(error) ? error.code : undefined) {
    case 'invalid_credentials':
      return 'This e-mail and this password do not belong together.';
    case 'email_not_confirmed':
      return 'Open the link that we sent to this e-mail first.';
    case 'user_already_exists':
      return 'There is an account with this e-mail: sign in to it.';
    case 'weak_password':
      return 'This password is too easy to guess: take a longer one.';
    default:
      return inWords(error);
  }
}

function useSessionQuery() {
  const eventos = useEventos();
  return useQuery({
    queryKey: SESSION,
    queryFn: () => eventos.auth.session(),
    staleTime: Infinity,
    // Another tab may have signed in or out.
    refetchOnWindowFocus: 'always',
  });
}
