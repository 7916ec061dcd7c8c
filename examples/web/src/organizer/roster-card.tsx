import type { EventId, TicketStatus } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';

import { Button, Empty, Failure, Field, inWords, Notice, Skeleton } from '../design/components';
import { counted } from '../format';
import { Choice } from './form-fields';
import { useRoster, wholeRoster, type RosterFilter } from './roster';
import { rosterCsv } from './roster-csv';
import { RosterTable } from './roster-table';
import { useSettled } from './settled-value';

/** The list of attendees: searched, filtered, as long as wanted, and as a file. */
export function RosterCard({ event_id, slug }: { event_id: EventId; slug: string }) {
  const [filter, setFilter] = useState<RosterFilter>({ search: '', status: 'any' });
  const search = useSettled(filter.search);
  const wanted = { ...filter, search };
  const roster = useRoster(event_id, wanted);
  const download = useDownload(event_id, slug);
  const rows = roster.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = roster.data?.pages[0]?.total ?? 0;
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
      {roster.hasNextPage && (
        <Button kind="quiet" busy={roster.isFetchingNextPage} onClick={() => void roster.fetchNextPage()}>Show more</Button>
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
      <Choice label="Status" value={filter.status} onChange={(event) => onChange({ ...filter, status: event.target.value as TicketStatus | 'any' })}>
        <option value="any">All tickets</option>
        <option value="active">Not here yet</option>
        <option value="used">Checked in</option>
        <option value="cancelled">Cancelled</option>
        <option value="refunded">Refunded</option>
      </Choice>
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
