import type { EventId, TicketStatus } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';

import { Button, Empty, Failure, Field, inWords, Notice, Skeleton } from '../design/components';
import { useSettled } from '../design/settled-value';
import { counted } from '../format';
import { TICKET_WORDS } from '../ticket-status';
import { SelectField } from './form-fields';
import { useRoster, wholeRoster, type RosterFilter } from './roster';
import { rosterCsv } from './roster-csv';
import { RosterTable } from './roster-table';

/** The list of attendees: searched, filtered, as long as wanted, and as a file. */
export function RosterCard({ event_id, slug }: { event_id: EventId; slug: string }) {
  const [filter, setFilter] = useState<RosterFilter>({ search: '', status: 'any' });
  const search = useSettled(filter.search);
  const wanted = { ...filter, search };
  const roster = useRoster(event_id, wanted);
  const download = useDownload(event_id, slug);
  const rows = roster.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = roster.data?.pages[0]?.total ?? 0;
  const isLong = roster.data !== undefined && roster.data.pages.length > 1;
  const isFiltered = search.trim() !== '' || filter.status !== 'any';

  return (
    <section className="card stack" aria-labelledby="roster">
      <div className="row spread">
        <h2 id="roster" className="subtitle">Attendees</h2>
        <Button kind="quiet" busy={download.isPending} disabled={total === 0} onClick={() => download.mutate(wanted)}>
          <Download size={16} aria-hidden="true" />Download CSV
        </Button>
      </div>
      <RosterFilters filter={filter} onChange={setFilter} />
      {download.isError && <Notice tone="problem" title="The file could not be made">{inWords(download.error)}</Notice>}
      <p className="small muted number" role="status">
        {roster.isSuccess && `${counted(total, 'ticket')}${isFiltered ? ' found' : ''}${rows.length < total ? `, ${rows.length} shown` : ''}`}
      </p>
      {roster.isPending && <Skeleton height="16rem" what="the attendees" />}
      {roster.isError && <Failure what="The attendees" error={roster.error} retry={roster.refetch} />}
      {rows.length > 0 && <RosterTable rows={rows} />}
      {roster.isSuccess && total === 0 && (
        isFiltered
          ? <Empty title="Nobody found">Look for a part of a name, or for an e-mail with its @.</Empty>
          : <Empty title="No tickets yet">Attendees appear here as soon as an order is paid.</Empty>
      )}
      {(roster.hasNextPage || isLong) && (
        <div className="row">
          {roster.hasNextPage && (
            <Button kind="quiet" busy={roster.isFetchingNextPage} onClick={() => void roster.fetchNextPage()}>Show more</Button>
          )}
          {isLong && <Button kind="plain" onClick={() => void roster.refetch()}>Refresh the list</Button>}
        </div>
      )}
    </section>
  );
}

function RosterFilters({ filter, onChange }: { filter: RosterFilter; onChange: (filter: RosterFilter) => void }) {
  return (
    <form className="roster-filters" role="search" aria-label="Attendees" onSubmit={(event) => event.preventDefault()}>
      <Field
        label="Search"
        type="search"
        placeholder="Name, e-mail, TKT-… or ORD-…"
        autoComplete="off"
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.target.value })}
      />
      <SelectField label="Status" value={filter.status} onChange={(event) => onChange({ ...filter, status: event.target.value as TicketStatus | 'any' })}>
        <option value="any">All tickets</option>
        {Object.entries(TICKET_WORDS).map(([status, word]) => <option key={status} value={status}>{word}</option>)}
      </SelectField>
    </form>
  );
}

/** Saves what the filter finds as a file that is named after the event. */
function useDownload(event_id: EventId, slug: string) {
  const eventos = useEventos();
  return useMutation({
    mutationFn: (filter: RosterFilter) => wholeRoster(eventos, event_id, filter),
    onSuccess: (rows) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(rosterCsv(rows));
      link.download = `${slug}-attendees.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
}
