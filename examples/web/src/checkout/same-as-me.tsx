import type { ProfileId } from '@eventos/wasm';
import { useEventos } from '@eventos/wasm/react';
import { useQuery } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';

import { Button } from '../design/components';
import type { TypedGuest } from './draft';

interface SameAsMeProps {
  customer_id: ProfileId;
  isFixed: boolean;
  onChoose: (me: TypedGuest) => void;
}

/** Fills in what the account knows of its holder. */
export function SameAsMe({ customer_id, isFixed, onChoose }: SameAsMeProps) {
  const eventos = useEventos();
  const { data: me } = useQuery({
    queryKey: ['eventos', 'profile', customer_id],
    queryFn: async ({ signal }) =>
      eventos.profiles.select({ full_name: 1, email: 1, phone: 1 }).where((p) => p.id.eq(customer_id)).signal(signal).maybeSingle(),
  });
  return (
    <Button
      kind="quiet"
      disabled={!me || isFixed}
      onClick={() => me && onChoose({ full_name: me.full_name ?? '', email: me.email, phone: me.phone ?? '' })}
    >
      <UserRound size={16} aria-hidden="true" />Same as me
    </Button>
  );
}
