// Writes down the request that @supabase/postgrest-js sends for each case: `npm run capture`.
// `npm run check` fails where the file is not what the library sends.

import { readFile, writeFile } from 'node:fs/promises'
import { PostgrestClient } from '@supabase/postgrest-js'
import { cases } from './cases.mjs'

const BASE = 'http://postgrest.test'
const HEADERS = ['accept', 'accept-profile', 'content-profile', 'prefer', 'range']

const captured = {
  generated: 'by `npm run capture` from cases.mjs; do not edit',
  library: `@supabase/postgrest-js ${await installedVersion()}`,
  cases: [],
}
for (const { name, wrong, query } of cases) {
  captured.cases.push({ name, ...(wrong && { wrong }), ...(await requestOf(query)) })
}
const text = `${JSON.stringify(captured, null, 2)}\n`

const [mode, file = mode] = process.argv.slice(2)
if (mode !== '--check') {
  await writeFile(file, text)
} else if ((await readFile(file, 'utf8')) !== text) {
  console.error(`${file} is not what the library sends: run \`npm run capture\` and look at the difference`)
  process.exitCode = 1
}

async function requestOf(query) {
  let request
  const client = new PostgrestClient(BASE, {
    fetch: async (url, { method, headers, body }) => {
      const { pathname, search } = new URL(url)
      const sent = new Headers(headers)
      request = {
        method,
        path: pathname + search,
        headers: Object.fromEntries(HEADERS.filter((name) => sent.has(name)).map((name) => [name, sent.get(name)])),
        ...(body !== undefined && { body: JSON.parse(body) }),
      }
      return new Response('[]', { status: 200 })
    },
  })
  await query(client)
  return request
}

async function installedVersion() {
  const manifest = new URL('./node_modules/@supabase/postgrest-js/package.json', import.meta.url)
  return JSON.parse(await readFile(manifest, 'utf8')).version
}
