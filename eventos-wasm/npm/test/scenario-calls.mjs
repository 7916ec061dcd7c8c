// The calls that scenarios make, by name, as ../../../tests/scenarios/README.md lists them.

/** Makes a call through the package `eventos` of a client made by `open`. */
export async function made(eventos, open, call, input) {
  const code = codes[call];
  if (code !== undefined) return code(eventos, input);
  const client = await open();
  const made = calls[call];
  if (made === undefined) throw new Error(`there is no call ${call}`);
  return made(client, input);
}

const codes = {
  'slug.generate': ({ slug }, { name, id }) => slug.generate(name, id),
  'slug.parse': ({ slug }, { text }) => agreed(slug, text),
  'order_number.generate': ({ orderNumber }, { id, created_at }) => orderNumber.generate(id, created_at),
  'order_number.parse': ({ orderNumber }, { text }) => agreed(orderNumber, text),
  'ticket_number.generate': ({ ticketNumber }, { id, created_at }) => ticketNumber.generate(id, created_at),
  'ticket_number.parse': ({ ticketNumber }, { text }) => agreed(ticketNumber, text),
  'qr_payload.generate': ({ qrPayload }, { bytes }) => qrPayload.generate(Uint8Array.from(bytes.match(/../g), (digits) => parseInt(digits, 16))),
  'qr_payload.parse': ({ qrPayload }, { text }) => ({
    text: agreed(qrPayload, text),
    bytes: Array.from(qrPayload.toBytes(text), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  }),
  'qr_payload.from_scan': ({ qrPayload }, { text }) => qrPayload.fromScan(text),
};

/** What `parse` gives, where `isValid` says the same of the text. */
function agreed(code, text) {
  let parsed;
  try {
    parsed = code.parse(text);
  } catch (error) {
    if (code.isValid(text)) throw new Error('isValid takes what parse refuses');
    throw error;
  }
  if (!code.isValid(text)) throw new Error('isValid refuses what parse takes');
  return parsed;
}

const calls = {
  client: async (client) => {
    await client.ready();
    return null;
  },
  query: (client, input) => client.query(input),
  'listing.upcoming': (client, { limit }) => client.listing.upcoming({ limit }),
  'purchase.place': (client, input) => client.purchase.place(input),
  'purchase.cancel': (client, { order_id }) => client.purchase.cancel(order_id),
  'purchase.available_seats': (client, { event_id }) => client.purchase.availableSeats(event_id),
  'fulfilment.fulfil': async (client, input) => {
    const fulfilment = await client.fulfil(input);
    return fulfilment.outcome === 'fulfilled' ? shown(fulfilment) : fulfilment;
  },
  refund: (client, { order_id }) => client.refund(order_id),
  check_in: async (client, { scans, ...at }) => {
    const door = doorOf(client, at);
    const answers = [];
    for (const scan of scans) answers.push(await door.checkIn(scan));
    return answers;
  },
  'check_in.undo': (client, { scan_id, reason, ...at }) => doorOf(client, at).undo(scan_id, reason),
  'check_in.stats': (client, at) => doorOf(client, at).stats(),
  'check_in.attendees': (client, { search, ...at }) => doorOf(client, at).attendees(search),
  'door_tokens.issue': (client, input) => client.doorTokens.issue(input),
  'door_tokens.revoke': (client, { token_id }) => client.doorTokens.revoke(token_id),
  'door_tokens.list': (client, { event_id }) => client.doorTokens.list(event_id),
  dashboard: (client, { organizer_id }) => client.dashboard(organizer_id),
  revenue: (client, { organizer_id }) => client.revenue(organizer_id),
};

function doorOf(client, { event_id, door_token, ...options }) {
  return client.door(event_id, { ...options, token: door_token });
}

function shown({ outcome, is_replay, order, tickets, confirmation }) {
  const { id, order_number, quantity, total_cents, payment_status } = order;
  return {
    outcome,
    is_replay,
    order: { id, order_number, quantity, total_cents, payment_status },
    tickets: tickets.map((ticket) => ({ ...ticket, attendee: ticket.attendee?.full_name ?? null })),
    confirmation: { to: confirmation.to, subject: confirmation.subject, text: confirmation.text, html: confirmation.html },
  };
}
