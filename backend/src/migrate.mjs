// Applies migrations once each, in the order of their names, and seeds after a first migration.

import fs from 'node:fs/promises';
import path from 'node:path';
import { withClient } from './postgres.mjs';

const HISTORY = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (
    version text primary key,
    name text,
    statements text[]
  );
  create table if not exists supabase_migrations.seed_files (
    path text primary key,
    hash text not null
  );
`;

/**
 * The SQL files in `folders`, ordered by name across all of them. A file is named
 * `<version>_<name>.sql`, the version a number that sorts as text.
 */
export async function findMigrations(folders) {
  const found = [];
  for (const folder of folders) {
    const names = await fs.readdir(folder).catch((error) => {
      throw new Error(`cannot read the migrations in ${folder}: ${error.message}`);
    });
    for (const name of names) {
      const parts = /^(\d+)_(.+)\.sql$/.exec(name);
      if (parts) found.push({ version: parts[1], name: parts[2], file: path.join(folder, name) });
    }
  }
  found.sort((a, b) => (a.version < b.version ? -1 : 1));
  found.forEach((migration, index) => {
    if (migration.version === found[index + 1]?.version) {
      throw new Error(`two migrations share a version: ${migration.file} and ${found[index + 1].file}`);
    }
  });
  return found;
}

/** Applies those of `migrations` that the database at `url` does not have, each in a transaction. */
export async function migrate(url, migrations, report) {
  await withClient(url, async (client) => {
    await client.query(HISTORY);
    const { rows } = await client.query('select version from supabase_migrations.schema_migrations');
    const applied = new Set(rows.map((row) => row.version));
    for (const { version, name, file } of migrations) {
      if (applied.has(version)) continue;
      report(`applying ${version}_${name}`);
      const text = await fs.readFile(file, 'utf8');
      await runFile(client, file, text, () =>
        client.query('insert into supabase_migrations.schema_migrations values ($1, $2, $3)', [
          version,
          name,
          [text],
        ]),
      );
    }
  });
}

/** Runs the seed files that the database at `url` has not had. */
export async function seed(url, files, report) {
  await withClient(url, async (client) => {
    await client.query(HISTORY);
    const { rows } = await client.query('select path from supabase_migrations.seed_files');
    const sown = new Set(rows.map((row) => row.path));
    for (const file of files) {
      const name = path.basename(file);
      if (sown.has(name)) continue;
      report(`seeding from ${name}`);
      const text = await fs.readFile(file, 'utf8').catch((error) => {
        throw new Error(`cannot read the seed file ${file}: ${error.message}`);
      });
      await runFile(client, file, text, () =>
        client.query('insert into supabase_migrations.seed_files values ($1, md5($2))', [name, text]),
      );
    }
  });
}

/** One file and the note that it ran, in one transaction, unless the file brings its own. */
async function runFile(client, file, text, note) {
  const ownTransaction = /^\s*begin\s*;/im.test(text);
  try {
    if (!ownTransaction) await client.query('begin');
    await client.query(text);
    await client.query('reset all');
    await note();
    if (!ownTransaction) await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new Error(`${file}${lineOf(text, error.position)}: ${error.message}${advice(error)}`);
  }
}

function lineOf(text, position) {
  return position ? `:${text.slice(0, Number(position)).split('\n').length}` : '';
}

function advice({ code, detail, hint, where }) {
  return [code && ` (SQLSTATE ${code})`, detail && `\n${detail}`, hint && `\n${hint}`, where && `\n${where}`]
    .filter(Boolean)
    .join('');
}
