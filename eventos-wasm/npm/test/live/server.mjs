// The server that the environment names, and clients of the people in its seed data.

/** Where the server is and how to be let in. */
export const server = {
  url: process.env.EVENTOS_URL,
  anonKey: process.env.EVENTOS_ANON_KEY,
  serviceKey: process.env.EVENTOS_SERVICE_KEY,
};

const PASSWORD = 'eventos-local-only';
const EMAILS = { organizer: 'organizer@eventos.com', customer: 'customer@example.com' };

/** Gives clients by who calls, each signed in once. The same function runs in a browser, which gets `server` as an argument. */
export function clients(eventos, { url, anonKey, serviceKey }, emails = EMAILS, password = PASSWORD) {
  const opened = new Map();
  return (caller) => {
    if (!opened.has(caller)) opened.set(caller, open(caller));
    return opened.get(caller);
  };

  async function open(caller) {
    const client = eventos.createClient({ url, key: caller === 'service' ? serviceKey : anonKey });
    if (emails[caller] !== undefined) await client.auth.signInWithPassword(emails[caller], password);
    return client;
  }
}
