import { isServerError, qr, type EventId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';

import { Button, Field, inWords, Notice } from '../design/components';
import { doorLink } from '../door/door-pass';
import { SelectField } from './form-fields';

const HOUR = 3_600_000;

/** For how long a token is good, in hours from now; without a number it ends 12 hours after the event. */
const VALIDITIES = [
  { word: 'Until 12 hours after the event', hours: undefined },
  { word: 'For 8 hours from now', hours: 8 },
  { word: 'For 24 hours from now', hours: 24 },
  { word: 'For 3 days from now', hours: 72 },
];

/** Issues a token and shows it, this one time. */
export function IssueDoorToken({ event_id }: { event_id: EventId }) {
  const [label, setLabel] = useState('');
  const [choice, setChoice] = useState(0);
  const [isNext, setNext] = useState(false);
  const issue = useIssue(event_id);

  function submit(event: FormEvent) {
    event.preventDefault();
    issue.mutate({ label: label.trim(), hours: VALIDITIES[choice]?.hours }, { onSuccess: () => setLabel('') });
  }

  function done() {
    issue.reset();
    setNext(true);
  }

  if (issue.data !== undefined) {
    return <IssuedToken label={issue.data.details.label} link={doorLink(event_id, issue.data.token)} onDone={done} />;
  }
  return (
    <form className="stack" aria-label="New door token" onSubmit={submit}>
      <div className="fields">
        <Field
          label="Label"
          autoFocus={isNext}
          placeholder="North gate, Ali’s phone"
          maxLength={80}
          required
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <SelectField label="Valid" value={choice} onChange={(event) => setChoice(Number(event.target.value))}>
          {VALIDITIES.map(({ word }, index) => <option key={word} value={index}>{word}</option>)}
        </SelectField>
      </div>
      {issue.error !== null && <Notice tone="problem" title="No token was issued">{whyNot(issue.error)}</Notice>}
      <div className="row"><Button type="submit" kind="quiet" busy={issue.isPending}>Issue token</Button></div>
    </form>
  );
}

function useIssue(event_id: EventId) {
  const eventos = useEventos();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ label, hours }: { label: string; hours: number | undefined }) =>
      eventos.doorTokens.issue({ event_id, label, ...(hours !== undefined && { expires_at: new Date(Date.now() + hours * HOUR) }) }),
    // A token is a secret: it is not kept longer than it is shown.
    gcTime: 0,
    onSettled: () => queries.invalidateQueries({ queryKey: ['eventos', 'door-tokens', event_id] }),
  });
}

/** The link as a symbol for the camera of the phone that is to have it, and as text. */
function IssuedToken({ label, link, onDone }: { label: string; link: string; onDone: () => void }) {
  const issued = useRef<HTMLDivElement>(null);
  useEffect(() => issued.current?.focus(), []);

  return (
    <div className="issued" ref={issued} tabIndex={-1} role="group" aria-label={`Token ${label}`}>
      <img src={qr.pngDataUrl(link, { scale: 6, correction: 'M' })} alt={`QR symbol of the door link for ${label}`} className="issued-symbol" />
      <div className="stack">
        <Notice tone="good" title={`Token for ${label}`}>
          Scan the symbol with the phone that stands at the door. It is shown this once: whoever has it can let people in.
        </Notice>
        <Field label="Link" readOnly value={link} onFocus={(event) => event.target.select()} />
        <div className="row">
          <CopyButton text={link} />
          <Button onClick={onDone}>Done</Button>
        </div>
      </div>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const copy = useMutation({ mutationFn: () => navigator.clipboard.writeText(text) });
  return (
    <>
      <Button kind="quiet" onClick={() => copy.mutate()}><Copy size={16} aria-hidden="true" />Copy link</Button>
      <span className="small muted" role="status">
        {copy.isSuccess && 'Copied.'}
        {copy.isError && 'The browser did not allow it: select the link instead.'}
      </span>
    </>
  );
}

/** The server refuses a validity that does not fit the event. */
function whyNot(error: Error): string {
  const isWrongTime = isServerError(error) && error.code === '22023';
  return isWrongTime ? 'A token ends in the future, and at most 7 days after its event. Choose another validity.' : inWords(error);
}
