// Plays one scenario against a platform that answers as it tells: the same in Node and in a browser.

import { made } from './scenario-calls.mjs';
import { seen, told, wanted } from './scenario-compare.mjs';
import { Host } from './scenario-host.mjs';

/** What was seen and what the scenario expects, as texts that are equal where all is well. */
export async function play(eventos, callers, scenario) {
  const { as = 'visitor', client, now, call, input, exchanges = [], pauses_ms = [], result, error } = scenario;
  const credentials = callers.callers[as];
  const host = new Host(exchanges, now ?? callers.now);
  const open = () => {
    const token = client?.token ?? credentials.token;
    return eventos.createClient({
      url: client?.url ?? callers.url,
      key: client?.key ?? credentials.key,
      ...(token !== undefined && { token: () => token }),
      schema: client?.schema,
      maxRows: client?.max_rows,
      tries: client?.tries,
      fetch: host.fetch,
      clock: host.clock,
    });
  };
  const outcome = await made(eventos, open, call, input).then(
    (result) => ({ result }),
    (thrown) => {
      if (!eventos.isEventosError(thrown)) throw thrown;
      return { error: told(thrown, error) };
    },
  );
  const base = (client?.url ?? callers.url).replace(/\/+$/, '');
  const requests = exchanges.map(({ request }) => wanted(request, credentials, client));
  return {
    observed: text({ requests: host.sent.map((sent) => seen(sent, base)), pauses: host.pauses, ...outcome }),
    expected: text({ requests, pauses: pauses_ms, ...(error === undefined ? { result } : { error }) }),
  };
}

/** JSON with the fields of each object in the order of their names. */
function text(value) {
  const sorted = (_, field) =>
    field !== null && typeof field === 'object' && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([one], [other]) => (one < other ? -1 : 1)))
      : field;
  return JSON.stringify(value, sorted, 1);
}
