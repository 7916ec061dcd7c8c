import type { Timestamp } from '@eventos/wasm';

import { TICKET_WORDS } from '../ticket-status';
import { toWallClock } from '../toronto-time';
import type { RosterRow } from './roster';

const HEAD = ['Name', 'E-mail', 'Phone', 'Ticket', 'Order', 'Status', 'Checked in (Toronto time)'];

/**
 * The list as a file for spreadsheets: RFC 4180, with the mark by which Excel knows UTF-8.
 *
 * It is written here, not by the server: names are typed by strangers, and a spreadsheet takes a cell that begins like a
 * formula for one and runs it. Such a cell gets an apostrophe before it, as OWASP advises: it shows, but nothing runs.
 */
export function rosterCsv(rows: readonly RosterRow[]): Blob {
  const lines = [HEAD, ...rows.map(cellsOf)].map((cells) => cells.map(cell).join(','));
  return new Blob(['\uFEFF', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' });
}

function cellsOf({ attendee, ticket_number, order, status, checked_in_at }: RosterRow): string[] {
  return [
    attendee?.full_name ?? '',
    attendee?.email ?? '',
    phone(attendee?.phone ?? ''),
    ticket_number,
    order?.order_number ?? '',
    TICKET_WORDS[status],
    checked_in_at === null ? '' : spreadsheetTime(checked_in_at),
  ];
}

/** Signs that begin a formula, their full-width forms that some spreadsheets take for them, and what may stand before them. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** What begins with a plus and is a phone number nevertheless. */
const PHONE = /^\+[\d ()-]+$/;

function cell(text: string): string {
  const safe = FORMULA.test(text) && !PHONE.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** With dashes, `+1-416-555-0199` would be a sum; with spaces it is a number to call. */
function phone(number: string): string {
  return PHONE.test(number) ? number.replaceAll('-', ' ') : number;
}

function spreadsheetTime(at: Timestamp): string {
  return toWallClock(at).replace('T', ' ');
}
