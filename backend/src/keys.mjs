// The secrets of a data directory, and the API keys that follow from them.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

const FAR_FUTURE = Date.UTC(2100, 0, 1) / 1000;

/**
 * The secrets kept in `dataDir`, made on first use in a file that only its owner reads:
 * `jwtSecret`, `databasePassword`, `anonKey` and `serviceKey`.
 */
export async function loadSecrets(dataDir) {
  const file = path.join(dataDir, 'secrets.json');
  const kept = await fs.readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept !== undefined) {
    try {
      return JSON.parse(kept);
    } catch {
      throw new Error(`${file} is damaged: remove ${dataDir} (its rows are lost) or restore the file`);
    }
  }
  const jwtSecret = randomBytes(32).toString('hex');
  const issued = Math.floor(Date.now() / 1000);
  const secrets = {
    jwtSecret,
    databasePassword: randomBytes(16).toString('hex'),
    anonKey: signToken({ iss: 'eventos', role: 'anon', iat: issued, exp: FAR_FUTURE }, jwtSecret),
    serviceKey: signToken({ iss: 'eventos', role: 'service_role', iat: issued, exp: FAR_FUTURE }, jwtSecret),
  };
  const draft = `${file}.new`;
  await fs.writeFile(draft, JSON.stringify(secrets), { mode: 0o600 });
  await fs.rename(draft, file);
  return secrets;
}

/** A JSON web token with these claims, signed with HS256. */
export function signToken(claims, secret) {
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${signature(signed, secret)}`;
}

/** Whether two keys are the same, without telling by the time it takes. */
export function sameKey(given, expected) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function signature(signed, secret) {
  return createHmac('sha256', secret).update(signed).digest('base64url');
}
