// A real PostgREST in front of our PostgreSQL.

import fs from 'node:fs';
import path from 'node:path';
import { startOnLeash } from './leash.mjs';
import { freePort } from './postgres.mjs';

/**
 * Starts the binary on the database at `url` (the authenticator's) and waits until its schema
 * cache is loaded.
 */
export async function startPostgrest({ binary, url, jwtSecret, dataDir, maxRows, report }) {
  const [port, adminPort] = [await freePort(), await freePort()];
  const settings = {
    PGRST_DB_URI: url,
    PGRST_DB_SCHEMAS: 'public',
    PGRST_DB_ANON_ROLE: 'anon',
    PGRST_DB_EXTRA_SEARCH_PATH: 'public,extensions',
    PGRST_DB_AGGREGATES_ENABLED: 'true',
    PGRST_DB_PLAN_ENABLED: 'true',
    PGRST_DB_TX_END: 'commit-allow-override',
    PGRST_DB_MAX_ROWS: String(maxRows),
    PGRST_JWT_SECRET: jwtSecret,
    PGRST_SERVER_HOST: '127.0.0.1',
    PGRST_SERVER_PORT: String(port),
    PGRST_ADMIN_SERVER_PORT: String(adminPort),
  };
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('PGRST_')),
  );
  report('starting PostgREST');
  const log = fs.createWriteStream(path.join(dataDir, 'postgrest.log'), { mode: 0o600 });
  let recent = '';
  const server = startOnLeash(binary, [], {
    stopSignal: 'TERM',
    env: { ...inherited, ...settings },
    output(text) {
      recent = (recent + text).slice(-4000);
      log.write(text);
    },
  });
  let ended = false;
  server.exited.then(() => {
    ended = true;
    log.end();
  });
  for (let tries = 0; tries < 600; tries += 1) {
    if (ended) throw new Error(`PostgREST (${binary}) did not start:\n${recent.trim()}`);
    if (await isReady(adminPort)) {
      const version = /PostgREST (\d+[\d.]*\d)/.exec(recent)?.[1] ?? 'of an unknown version';
      return { port, name: `PostgREST ${version}`, exited: server.exited, stop: () => server.stop() };
    }
    await new Promise((resume) => setTimeout(resume, 50));
  }
  await server.stop();
  throw new Error(`PostgREST (${binary}) was not ready within half a minute:\n${recent.trim()}`);
}

async function isReady(adminPort) {
  try {
    return (await fetch(`http://127.0.0.1:${adminPort}/ready`)).ok;
  } catch {
    return false;
  }
}
