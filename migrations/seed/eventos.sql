-- Seed data: the examples of the specification, and enough coming events that the public listing
-- is never empty. Apply it after the migrations, as often as you like: what is there stays as it is.
--
-- FOR LOCAL USE ONLY. Both accounts have the password "eventos-local-only", which is public.
-- Never seed a database that others can reach.
--
--   organizer@eventos.com   Sarah Johnson, EventOS Inc
--   customer@example.com    Michael Chen


-- Accounts ----------------------------------------------------------------------------------------

insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at,
                        raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
select account.id, 'authenticated', 'authenticated', account.email,
       extensions.crypt('eventos-local-only', extensions.gen_salt('bf', 10)), account.since,
       '{"provider": "email", "providers": ["email"]}', account.details, account.since, account.since
from (values
  ('11111111-1111-1111-1111-111111111111'::uuid, 'organizer@eventos.com',
   '2025-01-15 10:30:00-05'::timestamptz,
   '{"full_name": "Sarah Johnson", "phone": "+1-416-555-0101", "company": "EventOS Inc"}'::jsonb),
  ('22222222-2222-2222-2222-222222222222', 'customer@example.com',
   '2025-02-01 09:15:00-05',
   '{"full_name": "Michael Chen", "phone": "+1-416-555-0102"}')
) as account (id, email, since, details)
on conflict do nothing;

-- A hosted project's auth server also wants its instance, an identity for each account, and empty
-- texts where no token is pending.
do $$
declare
  seeded constant uuid[] := array['11111111-1111-1111-1111-111111111111',
                                  '22222222-2222-2222-2222-222222222222'];
  filled record;
begin
  for filled in
    select attname as name, case attname
             when 'instance_id' then '00000000-0000-0000-0000-000000000000' else '' end as value
    from pg_catalog.pg_attribute
    where attrelid = 'auth.users'::regclass and not attisdropped
      and attname in ('instance_id', 'confirmation_token', 'recovery_token', 'email_change',
                      'email_change_token_new')
  loop
    execute format('update auth.users set %1$I = %2$L where id = any ($1) and %1$I is null',
                   filled.name, filled.value) using seeded;
  end loop;

  if exists (
    select from information_schema.columns
    where table_schema = 'auth' and table_name = 'identities' and column_name = 'provider_id'
  ) then
    insert into auth.identities (id, provider_id, user_id, identity_data, provider,
                                 last_sign_in_at, created_at, updated_at)
    select gen_random_uuid(), id::text, id,
           jsonb_build_object('sub', id, 'email', email, 'email_verified', true), 'email',
           created_at, created_at, created_at
    from auth.users
    where id = any (seeded)
      and not exists (select from auth.identities where user_id = users.id);
  end if;
end
$$;

insert into public.profiles (id, email, full_name, phone, company, created_at) values
  ('11111111-1111-1111-1111-111111111111', 'organizer@eventos.com', 'Sarah Johnson',
   '+1-416-555-0101', 'EventOS Inc', '2025-01-15 10:30:00-05'),
  ('22222222-2222-2222-2222-222222222222', 'customer@example.com', 'Michael Chen',
   '+1-416-555-0102', null, '2025-02-01 09:15:00-05')
on conflict do nothing;


-- Venues ------------------------------------------------------------------------------------------

insert into public.venues (id, name, address, postal_code, capacity, amenities, contact_email,
                           contact_phone, created_at) values
  ('a1111111-1111-1111-1111-111111111111', 'Metro Toronto Convention Centre', '255 Front St W',
   'M5V 2W6', 5000, '{"wifi": true, "parking": true, "catering": true}', 'events@mtccc.com',
   '+1-416-585-8000', '2025-01-10 09:00:00-05'),
  ('a2222222-2222-2222-2222-222222222222', 'Royal York', '100 Front St W',
   'M5J 1E3', 1500, '{"wifi": true, "parking": true, "catering": true}', 'events@royalyork.example',
   '+1-416-555-0120', '2025-01-10 09:05:00-05'),
  ('a3333333-3333-3333-3333-333333333333', 'Steam Whistle Brewing', '255 Bremner Blvd',
   'M5V 3M9', 800, '{"wifi": true, "parking": true}', 'events@steamwhistle.example',
   '+1-416-555-0130', '2025-01-10 09:10:00-05'),
  ('a4444444-4444-4444-4444-444444444444', 'Spadina Workshop Loft', '192 Spadina Ave',
   'M5T 2C2', 120, '{"wifi": true}', 'events@spadinaloft.example',
   '+1-416-555-0140', '2025-01-10 09:15:00-05')
on conflict do nothing;


-- Events ------------------------------------------------------------------------------------------

insert into public.events (id, organizer_id, venue_id, name, slug, type, description, start_at,
                           end_at, capacity, price_cents, status, visibility, created_at) values
  ('e1111111-1111-1111-1111-111111111111', '11111111-1111-1111-1111-111111111111',
   'a1111111-1111-1111-1111-111111111111', 'AI & Machine Learning Summit 2025',
   'ai-ml-summit-2025-e1111111', 'conference',
   'Join industry leaders for two days on applied artificial intelligence.',
   '2025-06-15 09:00:00-04', '2025-06-16 18:00:00-04', 500, 29900, 'published', 'public',
   '2025-01-15 10:00:00-05')
