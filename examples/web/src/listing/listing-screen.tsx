import './listing.css';

import { Filters } from './filters';
import { Hero } from './hero';
import { Results } from './results';

/** The events on sale, the next first. */
export function ListingScreen() {
  return (
    <div className="listing">
      <title>Events · EventOS</title>
      <Hero />
      <Filters />
      <Results />
    </div>
  );
}
