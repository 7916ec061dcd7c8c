import type { VenueId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';

import { digits } from '../format';
import { SelectField } from './form-fields';

interface VenueChoiceProps {
  value: VenueId | '';
  onChange: (venue_id: VenueId | '') => void;
  problem: string | undefined;
}

/** Where the event happens, from the venues that there are. */
export function VenueChoice({ value, onChange, problem }: VenueChoiceProps) {
  const eventos = useEventos();
  const venues = useQuery({
    queryKey: ['eventos', 'venues'],
    queryFn: async ({ signal }) =>
      eventos.venues.select({ id: 1, name: 1, city: 1, capacity: 1 }).orderBy('name').limit(500).signal(signal),
    staleTime: 60_000,
  });
  const chosen = venues.data?.find(({ id }) => id === value);
  return (
    <SelectField
      label="Venue"
      value={value}
      onChange={(event) => onChange(event.target.value as VenueId | '')}
      hint={chosen === undefined ? undefined : `Holds ${digits(chosen.capacity)} people.`}
      problem={venues.isError ? 'The venues could not be loaded.' : problem}
    >
      <option value="">Not known yet</option>
      {venues.data?.map(({ id, name, city }) => <option key={id} value={id}>{name}, {city}</option>)}
      {value !== '' && chosen === undefined && <option value={value}>{venues.isPending ? 'Loading …' : 'As it is now'}</option>}
    </SelectField>
  );
}
