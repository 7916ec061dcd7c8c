import { Button, Empty, Failure, Skeleton } from '../design/components';
import { counted } from '../format';
import { EventTicket } from './event-ticket';
import { useFoundEvents } from './events-on-sale';
import { isNarrowed, NO_SEARCH, useSearch } from './search';

/** The events that were found, and the way to more of them. */
export function Results() {
  const { search, change } = useSearch();
  const { data, error, refetch, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = useFoundEvents(search);

  if (data === undefined) return error === null ? <Waiting /> : <Failure what="The events" error={error} retry={refetch} />;
  const events = data.pages.flatMap(({ rows }) => rows);
  const total = data.pages.at(-1)?.total ?? 0;
  const clear = isNarrowed(search) && <Button kind="plain" onClick={() => change(NO_SEARCH)}>Clear the search</Button>;
  return (
    <section className="stack" aria-labelledby="found" aria-busy={isPlaceholderData}>
      <div className="row spread">
        <h2 id="found" className="subtitle" aria-live="polite" aria-atomic="true">
          {counted(total, 'event')} {isNarrowed(search) ? 'found' : 'on sale'}
        </h2>
        {total > 0 && clear}
      </div>
      {error !== null && <Failure what="The newest list" error={error} retry={refetch} />}
      {total === 0 ? (
        <Empty title={isNarrowed(search) ? 'No event fits all of that' : 'Nothing is on sale just now'} action={clear}>
          {isNarrowed(search) ? 'Look at another time, or for fewer words.' : 'Come back soon: organizers add events every week.'}
        </Empty>
      ) : (
        <ul className={isPlaceholderData ? 'event-tickets is-old' : 'event-tickets'}>
          {events.map((event) => <li key={event.id}><EventTicket event={event} /></li>)}
        </ul>
      )}
      {hasNextPage && (
        <div className="more">
          <p className="muted small number" role="status">Showing {events.length} of {total}</p>
          <Button kind="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>Show more events</Button>
        </div>
      )}
    </section>
  );
}

function Waiting() {
  return (
    <section className="stack" aria-labelledby="found">
      <h2 id="found" className="subtitle">Events on sale</h2>
      <div className="event-tickets">
        <Skeleton height="10.5rem" what="the events" />
        <Skeleton height="10.5rem" />
        <Skeleton height="10.5rem" />
        <Skeleton height="10.5rem" />
      </div>
    </section>
  );
}
