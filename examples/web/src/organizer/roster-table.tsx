import { dateAndHour, NO_NAME } from '../format';
import { TicketBadge } from '../ticket-status';
import type { RosterRow } from './roster';

/** Tickets with their holders. On a phone each row is read from top to bottom. */
export function RosterTable({ rows }: { rows: readonly RosterRow[] }) {
  return (
    <table className="table roster">
      <caption className="visually-hidden">Tickets and their holders</caption>
      <thead>
        <tr>
          <th scope="col">Attendee</th>
          <th scope="col">Ticket</th>
          <th scope="col">Status</th>
          <th scope="col">Checked in</th>
          <th scope="col">Order</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, attendee, ticket_number, status, checked_in_at, order }) => (
          <tr key={id}>
            <th scope="row">
              {attendee === null ? <span className="muted">{NO_NAME}</span> : attendee.full_name}
              {attendee !== null && <span className="muted small roster-email">{attendee.email}</span>}
            </th>
            <td className="roster-ticket mono">{ticket_number}</td>
            <td className="roster-status"><TicketBadge status={status} /></td>
            <td className="roster-time number">{checked_in_at === null ? '–' : dateAndHour(checked_in_at)}</td>
            <td className="roster-order mono">{order?.order_number}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
