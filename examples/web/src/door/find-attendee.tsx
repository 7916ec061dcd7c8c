import type { Door, DoorAttendee } from '@eventos/wasm';
import { queries } from '@eventos/wasm/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { Failure, Field } from '../design/components';
import { useSettled } from '../design/settled-value';
import { TicketBadge } from '../ticket-status';
import { clockTime } from './clock-time';
import type { Doorway } from './use-door';

const SHORTEST_SEARCH = 2;
const MOST_FOUND = 50;

/** Finds people, and says how their tickets stand. Letting in takes the code: a name or a number can be anybody's. */
export function FindAttendee({ doorway, door }: { doorway: Doorway; door: Door }) {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const isSearching = search.length >= SHORTEST_SEARCH;
  const asked = queries.doorAttendees(door, doorway.event_id, search);
  const found = useQuery({
    ...asked,
    queryKey: [...asked.queryKey, doorway.opener],
    gcTime: 0,
    enabled: isSearching,
    placeholderData: keepPreviousData,
  });

  return (
    <section className="card stack" aria-labelledby="find">
      <div>
        <h2 id="find" className="subtitle">Find somebody</h2>
        <p className="small muted">It shows how a ticket stands. To let somebody in, scan the code of their ticket.</p>
      </div>
      <Field
        label="Name, e-mail or ticket number"
        type="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {isSearching && found.isError && <Failure what="The attendees" error={found.error} retry={found.refetch} />}
      <p className="small muted" role="status">{isSearching && found.data !== undefined && resultWords(found.data.length)}</p>
      {isSearching && found.data !== undefined && found.data.length > 0 && <Found people={found.data} />}
    </section>
  );
}

function Found({ people }: { people: readonly DoorAttendee[] }) {
  return (
    <ul className="door-list">
      {people.map(({ ticket_id, full_name, email, ticket_number, status, checked_in_at }) => (
        <li key={ticket_id}>
          <div>
            <strong>{full_name}</strong>
            <p className="small muted">{email}</p>
            <p className="small muted mono">{ticket_number}</p>
          </div>
          <div className="door-list-end">
            <TicketBadge status={status} />
            {checked_in_at !== null && <p className="small muted number">{clockTime(checked_in_at)}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function resultWords(count: number): string {
  if (count === 0) return 'Nobody found.';
  return count < MOST_FOUND ? `${count} found.` : `The first ${count}: type more to find others.`;
}
