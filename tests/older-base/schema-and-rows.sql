-- A database as production may have it: the specification's tables, written by somebody else. Nothing
-- in it is called as in our base, several rules are weaker or not there, and it is in use already.
--
-- {extensions} is the schema of the extension unaccent: `public` or `extensions`.

create extension unaccent with schema {extensions};
create extension if not exists pgcrypto with schema extensions;
set search_path = "$user", public, extensions;


-- Functions ---------------------------------------------------------------------------------------

-- They find what they call by whatever search path they meet.

create function handle_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at = now();
  return new;
end
$$;

create function generate_event_slug() returns trigger language plpgsql as $$
begin
  if new.slug is null or new.slug = '' then
    new.slug := lower(regexp_replace(unaccent(new.name), '[^a-zA-Z0-9]', '-', 'g'))
                || '-' || substr(new.id::text, 1, 8);
  end if;
  return new;
end
$$;

create function generate_order_number() returns trigger language plpgsql as $$
begin
  new.order_number := 'ORD-' || to_char(now(), 'YYYYMMDD') || '-' || upper(substr(new.id::text, 1, 8));
  return new;
end
$$;

create function generate_ticket_codes() returns trigger language plpgsql security definer as $$
begin
  new.ticket_number := coalesce(new.ticket_number,
                                'TKT-' || upper(substr(new.id::text, 1, 8)) || '-' || to_char(now(), 'YYMMDD'));
  new.qr_code := coalesce(new.qr_code, encode(extensions.gen_random_bytes(32), 'base64'));
  return new;
end
$$;


-- Tables ------------------------------------------------------------------------------------------

create table profiles (
  id uuid primary key references auth.users on delete cascade,
  email text not null,
  full_name text,
  phone text,
  company text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint one_profile_an_email unique (email)
);

