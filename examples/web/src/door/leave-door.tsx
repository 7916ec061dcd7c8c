import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';

import { AskDialog } from '../design/ask-dialog';
import type { DoorPass } from './door-pass';

const SIGN = <ArrowLeft size={22} aria-hidden="true" />;

/** The way out. Staff give back what let them in, so that nobody comes in by it after them. */
export function LeaveDoor({ pass }: { pass: DoorPass }) {
  const [isAsking, setAsking] = useState(false);
  const navigate = useNavigate();

  if (pass.token === undefined) {
    return <Link to="/organizer" className="door-icon" aria-label="Leave the door">{SIGN}</Link>;
  }

  function leave() {
    pass.forget();
    void navigate('/');
  }

  return (
    <>
      <button type="button" className="door-icon" aria-label="Leave the door" onClick={() => setAsking(true)}>{SIGN}</button>
      {isAsking && (
        <AskDialog title="Leave the door?" act="Leave" keep="Stay" isDangerous onAct={leave} onClose={() => setAsking(false)}>
          <p>This device forgets your link and its last scans. To come back, open the link again.</p>
        </AskDialog>
      )}
    </>
  );
}