on conflict do nothing;

-- The coming ones start so many days after the database is seeded, at the hour given, Toronto time.
insert into public.events (id, organizer_id, venue_id, name, type, description, start_at, end_at,
                           capacity, price_cents, status, visibility)
select id, '11111111-1111-1111-1111-111111111111', venue_id, name, type, description,
       (midnight + days * interval '1 day' + hour * interval '1 hour') at time zone 'America/Toronto',
       (midnight + days * interval '1 day' + (hour + hours) * interval '1 hour') at time zone 'America/Toronto',
       capacity, price_cents, status, visibility
from date_trunc('day', now() at time zone 'America/Toronto') as midnight,
(values
  ('e2222222-2222-2222-2222-222222222222'::uuid, 'a2222222-2222-2222-2222-222222222222'::uuid,
   'Leadership Seminar', 'seminar', 'A day on leading teams through change.',
   14, 9, 8, 100, 12900, 'published', 'public'),
  ('e3333333-3333-3333-3333-333333333333', 'a3333333-3333-3333-3333-333333333333',
   'Toronto Tech Networking Night', 'networking', 'Meet the people who build Toronto''s software.',
   21, 18, 4, 200, 2500, 'published', 'public'),
  ('e4444444-4444-4444-4444-444444444444', 'a4444444-4444-4444-4444-444444444444',
   'Hands-on Rust Workshop', 'workshop', 'Write, test and ship a small service in a day.',
   35, 9, 8, 40, 19900, 'published', 'public'),
  ('e5555555-5555-5555-5555-555555555555', 'a1111111-1111-1111-1111-111111111111',
   'Cloud Infrastructure Conference', 'conference', 'Two tracks on running systems that stay up.',
   60, 9, 9, 2000, 44900, 'published', 'public'),
  ('e6666666-6666-6666-6666-666666666666', 'a2222222-2222-2222-2222-222222222222',
   'Finance Leaders'' Breakfast Seminar', 'seminar', 'The year''s outlook, before work.',
   90, 7, 3, 150, 8900, 'published', 'public'),
  ('e7777777-7777-7777-7777-777777777777', null,
   'Open Data Meetup', 'networking', 'Free for everyone; the venue is announced later.',
   120, 18, 3, 80, 0, 'published', 'public'),
  ('e8888888-8888-8888-8888-888888888888', 'a4444444-4444-4444-4444-444444444444',
   'Facilitation Workshop', 'workshop', 'Run meetings that people want to come to.',
   180, 13, 4, 30, 9900, 'published', 'public'),
  ('e9999999-9999-9999-9999-999999999999', 'a1111111-1111-1111-1111-111111111111',
   'AI & Machine Learning Summit: Next Year', 'conference', 'The summit returns.',
   365, 9, 9, 500, 32900, 'published', 'public'),
  ('ea111111-1111-1111-1111-111111111111', 'a3333333-3333-3333-3333-333333333333',
   'Winter Gala', 'networking', 'Still being planned.',
   150, 19, 5, 300, 15000, 'draft', 'public'),
  ('eb111111-1111-1111-1111-111111111111', 'a2222222-2222-2222-2222-222222222222',
   'Board Retreat', 'seminar', 'By invitation.',
   45, 9, 8, 20, 0, 'published', 'private')
) as coming (id, venue_id, name, type, description, days, hour, hours, capacity, price_cents,
             status, visibility)
on conflict do nothing;


-- One purchase ------------------------------------------------------------------------------------

insert into public.orders (id, customer_id, event_id, order_number, quantity, unit_price_cents,
                           total_cents, payment_status, stripe_payment_intent_id, paid_at,
                           created_at) values
  ('01111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222',
   'e1111111-1111-1111-1111-111111111111', 'ORD-20251013-01111111', 2, 29900,
   59800, 'paid', 'pi_test_123456789', '2025-02-15 14:30:00-05',
   '2025-02-15 14:25:00-05')
on conflict do nothing;

insert into public.attendees (id, order_id, event_id, full_name, email, phone, created_at) values
  ('a0111111-1111-1111-1111-111111111111', '01111111-1111-1111-1111-111111111111',
   'e1111111-1111-1111-1111-111111111111', 'Michael Chen', 'customer@example.com',
   '+1-416-555-0102', '2025-02-15 14:30:00-05'),
  ('a0222222-2222-2222-2222-222222222222', '01111111-1111-1111-1111-111111111111',
   'e1111111-1111-1111-1111-111111111111', 'Jane Smith', 'jane@example.com',
   null, '2025-02-15 14:30:00-05')
on conflict do nothing;

insert into public.tickets (id, event_id, order_id, attendee_id, ticket_number, created_at) values
  ('b1111111-1111-1111-1111-111111111111', 'e1111111-1111-1111-1111-111111111111',
   '01111111-1111-1111-1111-111111111111', 'a0111111-1111-1111-1111-111111111111',
   'TKT-B1111111-251013', '2025-02-15 14:30:00-05'),
  ('b2222222-2222-2222-2222-222222222222', 'e1111111-1111-1111-1111-111111111111',
   '01111111-1111-1111-1111-111111111111', 'a0222222-2222-2222-2222-222222222222',
   'TKT-B2222222-251013', '2025-02-15 14:30:00-05')
on conflict do nothing;
