// A platform that holds everything still: it answers as a scenario tells, and notes what was sent and how long was waited.

export class Host {
  sent = [];
  pauses = [];
  #exchanges;
  #now;
  #byte = 0;
  #sends = 0;

  constructor(exchanges, now) {
    this.#exchanges = [...exchanges];
    this.#now = Date.parse(now);
  }

  fetch = async (url, { method, headers, body }) => {
    this.#sends += 1;
    this.sent.push({ method, url, headers, body: body ?? undefined });
    const exchange = this.#exchanges.shift();
    if (exchange === undefined) throw new TypeError('fetch failed');
    switch (exchange.fault) {
      case undefined:
        return respond(exchange.response);
      case 'connect':
        throw new TypeError('fetch failed');
      case 'timeout':
        throw new DOMException('no answer', 'TimeoutError');
      case 'cancelled':
        throw new DOMException('given up', 'AbortError');
      default:
        throw new Error(`there is no fault ${exchange.fault}`);
    }
  };

  clock = {
    now: () => this.#now,
    random: (bytes) => {
      for (let index = 0; index < bytes.length; index += 1) bytes[index] = this.#byte = (this.#byte + 1) & 255;
    },
    sleep: (milliseconds) => {
      // A limit runs beside a request, which is sent at once; nothing is sent during a pause.
      const sends = this.#sends;
      let isOver = false;
      let wake;
      const done = new Promise((resolve) => (wake = resolve));
      setTimeout(() => {
        if (isOver || this.#sends !== sends) return;
        this.pauses.push(Math.floor(milliseconds));
        this.#now += milliseconds;
        wake();
      });
      return {
        done,
        cancel: () => {
          isOver = true;
          wake();
        },
      };
    },
  };
}

function respond({ status = 200, headers = {}, body, text, repeat }) {
  const rows = repeat === undefined ? body : Array(repeat).fill(body[0]);
  const content = body === undefined ? (text ?? '') : JSON.stringify(rows);
  const all = { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers };
  const bare = body === undefined && !('content-type' in headers);
  const response = new Response(status === 204 || status === 304 ? null : new TextEncoder().encode(content), { status, headers: all });
  if (bare) response.headers.delete('content-type');
  return response;
}
