// Makes a database what a hosted project is before its first migration.

import fs from 'node:fs/promises';
import { withClient } from './postgres.mjs';

const SETUP = new URL('./hosted.sql', import.meta.url);

/**
 * Prepares the database that the server is used through and the template of every database made
 * later, so that `create database` gives a hosted project too. `password` is given to the roles
 * that log in.
 */
export async function prepareLikeHosted(postgres, password) {
  const setup = await fs.readFile(SETUP, 'utf8');
  for (const database of ['template1', 'postgres']) {
    await withClient(postgres.superuserUrl(database), (client) => client.query(setup));
  }
  await withClient(postgres.superuserUrl(), async (client) => {
    for (const role of ['postgres', 'authenticator']) {
      await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
    }
    await client.query('alter database postgres owner to postgres');
  });
}
