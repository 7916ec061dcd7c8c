// The folder that holds one backend: its database, its secrets, its logs. One process at a time.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { commandLine } from './leash.mjs';

/** A new folder that nobody else uses. */
export function makeThrowawayDirectory() {
  return fs.mkdtemp(path.join(os.tmpdir(), 'eventos-backend-'));
}

/**
 * Makes the folder where needed and holds it; answers the function that lets it go, and removes it
 * when it was for throwing away.
 */
export async function holdDataDirectory(dataDir, throwaway) {
  await fs.mkdir(dataDir, { recursive: true });
  if (process.getuid?.() === 0) {
    // The database runs as another user, who has to pass through.
    const { mode } = await fs.stat(dataDir);
    await fs.chmod(dataDir, mode | 0o011);
  }
  const file = path.join(dataDir, 'running.pid');
  const holder = Number(await fs.readFile(file, 'utf8').catch(() => ''));
  if (holder > 0 && holder !== process.pid && (await commandLine(holder)).includes('serve.mjs')) {
    throw new Error(
      `${dataDir} is in use by process ${holder}: stop that one, or choose another --data`,
    );
  }
  await fs.writeFile(file, String(process.pid));
  return async () => {
    await fs.rm(file, { force: true });
    if (!throwaway) return;
    const cluster = path.join(dataDir, 'postgres');
    const elsewhere = await fs.readlink(cluster).catch(() => cluster);
    for (const folder of [elsewhere, dataDir]) await fs.rm(folder, { recursive: true, force: true });
  };
}
