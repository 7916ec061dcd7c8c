// The shared scenarios as Node reads them.

import { readFile, readdir } from 'node:fs/promises';

const SCENARIOS = new URL('../../../tests/scenarios/', import.meta.url);
const FOLDERS = ['query', 'code', 'error', 'flow'];

export const callers = JSON.parse(await readFile(new URL('callers.json', SCENARIOS), 'utf8'));

/** Every scenario that is told by its file, with the name by which it is reported. */
export async function scenarios() {
  const found = [];
  for (const folder of FOLDERS) {
    for (const file of await readdir(new URL(`${folder}/`, SCENARIOS))) {
      const { scenarios } = JSON.parse(await readFile(new URL(`${folder}/${file}`, SCENARIOS), 'utf8'));
      for (const scenario of scenarios) found.push({ title: `${folder}/${file.replace('.json', '')}: ${scenario.name}`, scenario });
    }
  }
  return found;
}
