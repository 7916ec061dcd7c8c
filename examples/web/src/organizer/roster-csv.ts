import type { Timestamp } from '@eventos/wasm';

import type { RosterRow } from './roster';
import { toWallClock } from './toronto-time';

const HEAD = ['Name', 'E-mail', 'Phone', 'Ticket', 'Order', 'Status', 'Checked in (Toronto time)'];

/**
 * The list as a file for spreadsheets: RFC 4180, with the mark by which Excel knows UTF-8.
 *
 * It is written here, not by the server: names are typed by strangers, and a spreadsheet takes a cell that begins like a
 * formula for one and runs it. Such a cell gets an apostrophe before it, as OWASP advises, and shows as the text that it is.
 */
export function rosterCsv(rows: readonly RosterRow[]): Blob {
  const lines = [HEAD, ...rows.map(cellsOf)].map((cells) => cells.map(cell).join(','));
  return new Blob(['\uFEFF', lines.join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' });
}

function cellsOf({ attendee, ticket_number, order, status, checked_in_at }: RosterRow): string[] {
  return [
    attendee?.full_name ?? '',
    attendee?.email ?? '',
    attendee?.phone ?? '',
    ticket_number,
    order?.order_number ?? '',
    status,
    checked_in_at === null ? '' : spreadsheetTime(checked_in_at),
  ];
}

/** Signs that begin a formula, their full-width forms that some spreadsheets take for them, and what may stand before them. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function spreadsheetTime(at: Timestamp): string {
  return toWallClock(at).replace('T', ' ');
}
