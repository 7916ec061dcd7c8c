import type { DoorTokenDetails, DoorTokenId, EventId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { AskDialog } from '../design/ask-dialog';
import { Button, Failure, inWords, Loading } from '../design/components';
import { useFocusMoves } from '../design/focus-moves';
import { dateAndHour } from '../format';
import { IssueDoorToken } from './issue-door-token';

/** Tokens with which the phones of staff open this event's door. */
export function DoorTokensCard({ event_id }: { event_id: EventId }) {
  const eventos = useEventos();
  const tokens = useQuery({ queryKey: ['eventos', 'door-tokens', event_id], queryFn: () => eventos.doorTokens.list(event_id) });
  return (
    <section className="card stack" aria-labelledby="door-tokens">
      <div>
        <h2 id="door-tokens" className="subtitle">Door tokens for staff</h2>
        <p className="muted">
          A token opens the door of this event on a phone, without an account. It ends by itself, and you can revoke it at any time.
        </p>
      </div>
      <IssueDoorToken event_id={event_id} />
      {tokens.isPending && <Loading what="the tokens" />}
      {tokens.isError && <Failure what="The tokens" error={tokens.error} retry={tokens.refetch} />}
      {tokens.data !== undefined && tokens.data.length > 0 && <TokenList tokens={tokens.data.toReversed()} />}
    </section>
  );
}

function TokenList({ tokens }: { tokens: readonly DoorTokenDetails[] }) {
  const [asked, setAsked] = useState<DoorTokenDetails>();
  const [title, focusTitle] = useFocusMoves<HTMLHeadingElement>();
  const revoke = useRevoke();

  function close() {
    setAsked(undefined);
    revoke.reset();
  }

  function revoked() {
    close();
    focusTitle();
  }

  return (
    <>
      <h3 ref={title} tabIndex={-1} className="field-label">Issued so far</h3>
      <ul className="tokens">
        {tokens.map((token) => (
          <li key={token.token_id}>
            <div>
              <strong>{nameOf(token)}</strong>
              <p className="muted small">{validity(token)}</p>
            </div>
            {isUsable(token) && (
              <Button kind="danger" onClick={() => setAsked(token)}>Revoke<span className="visually-hidden"> {nameOf(token)}</span></Button>
            )}
          </li>
        ))}
      </ul>
      {asked !== undefined && (
        <AskDialog
          title={`Revoke the token ${nameOf(asked)}?`}
          act="Revoke"
          isDangerous
          busy={revoke.isPending}
          problem={revoke.error === null ? undefined : inWords(revoke.error)}
          onAct={() => revoke.mutate(asked.token_id, { onSuccess: revoked })}
          onClose={close}
        >
          <p>The phone that has it lets nobody in any more, from its next scan on. It cannot be taken back; issue another token instead.</p>
        </AskDialog>
      )}
    </>
  );
}

function useRevoke() {
  const eventos = useEventos();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token_id: DoorTokenId) => eventos.doorTokens.revoke(token_id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['eventos', 'door-tokens'] }),
  });
}

function nameOf({ label }: DoorTokenDetails): string {
  return label === '' ? 'without a label' : label;
}

function isUsable({ revoked_at, expires_at }: DoorTokenDetails): boolean {
  return revoked_at === null && Date.parse(expires_at) > Date.now();
}

function validity(token: DoorTokenDetails): string {
  const { revoked_at, expires_at } = token;
  if (revoked_at !== null) return `revoked ${dateAndHour(revoked_at)}`;
  return `${isUsable(token) ? 'until' : 'expired'} ${dateAndHour(expires_at)}`;
}
