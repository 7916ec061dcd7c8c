// Makes a database what a hosted project is before its first migration.

import fs from 'node:fs/promises';
import { withClient } from './postgres.mjs';

const SETUP = new URL('./hosted.sql', import.meta.url);

/**
 * Prepares the database that the server is used through and the template of every database made
 * later, so that `create database` gives a hosted project too. `password` is given to the roles
 * that log in. A database is prepared once: what migrations change stays changed.
 */
export async function prepareLikeHosted(postgres, password) {
  const setup = await fs.readFile(SETUP, 'utf8');
  for (const database of ['template1', 'postgres']) {
    await withClient(postgres.superuserUrl(database), async (client) => {
      const { rows } = await client.query(`select to_regclass('auth.users') is not null as prepared`);
      if (rows[0].prepared) return;
      await client.query('begin');
      await client.query(setup);
      for (const role of ['postgres', 'authenticator']) {
        await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
      }
      await client.query('alter database postgres owner to postgres');
      await client.query('commit');
    });
  }
}
