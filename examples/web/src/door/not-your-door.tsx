import { Lock } from 'lucide-react';
import { Link } from 'react-router';

import { Button, buttonClass } from '../design/components';
import { FocusedTitle } from '../design/focused-title';
import { useSignOut } from '../session';
import type { DoorPass } from './door-pass';

/** Said to whoever has no way, or no way any more, through this screen. */
export function NotYourDoor({ pass }: { pass: DoorPass }) {
  const signOut = useSignOut();
  const isStaff = pass.token !== undefined;
  return (
    <section className="card narrow stack">
      <title>This door is closed to you · EventOS</title>
      <Lock size={40} aria-hidden="true" />
      <FocusedTitle>This door is closed to you</FocusedTitle>
      <p role="alert">
        {isStaff
          ? 'Your link has expired, was revoked, or is for another event. Ask the organizer for a new one and open it here.'
          : 'The event belongs to another account, or there is none at this address. Staff come in by a link from the organizer.'}
      </p>
      {isStaff
        ? <Button onClick={pass.forget}>I am the organizer</Button>
        : <Button onClick={signOut}>Sign in with another account</Button>}
      <Link className={buttonClass('plain')} to="/">To the events</Link>
    </section>
  );
}
