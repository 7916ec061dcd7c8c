// `@supabase/lite` in front of our PostgreSQL: REST and auth, answering as a hosted project does.

import { AsyncLocalStorage } from 'node:async_hooks';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { httpStatus } from './sqlstate.mjs';

process.env.LITE_TELEMETRY = '0';
const { App } = await import('@supabase/lite');
const { PostgresConnection } = await import('@supabase/lite/postgres');
const LITE = createRequire(import.meta.url)('../node_modules/@supabase/lite/package.json');

/** A number as JSON cannot carry it through JavaScript; `likePostgrest` takes the marks off again. */
const EXACT = '\u{F8FF}';

const currentRequest = new AsyncLocalStorage();

/**
 * Serves REST and auth on the database at `url`, which is the superuser's: lite takes on the
 * caller's role for each request. `fetch` answers a web `Request`.
 */
export async function startLite({ url, jwtSecret, siteUrl, dataDir, maxRows }) {
  const log = await quietConsole(path.join(dataDir, 'lite.log'));
  const connection = new HostedConnection({
    url,
    postgresOptions: { max: 16, onnotice() {}, types: POSTGRES_TYPES },
  });
  const app = new App({
    connection,
    // Every request carries a token by now, so one that is none is refused, not taken for a visitor.
    api: { anonymous_enabled: false, max_rows: maxRows, aggregates_enabled: true, plan_enabled: true },
    auth: {
      enabled: true,
      jwt_secret: jwtSecret,
      site_url: siteUrl,
      email: { enable_signup: true, enable_confirmations: false },
    },
    db: { migrations: { enabled: false } },
    storage: { enabled: false },
    studio: { enabled: false },
    // The gateway has already turned the API key into its role's token.
    options: { server: { apiKeys: false, admin: false, disableStudio: true } },
  });
  await app.init();
  await app.ensureSystemSchema();
  await connection.driver.unsafe(await fs.readFile(new URL('./lite.sql', import.meta.url), 'utf8'));
  // Whatever lite does before its first answer is done now: the caller compares the grants next.
  await connection.introspect({ useCache: true });
  await connection.withContext({ auth: { role: 'anon' } }, async () => undefined);
  // PostgREST reloads its schema cache on this notification, and so do we.
  await connection.driver.listen('pgrst', () => connection.clearSchemaCache());
  return {
    name: `lite ${LITE.version}`,
    fetch: (request) =>
      currentRequest.run(request, async () => likePostgrest(await app.fetch(request))),
    async stop() {
      await connection.driver.end({ timeout: 5 });
      await log.close();
    },
  };
}

/** Lite's connection, with what a hosted project does otherwise. */
class HostedConnection extends PostgresConnection {
  constructor(config) {
    super(config);
    // Lite would replace the functions of schema auth by ones that read the older settings only.
    this.config.baseSchema = '';
  }

  /**
   * Whether to take on the caller's role: always. Lite would first look for tables with row level
   * security, remember what it found, and grant everything on them to everybody.
   */
  async ensureRlsContext() {
    return true;
  }

  /** An error answer undoes what the request did, and so does `Prefer: tx=rollback`. */
  async withContext(caller, answer, options) {
    const forceRollback = /\btx=rollback\b/.test(currentRequest.getStore()?.headers.get('prefer') ?? '');
    try {
      return await super.withContext(
        caller,
        async (transaction) => {
          const response = await answer(transaction);
          if (undoes(response, options)) throw new Undone(response);
          return response;
        },
        { ...options, forceRollback },
      );
    } catch (error) {
      if (error instanceof Undone) return error.response;
      throw error;
    }
  }

  /** Keeps the SQLSTATE and gives it the status that PostgREST documents. */
  normalizeDbError(error) {
    const sqlstate = error?.code;
    if (typeof sqlstate !== 'string' || !/^[0-9A-Z]{5}$/.test(sqlstate) || LITE_KNOWS.test(sqlstate)) {
      return error;
    }
    const body = {
      code: sqlstate,
      message: error.message,
      details: error.detail ?? null,
      hint: error.hint ?? null,
    };
    const status = httpStatus(sqlstate);
    return { code: 'PGRST', message: JSON.stringify(body), detail: JSON.stringify({ status, headers: {} }) };
  }
}

/** What lite already answers as PostgREST does: raised HTTP errors, and class 42 save for a missing table. */
const LITE_KNOWS = /^(PGRST|PT\d\d\d|42(?!P01))/;

class Undone extends Error {
  constructor(response) {
    super('the request was answered with an error');
    this.response = response;
  }
}

/** A function may choose an error status itself and still keep what it did. */
function undoes(response, options) {
  if (!(response instanceof Response)) return false;
  return options?.rpc ? response.status === 406 : response.status >= 400;
}

/** Values as PostgreSQL writes them in JSON, where the driver or lite would write them otherwise. */
const POSTGRES_TYPES = {
  timestamptz: asText(1184, (text) => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')),
  timestamp: asText(1114, (text) => text.replace(' ', 'T')),
  bytea: asText(17, (text) => text),
  numeric: asText(1700, (text) => exactNumber(text)),
  bigint: asText(20, (text) => exactNumber(text)),
  // Lite hands the JSON arguments of functions on as text, which the driver would make a JSON string.
  json: { to: 114, from: [114], serialize: jsonText, parse: JSON.parse },
  jsonb: { to: 3802, from: [3802], serialize: jsonText, parse: JSON.parse },
};

function jsonText(value) {
  return typeof value === 'string' && isJson(value) ? value : JSON.stringify(value);
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function asText(oid, parse) {
  return { to: oid, from: [oid], serialize: (value) => String(value), parse };
}

function exactNumber(text) {
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  const digits = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return String(number) === digits ? number : `${EXACT}${text}`;
}

async function likePostgrest(response) {
  const headers = new Headers(response.headers);
  if (response.status === 401 && !headers.has('www-authenticate')) headers.set('www-authenticate', 'Bearer');
  let body = response.body;
  if (headers.get('content-type')?.includes('json')) {
    body = (await response.text()).replaceAll(new RegExp(`"${EXACT}(-?[\\d.]+)"`, 'g'), '$1') || null;
    headers.delete('content-length');
  }
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** Lite prints each error of the database and each e-mail; they go to a file instead. */
async function quietConsole(file) {
  const log = await fs.open(file, 'w', 0o600);
  for (const method of ['log', 'info', 'warn', 'error']) {
    console[method] = (...words) => {
      const line = words.map((word) => (word instanceof Error ? word.stack : inspect(word))).join(' ');
      log.appendFile(`${line}\n`).catch(() => {});
    };
  }
  return log;
}

function inspect(word) {
  return typeof word === 'string' ? word : JSON.stringify(word);
}
