import { CalendarDays, LayoutDashboard, LogOut, Ticket } from 'lucide-react';
import { Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { Link, NavLink, Outlet, useLocation, useNavigationType } from 'react-router';

import { useSession, useSignOut } from '../session';
import { Loading } from './components';
import { SafetyNet } from './safety-net';

/** What surrounds every screen but the door: the name, the ways, and whether there is a network. */
export function Frame() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const navigation = useNavigationType();

  useEffect(() => {
    // The browser itself finds the place again where somebody goes back.
    if (navigation === 'POP') return;
    window.scrollTo({ top: 0, behavior: 'instant' });
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className="frame">
      <a className="skip" href="#main">Skip to the content</a>
      <Masthead />
      <OfflineBar />
      <main id="main" className="page" ref={main} tabIndex={-1} style={{ outline: 'none' }}>
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
            <button type="button" onClick={() => void signOut()} title={`Signed in as ${session.email ?? session.user_id}`}>
              <LogOut size={18} aria-hidden="true" />Sign out
            </button>
          )}
        </nav>
      </div>
    </header>
  );
}

/** Whether this device has a network, as far as it knows. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}

/** Says that what is shown may be old. */
export function OfflineBar() {
  const online = useOnline();
  return (
    <div role="status">
      {!online && <p className="offline-bar">You are offline. What you see may be old; buying waits for the network.</p>}
    </div>
  );
}
