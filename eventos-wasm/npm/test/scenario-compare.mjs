// What a scenario expects, and what was seen, as data that can be compared.

/** A request with what goes without saying. */
export function wanted(request, credentials, client = {}) {
  const key = client.key ?? credentials.key;
  const bearer = client.token ?? credentials.token ?? (key.startsWith('ey') ? key : undefined);
  return {
    method: request.method,
    path: request.path,
    query: request.query ?? [],
    headers: {
      accept: 'application/json',
      apikey: key,
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...request.headers,
    },
    body: request.body,
  };
}

/** A request as it was sent. */
export function seen({ method, url, headers, body }, base) {
  if (!url.startsWith(base)) throw new Error(`${url} is not below ${base}`);
  const [path, query = ''] = url.slice(base.length).split('?');
  return {
    method,
    path,
    query: query.split(/[&;]/).filter(Boolean).map(pair),
    headers: Object.fromEntries(headers),
    body: body === undefined ? undefined : JSON.parse(body),
  };
}

function pair(text) {
  const at = text.includes('=') ? text.indexOf('=') : text.length;
  return [text.slice(0, at), text.slice(at + 1)].map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
}

/** An error of the package: its kind and code, and whatever else the expectation names. */
export function told(error, expected) {
  const all = {
    kind: error.kind,
    code: error.code,
    message: error.message,
    retryable: error.retryable,
    forbidden: error.forbidden,
    unauthenticated: error.unauthenticated,
    status: error.status ?? null,
    details: error.details ?? null,
    hint: error.hint ?? null,
    constraint: error.constraint ?? null,
    retry_after: error.retryAfter ?? null,
  };
  const names = expected === undefined ? ['kind', 'code', 'message'] : ['kind', 'code', ...Object.keys(expected)];
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
