import { Auth } from './auth.js';
import { Connection, type CoreSettings, type QueryForm } from './connection.js';
import { asError, failure } from './error.js';
import {
  Door,
  doorTokens,
  listing,
  purchase,
  type DoorOptions,
  type DoorTokens,
  type EventRevenue,
  type Fulfilment,
  type Listing,
  type OrganizedEvent,
  type Payment,
  type Purchase,
  type Refund,
} from './flows.js';
import { copied, reading } from './json.js';
import type { Clock, SessionStorage } from './platform.js';
import { call, handle, query, type Call, type Fetch, type Handle, type ReadHandle } from './query.js';
import type { EventId, OrderId, ProfileId } from './schema.js';
import type { Id } from './values.js';

/** The settings of a client. */
export interface Settings {
  /** The project's address, such as `https://example.supabase.co`. */
  url: string;
  /** Its API key: the anon or publishable one in a browser. A service key belongs on servers alone. */
  key: string;
  /** Who knows the user's access token, in place of `auth`; asked before every request. */
  token?: () => string | null | undefined | Promise<string | null | undefined>;
  /** Where the session is kept, such as `localStorage`; in memory unless given. */
  storage?: SessionStorage;
  /** Under which name; `eventos.session` unless given. */
  storageKey?: string;
  /** Sends requests; the platform's own unless given. */
  fetch?: typeof globalThis.fetch;
  /** Where REST begins below the address; `/rest/v1` unless given. */
  restPath?: string;
  /** Where the auth server begins below the address; `/auth/v1` unless given. */
  authPath?: string;
  /** The schema of the tables. */
  schema?: string;
  /** The most rows that the server gives in one answer; 1,000 unless given, and 0 for no limit. */
  maxRows?: number;
  /**
   * Whether rows are held against what was selected; true unless given. Without it a column that is missing, or a list in a row
   * that the server cut at its limit, goes unnoticed. Pages, and answers as long as that limit, are looked into all the same.
   */
  checkRows?: boolean;
  /** How often a read is sent at most; 3 unless given. */
  tries?: number;
  /** How long a call may take, all tries together, in milliseconds; 30,000 unless given. */
  timeout?: number;
  /** @internal For tests. */
  clock?: Clock;
}

/** Who the server takes a client for. */
export type Caller = { role: 'visitor' } | { role: 'user'; id: ProfileId } | { role: 'service' };

/** A client of one server. */
export interface Eventos {
  readonly profiles: Handle<'profiles'>;
  readonly venues: Handle<'venues'>;
  readonly events: Handle<'events'>;
  readonly orders: Handle<'orders'>;
  readonly attendees: Handle<'attendees'>;
  readonly tickets: Handle<'tickets'>;
  readonly eventStats: ReadHandle<'event_stats'>;
  /** A query in the core's JSON form, for what is put together at run time; the core checks it against the tables. */
  query<Result = unknown>(form: QueryForm): Fetch<Result>;
  /** Calls a function of the database. */
  rpc<Result = unknown>(name: string, args?: object): Call<Result>;
  readonly auth: Auth;
  readonly listing: Listing;
  readonly purchase: Purchase;
  /** Confirms a payment. The service does it. */
  fulfil(payment: Payment): Promise<Fulfilment>;
  /** Marks an order paid back, its tickets void with it. The service does it. */
  refund(order_id: OrderId): Promise<Refund>;
  /** The events of an organizer with their sales. */
  dashboard(organizer_id: ProfileId): Promise<OrganizedEvent[]>;
  /** What the events of an organizer brought in. */
  revenue(organizer_id: ProfileId): Promise<EventRevenue[]>;
  /** The door of an event. */
  door(event_id: EventId, options?: DoorOptions): Door;
  readonly doorTokens: DoorTokens;
  /** Who the server takes this client for. Nothing is sent, unless a session must be refreshed. */
  caller(): Promise<Caller>;
  /** A new random id, for an order or a scan. */
  newId<I extends Id<string>>(): Promise<I>;
  /** Loads the library and checks the settings; every call does so by itself. */
  ready(): Promise<void>;
}

/** A client of one server. It does nothing before its first call. */
export function createClient(settings: Settings): Eventos {
  const connection = reading('settings', () => connectionOf(settings));
  return {
    profiles: handle(connection, 'profiles'),
    venues: handle(connection, 'venues'),
    events: handle(connection, 'events'),
    orders: handle(connection, 'orders'),
    attendees: handle(connection, 'attendees'),
    tickets: handle(connection, 'tickets'),
    eventStats: handle(connection, 'event_stats'),
    query: (form) => query(connection, form),
    rpc: (name, args = {}) => call(connection, name, args),
    auth: new Auth(connection),
    listing: listing(connection),
    purchase: purchase(connection),
    fulfil: (payment) => connection.flow('fulfilment.fulfil', payment),
    refund: (order_id) => connection.flow('refund', { order_id }),
    dashboard: (organizer_id) => connection.flow('dashboard', { organizer_id }),
    revenue: (organizer_id) => connection.flow('revenue', { organizer_id }),
    door: (event_id, options) => new Door(connection, event_id, options),
    doorTokens: doorTokens(connection),
    caller: () => asked(connection, async (client) => JSON.parse(await client.caller()) as Caller),
    newId: <I extends Id<string>>() => asked(connection, async (client) => client.newId() as I),
    ready: async () => void (await connection.client()),
  };
}

function connectionOf(settings: Settings): Connection {
  if (typeof settings !== 'object' || settings === null) {
    throw failure('invalid_input', 'settings: pass an object with url and key');
  }
  return new Connection(coreSettings(settings), {
    fetch: settings.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    token: settings.token,
    storage: settings.storage,
    storageKey: settings.storageKey ?? 'eventos.session',
    maxRows: settings.maxRows ?? 1000,
    checkRows: settings.checkRows !== false,
    ...(settings.clock !== undefined && { clock: settings.clock }),
  });
}

async function asked<Result>(
  connection: Connection,
  ask: (client: Awaited<ReturnType<Connection['client']>>) => Promise<Result>,
): Promise<Result> {
  const client = await connection.client();
  try {
    return await ask(client);
  } catch (thrown) {
    throw asError(thrown);
  }
}

function coreSettings(settings: Settings): CoreSettings {
  const { url, key, restPath, authPath, schema, maxRows, tries, timeout } = settings;
  return copied(
    { url, key, rest_path: restPath, auth_path: authPath, schema, max_rows: maxRows, tries, timeout_ms: timeout },
    'settings',
  ) as unknown as CoreSettings;
}
