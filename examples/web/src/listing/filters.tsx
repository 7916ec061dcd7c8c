import type { VenueId } from '@eventos/wasm';
import { Link } from 'react-router';

import { EVENT_TYPES, TYPE_NAMES } from '../event/event-types';
import { useVenues } from './events-on-sale';
import { useSearch, type Price } from './search';

/** What narrows the list: the type, the price and the place. The time is chosen on the calendar above. */
export function Filters() {
  return (
    <div className="filters">
      <TypeFilter />
      <div className="row">
        <PriceFilter />
        <VenueFilter />
      </div>
    </div>
  );
}

function TypeFilter() {
  const { search, linkTo } = useSearch();
  const choices = [{ type: undefined, name: 'All types' }, ...EVENT_TYPES.map((type) => ({ type, name: TYPE_NAMES[type] }))];
  return (
    <nav aria-label="Type of event">
      <ul className="chips">
        {choices.map(({ type, name }) => (
          <li key={name}>
            <Link
              className={type === undefined ? 'chip' : `chip type-${type}`}
              to={linkTo({ type })}
              aria-current={search.type === type ? 'true' : undefined}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PriceFilter() {
  const { search, change } = useSearch();
  return (
    <label className="filter">
      <span className="visually-hidden">Price</span>
      <select value={search.price ?? ''} onChange={(event) => change({ price: (event.target.value || undefined) as Price | undefined })}>
        <option value="">Any price</option>
        <option value="free">Free</option>
        <option value="paid">Paid</option>
      </select>
    </label>
  );
}

function VenueFilter() {
  const { search, change } = useSearch();
  const { data: venues } = useVenues();
  const isListed = search.venue === undefined || venues?.some(({ id }) => id === search.venue);
  return (
    <label className="filter">
      <span className="visually-hidden">Venue</span>
      <select value={search.venue ?? ''} onChange={(event) => change({ venue: (event.target.value || undefined) as VenueId | undefined })}>
        <option value="">Any venue</option>
        {!isListed && <option value={search.venue}>{venues === undefined ? 'Chosen venue' : 'Venue without events'}</option>}
        {venues?.map(({ id, name, city }) => <option key={id} value={id}>{name}, {city}</option>)}
      </select>
    </label>
  );
}
