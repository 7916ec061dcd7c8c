import { isEventosError } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';

import { ACCOUNT, accountOf, type Account } from './account';
import { DemoAccounts } from './demo-accounts';
import { Button, Field, inWords, Notice } from './design/components';
import { FocusedTitle } from './design/focused-title';

interface SignInProps {
  why: string;
  /** The level of its heading: below that of the page where it has one. */
  heading?: 'h1' | 'h2';
  onSignedIn?: (account: Account) => void;
}

/** Signing in, or up, without leaving the page. */
export function SignIn({ why, heading = 'h1', onSignedIn }: SignInProps) {
  const title = useId();
  const [isNew, setNew] = useState(false);
  const [typed, setTyped] = useState<Typed>({ full_name: '', email: '', password: '' });
  const entry = useEntry(isNew, onSignedIn);
  const Heading = heading;

  function submit(event: FormEvent) {
    event.preventDefault();
    entry.mutate(typed);
  }
  function turnTo(isNewNow: boolean) {
    entry.reset();
    setNew(isNewNow);
  }
  const field = (name: keyof Typed) => ({
    name,
    value: typed[name],
    onChange: (event: { target: HTMLInputElement }) => setTyped({ ...typed, [name]: event.target.value }),
    required: true,
  });

  if (entry.data === null) return <ToConfirm email={typed.email} heading={heading} onDone={() => turnTo(false)} />;
  return (
    <section className="card narrow stack" aria-labelledby={title}>
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
          {...(isNew ? { autoComplete: 'new-password', minLength: 8, hint: 'At least 8 characters.' } : { autoComplete: 'current-password' })}
          {...field('password')}
        />
        {entry.error !== null && <Notice tone="problem" title="That did not work">{whyNot(entry.error)}</Notice>}
        <Button type="submit" busy={entry.isPending} wide>{isNew ? 'Create account' : 'Sign in'}</Button>
      </form>
      <Button kind="plain" onClick={() => turnTo(!isNew)}>{isNew ? 'I have an account' : 'I am new here'}</Button>
      {!isNew && <DemoAccounts onChoose={(demo) => setTyped({ ...typed, ...demo })} />}
    </section>
  );
}

/** Said to somebody whose account waits for a link to be opened. */
function ToConfirm({ email, heading, onDone }: { email: string; heading: 'h1' | 'h2'; onDone: () => void }) {
  return (
    <section className="card narrow stack">
      <FocusedTitle as={heading}>Confirm your e-mail</FocusedTitle>
      <p>We sent a link to {email}. Open it, then sign in here.</p>
      <Button wide onClick={onDone}>Sign in</Button>
    </section>
  );
}

interface Typed {
  full_name: string;
  email: string;
  password: string;
}

/** Signs in, or up. Its data is the account, or null for a new one whose e-mail must be confirmed first. */
function useEntry(isNew: boolean, onSignedIn: ((account: Account) => void) | undefined) {
  const eventos = useEventos();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ full_name, email, password }: Typed): Promise<Account | null> => {
      if (!isNew) return accountOf(await eventos.auth.signInWithPassword(email.trim(), password));
      const answer = await eventos.auth.signUp({ full_name: full_name.trim(), email: email.trim(), password });
      return answer.outcome === 'signed_in' ? accountOf(answer.session) : null;
    },
    // The password is not kept longer than its form.
    gcTime: 0,
    onSuccess: async (account) => {
      if (account === null) return;
      cache.setQueryData(ACCOUNT, account);
      onSignedIn?.(account);
      // Who is known may see more.
      await cache.invalidateQueries({ queryKey: ['eventos'] });
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
