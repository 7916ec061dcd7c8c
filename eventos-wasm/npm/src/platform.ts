import { anyRowCheck, rowCheck } from './rows.js';

/** Where a session is kept: `localStorage`, or anything with its three methods, which may be asynchronous. */
export interface SessionStorage {
  getItem(name: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(name: string, value: string): void | Promise<void>;
  removeItem(name: string): void | Promise<void>;
}

/** What the platform of a client is made of. */
export interface PlatformSettings {
  fetch: typeof globalThis.fetch;
  token: (() => string | null | undefined | Promise<string | null | undefined>) | undefined;
  storage: SessionStorage | undefined;
  storageKey: string;
  maxRows: number;
  checkRows: boolean;
  /** For tests: the clock, the pauses and the random bytes. */
  clock?: Clock;
}

/** Time and chance. */
export interface Clock {
  now(): number;
  random(bytes: Uint8Array<ArrayBuffer>): void;
  sleep(milliseconds: number): Sleep;
}

/** A sleep under way. */
export interface Sleep {
  readonly done: Promise<void>;
  cancel(): void;
}

interface Answer {
  status: number;
  headers: string[];
  body: string | undefined;
}

type FaultKind = 'connect' | 'timeout' | 'cancelled' | 'signed_out' | 'invalid_input';

/** Why nothing came back, as the core reads it. */
class Fault extends Error {
  constructor(
    readonly kind: FaultKind,
    message: string,
  ) {
    super(message);
  }
}

/** Lends the core what only JavaScript has. One of a client, and one of each call, which can be given up and keeps its rows. */
export class Platform {
  /** The rows of the last answer, where they were as expected. */
  kept: unknown;
  #shape: string | undefined;

  constructor(
    readonly settings: PlatformSettings,
    readonly signal?: AbortSignal,
    /** How the rows of an answer come, which JavaScript may then keep. */
    readonly expected: 'rows' | 'at_most_one' | 'one' = 'rows',
  ) {}

  expectRows(shape: string): void {
    this.#shape = shape;
  }

  async send(method: string, url: string, headers: string[], body: string | undefined): Promise<Answer> {
    if (this.signal?.aborted === true) throw new Fault('cancelled', 'the call was given up');
    try {
      const response = await this.settings.fetch(url, {
        method,
        headers: pairs(headers),
        body: body ?? null,
        redirect: 'manual',
        signal: this.signal ?? null,
      });
      const text = await response.text();
      const answer: Answer = { status: status(response), headers: [], body: text };
      response.headers.forEach((value, name) => answer.headers.push(name, value));
      if (response.ok && this.#keeps(method, text)) answer.body = undefined;
      return answer;
    } catch (thrown) {
      throw this.#fault(thrown);
    }
  }

  #keeps(method: string, text: string): boolean {
    if (this.#shape === undefined || method === 'HEAD') return false;
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      return false;
    }
    const { checkRows, maxRows } = this.settings;
    const check = checkRows ? rowCheck(this.#shape, maxRows) : anyRowCheck(maxRows);
    if (this.expected === 'one') {
      if (!check.row(parsed)) return false;
      this.kept = parsed;
    } else {
      if (!check.rows(parsed)) return false;
      if (this.expected === 'at_most_one' && parsed.length > 1) return false;
      this.kept = this.expected === 'at_most_one' ? (parsed[0] ?? null) : parsed;
    }
    return true;
  }

  /** What `fetch` throws names no reason that could be told apart, and its text may hold the URL. */
  #fault(thrown: unknown): Fault {
    if (thrown instanceof Fault) return thrown;
    if (this.signal?.aborted === true) return new Fault('cancelled', 'the call was given up');
    const name = thrown instanceof Error ? thrown.name : '';
    if (name === 'TimeoutError') return new Fault('timeout', 'no answer in time');
    if (name === 'AbortError') return new Fault('cancelled', 'the call was given up');
    return new Fault('connect', 'no connection to the server, or it broke before the answer was complete');
  }

  /** A call that is given up waits for nothing more. */
  sleep(milliseconds: number): Sleep {
    const sleep = (this.settings.clock ?? platformClock).sleep(milliseconds);
    const wake = () => sleep.cancel();
    this.signal?.addEventListener('abort', wake, { once: true });
    return {
      done: sleep.done,
      cancel: () => {
        this.signal?.removeEventListener('abort', wake);
        sleep.cancel();
      },
    };
  }

  now(): number {
    return (this.settings.clock ?? platformClock).now();
  }

  random(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    (this.settings.clock ?? platformClock).random(bytes);
    return bytes;
  }

  async token(): Promise<string | undefined> {
    try {
      const token = await this.settings.token?.();
      if (token === null || token === undefined) return undefined;
      if (typeof token !== 'string') throw new Fault('invalid_input', 'token: give an access token as a text, or nothing for a visitor');
      return token;
    } catch (thrown) {
      if (thrown instanceof Fault) throw thrown;
      throw new Fault('signed_out', 'the function that provides the token failed: sign in again');
    }
  }

  loadSession(): Promise<string | undefined> {
    return stored(async () => (await this.settings.storage?.getItem(this.settings.storageKey)) ?? undefined);
  }

  saveSession(session: string | undefined): Promise<void> {
    const { storage, storageKey } = this.settings;
    return stored(async () => {
      if (session === undefined) await storage?.removeItem(storageKey);
      else await storage?.setItem(storageKey, session);
    });
  }
}

/** What a store gives. Whatever it throws becomes an error with a text, which the core can read. */
async function stored<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (thrown) {
    throw new Error(thrown instanceof Error ? String(thrown.message) : "the session's store failed");
  }
}

/** The longest that a timer waits; a longer limit never passes. */
const LONGEST_TIMER = 2 ** 31 - 1;

const platformClock: Clock = {
  now: () => Date.now(),
  random: (bytes) => void crypto.getRandomValues(bytes),
  sleep(milliseconds) {
    let wake!: () => void;
    const done = new Promise<void>((resolve) => (wake = resolve));
    const timer = milliseconds > LONGEST_TIMER ? undefined : setTimeout(wake, Math.ceil(milliseconds));
    return {
      done,
      cancel() {
        clearTimeout(timer);
        wake();
      },
    };
  },
};

function pairs(flat: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) found.push([flat[index] as string, flat[index + 1] as string]);
  return found;
}

/** A browser hides a redirect that it does not follow behind the status 0. */
function status(response: Response): number {
  return response.type === 'opaqueredirect' ? 302 : response.status;
}
