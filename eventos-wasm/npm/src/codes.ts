import { code as answer, svg } from './wasm/eventos.js';
import { asError } from './error.js';
import { requireLoaded } from './init.js';
import { copied, reading, word } from './json.js';
import { png } from './png.js';
import type { EventId, OrderId, TicketId } from './schema.js';
import type { TimeInput } from './values.js';

/** An order or ticket number and what it tells. */
export interface NumberParts {
  text: string;
  /** The day, such as `2025-10-13`; null where the digits name none. */
  date: string | null;
  /** The first 8 hexadecimal digits of the id. */
  id_prefix: string;
}

/** How much of a symbol may be dirty: M 15 %, Q 25 %. */
export type ErrorCorrection = 'M' | 'Q';

function ask<Result>(call: string, input: object): Result {
  return answered(() => JSON.parse(answer(call, JSON.stringify(copied(input, call)))) as Result);
}

function answered<Result>(ask: () => Result): Result {
  requireLoaded();
  try {
    return ask();
  } catch (thrown) {
    throw asError(thrown);
  }
}

function isValid(parse: (text: string) => unknown): (text: unknown) => text is string {
  return (text): text is string => {
    requireLoaded();
    try {
      parse(text as string);
      return true;
    } catch {
      return false;
    }
  };
}

const parseSlug = (text: string) => ask<string>('slug.parse', { text });
const parseOrderNumber = (text: string) => ask<NumberParts>('order_number.parse', { text });
const parseTicketNumber = (text: string) => ask<NumberParts>('ticket_number.parse', { text });
const payload = (text: string) => ask<{ text: string; bytes: number[] }>('qr_payload.parse', { text });
const parsePayload = (text: string) => payload(text).text;

/** An event's name in its URL. All of these answer at once, and need `await init()` before. */
export const slug = {
  /** As the database makes it from a name and an id. */
  generate: (name: string, id: EventId) => ask<string>('slug.generate', { name, id }),
  parse: parseSlug,
  isValid: isValid(parseSlug),
};

/** `ORD-20251013-01111111`. */
export const orderNumber = {
  generate: (id: OrderId, created_at: TimeInput) => ask<string>('order_number.generate', { id, created_at }),
  parse: parseOrderNumber,
  isValid: isValid(parseOrderNumber),
};

/** `TKT-B1111111-251013`. */
export const ticketNumber = {
  generate: (id: TicketId, created_at: TimeInput) => ask<string>('ticket_number.generate', { id, created_at }),
  parse: parseTicketNumber,
  isValid: isValid(parseTicketNumber),
};

/** What a ticket's QR code says: 32 random bytes in base64. */
export const qrPayload = {
  generate: (bytes: Uint8Array = crypto.getRandomValues(new Uint8Array(32))) =>
    ask<string>('qr_payload.generate', { bytes: reading('bytes', () => Array.from(bytes)) }),
  parse: parsePayload,
  isValid: isValid(parsePayload),
  toBytes: (text: string) => Uint8Array.from(payload(text).bytes),
  /** A payload as a camera, a keyboard-wedge scanner or a URL brings it, as it was issued. */
  fromScan: (text: string) => ask<string>('qr_payload.from_scan', { text }),
};

/** A text as a QR symbol, with its quiet zone. */
export const qr = {
  svg: (text: string, correction: ErrorCorrection = 'Q') => answered(() => svg(word(text, 'text'), word(correction, 'correction'))),
  /** The modules, a text of `0` and `1` for each row, without the quiet zone. */
  modules: (text: string, correction: ErrorCorrection = 'Q') => ask<string[]>('symbol.modules', { text, correction }),
  /** A PNG image for the `src` of an `<img>`, each module so many pixels wide. */
  pngDataUrl: (text: string, { scale = 8, correction = 'Q' }: { scale?: number; correction?: ErrorCorrection } = {}) =>
    png(ask<string[]>('symbol.modules', { text, correction }), scale),
};

/** An amount for a person: `$299.00`. */
export function formatCents(cents: number): string {
  return ask<string>('cents.show', { cents });
}
