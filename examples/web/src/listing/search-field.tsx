import { Search as Glass } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { useSearch } from './search';

const PAUSE_MS = 300;

/** Looks for events by name, once the typing pauses. */
export function SearchField() {
  const { search, change } = useSearch();
  const [typed, setTyped] = useState(search.text);
  const sought = useRef(search.text);

  function seek(text: string) {
    if (text === sought.current) return;
    sought.current = text;
    change({ text }, true);
  }

  useEffect(() => {
    const pause = setTimeout(() => seek(typed.trim()), PAUSE_MS);
    return () => clearTimeout(pause);
  });

  useEffect(() => {
    // The address changed by itself, as Back does.
    if (search.text === sought.current) return;
    sought.current = search.text;
    setTyped(search.text);
  }, [search.text]);

  return (
    <form className="search-field" role="search" onSubmit={(event) => { event.preventDefault(); seek(typed.trim()); }}>
      <Glass size={20} aria-hidden="true" />
      <input
        type="search"
        aria-label="Search events by name"
        placeholder="Search events by name"
        enterKeyHint="search"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
