import { qr } from '@eventos/wasm';
import { useMemo } from 'react';

import type { HeldTicket } from './held-ticket';

/** The symbol that a door scans. What it says is told to scanners alone. */
export function TicketSymbol({ ticket: { qr_code, ticket_number, attendee } }: { ticket: HeldTicket }) {
  const image = useMemo(() => `data:image/svg+xml,${encodeURIComponent(qr.svg(qr_code, 'Q'))}`, [qr_code]);
  const holder = attendee === null ? '' : ` of ${attendee.full_name}`;
  return <img className="ticket-symbol" src={image} alt={`QR code${holder}, ticket ${ticket_number}`} width={200} height={200} />;
}
