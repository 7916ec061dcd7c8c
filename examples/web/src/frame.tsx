import './frame.css';

import { CalendarDays, LayoutDashboard, LogOut, Ticket } from 'lucide-react';
import { Suspense } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';

import { useArrival } from './design/arrival';
import { Loading, Notice } from './design/components';
import { SafetyNet } from './design/safety-net';
import { useOnline } from './online';
import { useSession, useSignOut } from './session';

interface FrameProps {
  /** Why the link of an e-mail did not do what it was for; said until another page is opened. */
  linkProblem: string | undefined;
}

/** What surrounds every screen but the door: the name, the ways, and whether there is a network. */
export function Frame({ linkProblem }: FrameProps) {
  const main = useArrival();
  const { pathname, key } = useLocation();

  return (
    <div className="frame">
      <a className="skip" href="#main">Skip to the content</a>
      <Masthead />
      <OfflineBar />
      <main id="main" className="page" ref={main} tabIndex={-1} style={{ outline: 'none' }}>
        {linkProblem !== undefined && key === 'default' && (
          <div className="link-problem"><Notice tone="problem" title="The link did not work">{linkProblem}</Notice></div>
        )}
        <Suspense fallback={<Loading what="the page" />}>
          <SafetyNet key={pathname}>
            <Outlet />
          </SafetyNet>
        </Suspense>
      </main>
      <footer className="colophon">
        <p>An example of what @eventos/wasm does. Payments here are a test: no card is charged.</p>
      </footer>
    </div>
  );
}

function Masthead() {
  const session = useSession();
  const signOut = useSignOut();
  return (
    <header className="masthead">
      <div className="masthead-row">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width={30} height={30} />
          EventOS
        </Link>
        <nav className="nav" aria-label="Main">
          <NavLink to="/" end><CalendarDays size={18} aria-hidden="true" />Events</NavLink>
          <NavLink to="/tickets"><Ticket size={18} aria-hidden="true" />My tickets</NavLink>
          <NavLink to="/organizer"><LayoutDashboard size={18} aria-hidden="true" />Organize</NavLink>
          {session && (
            <button type="button" onClick={signOut} title={`Signed in as ${session.email ?? session.user_id}`}>
              <LogOut size={18} aria-hidden="true" />Sign out
            </button>
          )}
        </nav>
      </div>
    </header>
  );
}

/** Says that what is shown may be old. */
function OfflineBar() {
  const online = useOnline();
  return (
    <div role="status">
      {!online && <p className="offline-bar">You are offline. What you see may be old; buying waits for the network.</p>}
    </div>
  );
}
