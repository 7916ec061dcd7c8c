// The request of one query, ours beside postgrest-js.

import { PostgrestClient } from '@supabase/postgrest-js';

import { createClient, init } from '../dist/index.js';
import { compare } from './measure.mjs';

await init();
const eventos = createClient({ url: 'https://example.supabase.co', key: 'sb_publishable_key' });
const peer = new PostgrestClient('https://example.supabase.co/rest/v1');
const NOW = '2025-06-15T09:00:00Z';

const listing = {
  eventos: () =>
    eventos.events
      .select({ id: 1, name: 1, slug: 1, start_at: 1, price_cents: 1, venue: { name: 1, city: 1 }, organizer: { full_name: 1, company: 1 } })
      .where((e) => [e.status.eq('published'), e.visibility.eq('public'), e.start_at.gte(NOW)])
      .orderBy('start_at')
      .limit(10)
      .toRequest().target,
  'postgrest-js': () =>
    peer
      .from('events')
      .select('id,name,slug,start_at,price_cents,venue:venues!venue_id(name,city),organizer:profiles!organizer_id(full_name,company)')
      .eq('status', 'published')
      .eq('visibility', 'public')
      .gte('start_at', NOW)
      .order('start_at')
      .limit(10).url.href,
};
const update = {
  eventos: () => eventos.tickets.update({ status: 'used' }).where((t) => [t.event_id.eq('e1111111-1111-4111-8111-111111111111'), t.status.eq('active')]).toRequest().target,
  'postgrest-js': () => peer.from('tickets').update({ status: 'used' }).eq('event_id', 'e1111111-1111-4111-8111-111111111111').eq('status', 'active').url.href,
};

compare('listing', listing);
compare('update', update);
