import { useState, type FormEvent } from 'react';

import { Button, Field } from '../design/components';

/** For a code that is pasted, or read out. */
export function CodeEntry({ onCode }: { onCode: (code: string) => void }) {
  const [code, setCode] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (code.trim() === '') return;
    onCode(code.trim());
    setCode('');
  }

  return (
    <form className="code-entry" aria-label="Type a code" onSubmit={submit}>
      <Field
        label="Ticket code"
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="send"
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit">Check in</Button>
    </form>
  );
}
