// A child process that cannot outlive this one.
//
// The child runs under a small shell that holds the reading end of a pipe. The pipe closes when
// we let go of it or when we die, however we die, and then the shell stops the child.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';

const HOLD = `
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
( read -r _ <&3; kill -s "$STOP_SIGNAL" "$child" ) 2>/dev/null &
exec 3<&-
wait "$child"
`;

/**
 * Starts `command` with `args`. `stopSignal` is what asks it to end; `output` receives its
 * standard output and error as text. Answers `{ pid, exited, stop() }`: `exited` resolves to the
 * exit code, `stop()` lets go and waits.
 */
export function startOnLeash(command, args, { stopSignal, output, env = process.env, cwd }) {
  const child = spawn('/bin/sh', ['-c', HOLD, 'sh', command, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...env, STOP_SIGNAL: stopSignal },
    cwd,
    detached: true,
  });
  child.stdin.on('error', () => {});
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', output);
  }
  const exited = once(child, 'exit').then(([code, signal]) => code ?? signal);
  exited.catch(() => {});
  return {
    pid: child.pid,
    exited,
    async stop() {
      child.stdin.destroy();
      await exited;
    },
  };
}

/** The command line of a running process; empty when there is no such process. */
export async function commandLine(pid) {
  try {
    return process.platform === 'linux'
      ? (await fs.readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
