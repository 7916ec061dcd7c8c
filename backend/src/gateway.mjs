// The one address that clients see: checks the API key, adds CORS headers, and passes requests on,
// `/rest/v1` to the REST server and `/auth/v1` to lite.

import { once } from 'node:events';
import http from 'node:http';
import { Readable } from 'node:stream';
import { sameKey } from './keys.mjs';

const METHODS = 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS';
const EXPOSED = 'Content-Range,Content-Location,Location,Preference-Applied,Server-Timing,WWW-Authenticate';
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer'];

/** Paths of the auth server that a browser opens from a mail, without a key. */
const OPEN_AUTH_PATHS = /^\/auth\/v1\/(verify|callback|authorize|\.well-known\/)/;

/**
 * Opens the gateway on `server`, an `http.Server` that listens. `rest` and `auth` answer a web
 * `Request`; `keys` are `anonKey` and `serviceKey`.
 */
export function openGateway(server, { keys, rest, auth }) {
  server.on('request', (incoming, outgoing) => {
    answer(incoming, { keys, rest, auth })
      .catch((error) => reply(500, { message: `the gateway failed: ${error.message}` }))
      .then((response) => send(response, incoming, outgoing))
      .catch(() => outgoing.destroy());
  });
}

/** An HTTP server that listens on the loopback address; port 0 picks a free one. */
export async function listen(port) {
  const server = http.createServer();
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error) => {
    throw new Error(`cannot listen on port ${port} (${error.code}): choose another --port, or 0 for a free one`);
  });
  return server;
}

/** Passes a request on to a server at `port` of this machine, without the first `prefix` of its path. */
export function forwardTo(port, prefix) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const forwarded = http.request({
      agent,
      host: '127.0.0.1',
      port,
      method: request.method,
      path: (pathname.slice(prefix.length) || '/') + search,
      headers: Object.fromEntries(request.headers),
    });
    forwarded.end(Buffer.from(await request.arrayBuffer()));
    const [response] = await once(forwarded, 'response');
    const headers = new Headers();
    for (const [name, value] of Object.entries(response.headers)) {
      if (!HOP_BY_HOP.includes(name)) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const empty = request.method === 'HEAD' || [204, 304].includes(response.statusCode);
    if (empty) response.resume();
    return new Response(empty ? null : Readable.toWeb(response), { status: response.statusCode, headers });
  };
}

async function answer(incoming, { keys, rest, auth }) {
  if (incoming.method === 'OPTIONS') return new Response(null, { status: 200 });
  const url = new URL(incoming.url, 'http://127.0.0.1');
  const target = /^\/(rest|auth)\/v1(\/|$)/.exec(url.pathname)?.[1];
  if (target === undefined) return reply(404, { message: 'no such path: use /rest/v1 or /auth/v1' });

  const credentials = readCredentials(incoming, url, keys);
  if (credentials.refused && !OPEN_AUTH_PATHS.test(url.pathname)) {
    return reply(401, credentials.refused, { 'www-authenticate': 'Key realm="eventos"' });
  }
  const request = await toRequest(incoming, url, credentials.token);
  return target === 'auth' ? auth(request) : rest(request);
}

/**
 * The API key, from the header or the query, or a key sent as the bearer token alone, and the token
 * that says who is calling: the bearer's, or else the key itself, which is its role's token.
 */
function readCredentials(incoming, url, { anonKey, serviceKey }) {
  const bearer = /^Bearer\s+(.*)$/i.exec(incoming.headers.authorization ?? '')?.[1];
  const known = (key) => [anonKey, serviceKey].find((own) => sameKey(key ?? '', own));
  const given = incoming.headers.apikey ?? url.searchParams.get('apikey') ?? undefined;
  if (url.searchParams.has('apikey')) url.searchParams.delete('apikey');
  const key = given === undefined ? known(bearer) : known(given);
  if (key !== undefined) return { token: bearer ?? key };
  const refused =
    given === undefined
      ? { message: 'No API key found in request', hint: 'No `apikey` request header or url param was found.' }
      : { message: 'Invalid API key', hint: 'Double check your API key: it is the `anon_key` or the `service_key`.' };
  return { refused, token: bearer };
}

async function toRequest(incoming, url, token) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (!HOP_BY_HOP.includes(name) && name !== 'apikey') headers.set(name, String(value));
  }
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const bodyless = incoming.method === 'GET' || incoming.method === 'HEAD' || body.length === 0;
  return new Request(url, { method: incoming.method, headers, body: bodyless ? undefined : body });
}

function reply(status, body, headers = {}) {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

async function send(response, incoming, outgoing) {
  const headers = Object.fromEntries(response.headers);
  headers['access-control-allow-origin'] = '*';
  headers['access-control-expose-headers'] = EXPOSED;
  if (incoming.method === 'OPTIONS') {
    headers['access-control-allow-methods'] = METHODS;
    headers['access-control-allow-headers'] = incoming.headers['access-control-request-headers'] ?? '*';
    headers['access-control-max-age'] = '86400';
  }
  const body = response.body === null ? undefined : Buffer.from(await response.arrayBuffer());
  if (body !== undefined && incoming.method !== 'HEAD') headers['content-length'] = String(body.length);
  outgoing.writeHead(response.status, headers);
  outgoing.end(body);
}