create table venues (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  address text not null,
  city text default 'Toronto',
  postal_code text,
  capacity integer not null check (capacity > 0),
  amenities jsonb default '{}',
  contact_email text,
  contact_phone text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table events (
  id uuid constraint pk_events primary key default gen_random_uuid(),
  organizer_id uuid not null constraint fk_organizer references profiles on delete cascade,
  venue_id uuid constraint fk_venue references venues on delete cascade,
  name text not null,
  slug text not null constraint uq_slug unique,
  type text not null check (type in ('conference', 'seminar', 'workshop', 'networking')),
  description text,
  start_at timestamptz not null,
  end_at timestamptz not null,
  capacity integer not null constraint some_capacity check (capacity > 0),
  price_cents integer not null default 0,
  status text not null default 'draft'
    constraint known_status check (status in ('draft', 'published', 'cancelled', 'completed')),
  visibility text not null check (visibility in ('public', 'private')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Another rule under a name of ours.
  constraint events_end_after_start check (end_at >= start_at)
);

create table orders (
  id uuid constraint pk_orders primary key default gen_random_uuid(),
  customer_id uuid not null constraint fk_customer references profiles on delete cascade,
  event_id uuid not null constraint fk_ordered_event references events on delete cascade,
  order_number text not null,
  quantity integer not null constraint some_tickets check (quantity > 0),
  unit_price_cents integer not null,
  total_cents integer not null,
  payment_status text not null default 'pending'
    constraint known_payment check (payment_status in ('pending', 'paid', 'failed', 'refunded')),
  stripe_payment_intent_id text,
  paid_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index uq_order_number on orders (order_number);

create table attendees (
  id uuid constraint pk_attendees primary key default gen_random_uuid(),
  order_id uuid not null constraint fk_order references orders on delete cascade,
  event_id uuid not null constraint fk_attended_event references events on delete cascade,
  full_name text not null,
  email text not null,
  phone text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table tickets (
  id uuid constraint pk_tickets primary key default gen_random_uuid(),
  event_id uuid not null constraint fk_admitting_event references events on delete cascade,
  order_id uuid not null constraint fk_paying_order references orders on delete cascade,
  attendee_id uuid constraint fk_attendee references attendees on delete cascade,
  ticket_number text not null,
  qr_code text not null constraint uq_qr unique,
  status text not null default 'active'
    constraint known_ticket check (status in ('active', 'used', 'cancelled', 'refunded')),
  checked_in_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);


-- The view: its owner's, with smaller counts and one more -----------------------------------------

create view event_stats as
select events.id as event_id, events.name as event_name, events.capacity,
       count(tickets.id) filter (where tickets.status in ('active', 'used'))::integer as tickets_sold,
       events.capacity
         - count(tickets.id) filter (where tickets.status in ('active', 'used'))::integer as tickets_available,
       count(tickets.id) filter (where tickets.status = 'active')::integer as tickets_active,
       count(tickets.id) filter (where tickets.status = 'used')::integer as tickets_used,
       count(tickets.id) filter (where tickets.status = 'cancelled')::integer as tickets_cancelled,
       count(tickets.id) filter (where tickets.status = 'refunded')::integer as tickets_refunded
from events left join tickets on tickets.event_id = events.id
group by events.id;


-- Indexes -----------------------------------------------------------------------------------------

-- Two of them have names that ours, or PostgreSQL's, would have, and do not cover what those do.
create index idx_organizer on events (organizer_id);
create index on events (venue_id) where venue_id is not null;
create index idx_orders_of_event on orders (event_id);
create index tickets_event_id_status_idx on tickets (event_id, status) where status = 'active';
create index idx_tickets_of_order on tickets (order_id);


-- Triggers ----------------------------------------------------------------------------------------

create trigger set_timestamp before update on profiles for each row execute function handle_updated_at();
create trigger set_timestamp before update on venues for each row execute function handle_updated_at();
create trigger set_timestamp before update on events for each row execute function handle_updated_at();
create trigger set_timestamp before update on orders for each row execute function handle_updated_at();
create trigger set_timestamp before update on attendees for each row execute function handle_updated_at();
-- Tickets have none.

create trigger make_slug before insert or update on events for each row
  when (new.slug is null or new.slug = '') execute function generate_event_slug();
create trigger number_orders before insert on orders for each row execute function generate_order_number();
create trigger number_tickets before insert on tickets for each row execute function generate_ticket_codes();

-- It does not expect that a profile is there already.
create function handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, email, full_name) values (new.id, new.email, new.raw_user_meta_data ->> 'full_name');
  return new;
end
$$;
create trigger on_auth_user_created after insert on auth.users for each row execute function handle_new_user();


-- Privileges and policies -------------------------------------------------------------------------

grant all on all tables in schema public to anon, authenticated, service_role;
grant update (total_cents) on orders to anon;
grant update (email) on profiles to authenticated;

alter table profiles enable row level security;
alter table venues enable row level security;
alter table events enable row level security;
alter table orders enable row level security;
alter table attendees enable row level security;

create policy "profiles are read by everyone" on profiles for select using (true);
create policy "profiles are one's own" on profiles for all using (auth.uid() = id);

create policy "venues are read by everyone" on venues for select using (true);
create policy "venues are added by members" on venues for insert to authenticated with check (true);
create policy "venues are changed by organizers" on venues for update
  using (exists (select from events where events.venue_id = venues.id and events.organizer_id = auth.uid()));
create policy "venues go" on venues for delete using (true);
-- The database's own, which narrows: it must survive.
create policy "some venues are kept" on venues as restrictive for delete using (name <> 'Kept');

create policy "events are read when published" on events for select
  using (status = 'published' and visibility = 'public' or organizer_id = auth.uid());
create policy "events are made by organizers" on events for insert with check (organizer_id = auth.uid());
create policy "events are changed by organizers" on events for update using (organizer_id = auth.uid());
create policy "drafts go" on events for delete using (organizer_id = auth.uid() and status = 'draft');

create policy "orders are the customer's" on orders for all to authenticated using (customer_id = auth.uid());
create policy "orders are read by organizers" on orders for select to authenticated
  using (event_id in (select id from events where organizer_id = auth.uid()));
create policy "orders are the service's" on orders for all to service_role using (true);

create policy "attendees are the customer's" on attendees for all to authenticated
  using (order_id in (select id from orders where customer_id = auth.uid()));
create policy "attendees are read by organizers" on attendees for select to authenticated
  using (event_id in (select id from events where organizer_id = auth.uid()));

-- Tickets have policies, and row level security that nobody turned on.
create policy "tickets are the customer's" on tickets for all to authenticated
  using (order_id in (select id from orders where customer_id = auth.uid()));
create policy "tickets are the organizer's" on tickets for all to authenticated, anon
  using (event_id in (select id from events where organizer_id = auth.uid()));


-- Rows --------------------------------------------------------------------------------------------

-- Their codes are their triggers', of the day on which this runs.

insert into auth.users (id, email, raw_user_meta_data, created_at) values
  ('11111111-0000-4000-8000-000000000001', 'olga@example.com', '{"full_name": "Olga Organizer"}', '2025-01-01Z'),
  ('11111111-0000-4000-8000-000000000002', 'carl@example.com', '{"full_name": "Carl Customer"}', '2025-01-02Z'),
  ('11111111-0000-4000-8000-000000000003', 'dora@example.com', '{"full_name": "Dora Customer"}', '2025-01-03Z'),
  ('11111111-0000-4000-8000-000000000004', 'lost@example.com', '{"full_name": "Lost Her Profile"}', '2025-01-04Z');
delete from profiles where email = 'lost@example.com';

insert into venues (id, name, address, city, capacity, amenities) values
  ('22222222-0000-4000-8000-000000000001', 'Hall', '1 King St W', 'Toronto', 500, '{"wifi": true}'),
  ('22222222-0000-4000-8000-000000000002', 'Kept', '2 King St W', 'Toronto', 50000, '{}'),
  ('22222222-0000-4000-8000-000000000003', 'Closet for five', '3 King St W', null, 5, null);

insert into events (id, organizer_id, venue_id, name, type, start_at, end_at, capacity, price_cents, status, visibility)
select id::uuid, '11111111-0000-4000-8000-000000000001', ('22222222-0000-4000-8000-00000000000' || venue)::uuid,
       name, type, start_at::timestamptz, start_at::timestamptz + lasting::interval, capacity, price_cents,
       status, visibility
  from (values
    ('33333333-0000-4000-8000-000000000001', 1, 'AI & Data: Café Summit',
     'conference', '2030-06-15 09:00Z', '33 hours', 100, 5000, 'published', 'public'),
    -- For too few, and over when it begins.
    ('33333334-0000-4000-8000-000000000002', 3, 'Dinner for three',
     'networking', '2030-07-01 18:00Z', '0 hours', 3, 9900, 'published', 'public'),
    ('33333335-0000-4000-8000-000000000003', null, 'Negative price',
     'seminar', '2030-08-01 09:00Z', '8 hours', 20, -100, 'draft', 'private'),
    -- For too many.
    ('33333336-0000-4000-8000-000000000004', null, 'Festival',
     'workshop', '2025-02-01 09:00Z', '8 hours', 25000, 0, 'completed', 'public'),
    ('33333337-0000-4000-8000-000000000005', 1, 'Full of Odd Rows',
     'seminar', '2030-09-01 09:00Z', '8 hours', 10, 1000, 'published', 'public')
  ) as event (id, venue, name, type, start_at, lasting, capacity, price_cents, status, visibility);

insert into orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents,
                    payment_status, stripe_payment_intent_id, paid_at, created_at)
select placed.id::uuid, ('11111111-0000-4000-8000-00000000000' || customer)::uuid, events.id, quantity,
       unit_price_cents, total_cents, payment_status, 'pi_' || intent, paid_at::timestamptz, '2025-02-01Z'
  from (values
    ('44444444-0000-4000-8000-000000000001', 2, 'AI%', 2, 5000, 10000, 'paid', 1, '2025-02-01Z'),
    ('44444445-0000-4000-8000-000000000002', 2, 'Festival', 1, 0, 0, 'paid', null, '2025-02-01Z'),
    -- A total that is wrong.
    ('44444446-0000-4000-8000-000000000003', 3, 'AI%', 2, 5000, 9999, 'paid', 3, '2025-02-01Z'),
    -- More tickets than one may order, and than there are.
    ('44444447-0000-4000-8000-000000000004', 3, 'Full%', 25, 1000, 25000, 'paid', 4, '2025-02-01Z'),
    ('44444448-0000-4000-8000-000000000005', 3, 'AI%', 1, 5000, 5000, 'pending', null, null)
  ) as placed (id, customer, of_event, quantity, unit_price_cents, total_cents, payment_status, intent, paid_at)
  join events on name like of_event;

-- Those of the last order are one of another event, and one too many.
insert into attendees (id, order_id, event_id, full_name, email)
select ('55555555-0000-4000-8000-00000000000' || number)::uuid, orders.id, events.id, full_name,
       lower(full_name) || '@example.com'
  from (values (1, 1, 'AI%', 'Ann'), (2, 1, 'AI%', 'Bob'), (3, 5, 'Full%', 'Eve'), (4, 5, 'AI%', 'Fay'))
       as named (number, of_order, of_event, full_name)
  join orders on orders.id::text like '%' || of_order
  join events on name like of_event;

insert into tickets (id, event_id, order_id, attendee_id, ticket_number, status, checked_in_at)
select (id_prefix || '-0000-4000-8000-000000000000')::uuid, event_id, orders.id,
       ('55555555-0000-4000-8000-00000000000' || attendee)::uuid, number, status, checked_in_at::timestamptz
  from (values
    ('66666666', 1, 1, null, 'active', null),
    ('66666667', 1, 2, null, 'used', '2025-02-10Z'),
    ('66666668', 2, null, null, 'used', '2025-02-01Z'),
    -- Live, and its order is not paid.
    ('66666669', 5, 4, null, 'active', null),
    -- Two with one number.
    ('6666666a', 4, null, 'TKT-TWICE', 'active', null),
    ('6666666b', 4, null, 'TKT-TWICE', 'cancelled', null)
  ) as made (id_prefix, of_order, attendee, number, status, checked_in_at)
  join orders on orders.id::text like '%' || of_order;
