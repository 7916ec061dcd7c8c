import type { Connection } from './connection.js';
import type { ProfileId } from './schema.js';
import type { Json, Timestamp } from './values.js';

/** Who is signed in, and until when. */
export interface Session {
  user_id: ProfileId;
  email: string | null;
  /** A secret: whoever has it is the user until it expires. */
  access_token: string;
  expires_at: Timestamp;
}

export interface User {
  id: ProfileId;
  email: string | null;
  email_confirmed_at: Timestamp | null;
  /** What the user gave at sign-up and since: decide nothing by it. */
  metadata: Record<string, Json> | null;
}

export interface NewAccount {
  email: string;
  password: string;
  full_name?: string;
  data?: Record<string, Json>;
}

export type SignUp = { outcome: 'signed_in'; session: Session } | { outcome: 'confirm_email'; user: User };

/** Sign-up, sign-in and sign-out. The session is refreshed before it expires, once at a time. */
export class Auth {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  signUp(account: NewAccount): Promise<SignUp> {
    return this.#connection.flow('auth.sign_up', account);
  }

  signInWithPassword(email: string, password: string): Promise<Session> {
    return this.#connection.flow('auth.sign_in', { email, password });
  }

  /** Ends this session, all sessions of the user, or all others. */
  async signOut(scope: 'this_session' | 'all_sessions' | 'other_sessions' = 'this_session'): Promise<void> {
    await this.#connection.flow('auth.sign_out', { scope });
  }

  /** The session that is kept, refreshed where it is about to expire; null where nobody is signed in. */
  session(): Promise<Session | null> {
    return this.#connection.flow('auth.session', {});
  }

  refresh(): Promise<Session> {
    return this.#connection.flow('auth.refresh', {});
  }

  /** The account as the server has it now. */
  user(): Promise<User> {
    return this.#connection.flow('auth.user', {});
  }
}
