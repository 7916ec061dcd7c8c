-- Who may do what, once and for all, whatever an older base called its policies and however wide its
-- grants were: one policy for each table, role and verb, and privileges column by column.
--
-- Every permissive policy by which visitors or members reach the six tables gives way to those below.
-- Restrictive policies, and those of other roles, stay: they narrow, or are none of a client's.

do $$
declare
  present record;
begin
  for present in
    select polname, polrelid::regclass as on_table
      from pg_catalog.pg_policy
     where polrelid = any (array['public.profiles', 'public.venues', 'public.events',
                                 'public.orders', 'public.attendees', 'public.tickets']::regclass[])
       and polpermissive
       and (polroles && array['anon'::regrole::oid, 'authenticated'::regrole::oid] or 0 = any (polroles))
  loop
    execute format('drop policy %I on %s', present.polname, present.on_table);
  end loop;
end
$$;

alter table public.profiles  enable row level security;
alter table public.venues    enable row level security;
alter table public.events    enable row level security;
alter table public.orders    enable row level security;
alter table public.attendees enable row level security;
alter table public.tickets   enable row level security;


-- Privileges --------------------------------------------------------------------------------------

-- What visitors may read of profiles is left as it is: the optional migration may have narrowed it.
revoke insert, update, delete, truncate, references, trigger
  on public.profiles from public, anon, authenticated;
revoke all on public.venues, public.events, public.orders, public.attendees, public.tickets
  from public, anon, authenticated;

-- From PostgreSQL 17 on there is one more.
do $$
begin
  if current_setting('server_version_num')::integer >= 170000 then
    revoke maintain on public.profiles from public, anon, authenticated;
  end if;
end
$$;

grant select on public.venues, public.events to anon;
grant select on public.profiles, public.venues, public.events, public.orders, public.attendees,
  public.tickets to authenticated;
grant all on public.profiles, public.venues, public.events, public.orders, public.attendees,
  public.tickets to service_role;

grant insert (id, email, full_name, phone, company), update (full_name, phone, company)
  on public.profiles to authenticated;

grant
  insert (id, name, address, city, postal_code, capacity, amenities, contact_email, contact_phone, created_by),
  update (id, name, address, city, postal_code, capacity, amenities, contact_email, contact_phone),
  delete
  on public.venues to authenticated;

grant
  insert (id, organizer_id, venue_id, name, slug, type, description, start_at, end_at, capacity,
          price_cents, status, visibility),
  update (id, organizer_id, venue_id, name, slug, type, description, start_at, end_at, capacity,
          price_cents, status, visibility),
  delete
  on public.events to authenticated;

grant insert (id, customer_id, event_id, quantity, unit_price_cents, total_cents, payment_status)
  on public.orders to authenticated;

grant insert (id, order_id, event_id, full_name, email, phone), update (full_name, email, phone)
  on public.attendees to authenticated;

grant insert (id, event_id, order_id, attendee_id, status), update (status, checked_in_at)
  on public.tickets to authenticated;


-- Policies ----------------------------------------------------------------------------------------

-- They read each other in one direction only, or PostgreSQL would refuse them as recursive:
-- attendees and tickets -> orders -> events; venues -> events. Those of events read no other table.

create policy "Everyone views all profiles" on public.profiles
  for select to anon, authenticated using (true);

create policy "Members create their own profile, under their own e-mail" on public.profiles
  for insert to authenticated with check (
    id = (select auth.uid())
    and email = coalesce((select auth.jwt()) ->> 'email', email)
  );

create policy "Members update their own profile" on public.profiles
  for update to authenticated
  using (id = (select auth.uid()))
  with check (id = (select auth.uid()));


create policy "Everyone views all venues" on public.venues
  for select to anon, authenticated using (true);

create policy "Organizers add venues as their own" on public.venues
  for insert to authenticated with check (
    created_by = (select auth.uid())
    and exists (select from public.events where organizer_id = (select auth.uid()))
  );

create policy "Whoever entered a venue updates it" on public.venues
  for update to authenticated
  using (created_by = (select auth.uid()))
  with check (created_by = (select auth.uid()));

create policy "Whoever entered a venue deletes it" on public.venues
  for delete to authenticated using (created_by = (select auth.uid()));


create policy "Visitors view published public events" on public.events
  for select to anon using (status = 'published' and visibility = 'public');

create policy "Members view public events, their own and those they ordered" on public.events
  for select to authenticated using (
    (status = 'published' and visibility = 'public')
    or organizer_id = (select auth.uid())
    or id = any (array(select eventos.ordered_event_ids()))
  );

create policy "Members create events of their own" on public.events
  for insert to authenticated with check (organizer_id = (select auth.uid()));

-- What a slug must be is for the trigger generate_event_slug to say, which looks at new ones alone.
create policy "Organizers update their events" on public.events
  for update to authenticated
  using (organizer_id = (select auth.uid()))
  with check (organizer_id = (select auth.uid()));

create policy "Organizers delete their events" on public.events
  for delete to authenticated using (organizer_id = (select auth.uid()));


create policy "Members view their orders and those for their events" on public.orders
  for select to authenticated using (
    customer_id = (select auth.uid())
    or event_id = any (array(select id from public.events where organizer_id = (select auth.uid())))
  );

-- How many seats are left is for the trigger hold_seats to say, which counts under a lock.
create policy "Customers order tickets on sale, unpaid and at their price" on public.orders
  for insert to authenticated with check (
    customer_id = (select auth.uid())
    and payment_status = 'pending'
    and stripe_payment_intent_id is null
    and paid_at is null
    and exists (
      select from public.events
      where events.id = orders.event_id
        and events.status = 'published'
        and events.visibility = 'public'
        and events.price_cents = orders.unit_price_cents
    )
  );


create policy "Members view attendees of their orders and events" on public.attendees
  for select to authenticated using (
    order_id = any (array(select id from public.orders where customer_id = (select auth.uid())))
    or event_id = any (array(select id from public.events where organizer_id = (select auth.uid())))
  );

create policy "Customers name attendees for their paid orders" on public.attendees
  for insert to authenticated with check (
    exists (
      select from public.orders
      where orders.id = attendees.order_id
        and orders.event_id = attendees.event_id
        and orders.customer_id = (select auth.uid())
        and orders.payment_status = 'paid'
    )
  );

create policy "Customers correct attendees of their paid orders" on public.attendees
  for update to authenticated
  using (order_id = any (array(select id from public.orders where customer_id = (select auth.uid()))))
  with check (
    exists (
      select from public.orders
      where orders.id = attendees.order_id
        and orders.event_id = attendees.event_id
        and orders.customer_id = (select auth.uid())
        and orders.payment_status = 'paid'
    )
  );


create policy "Members view tickets of their orders and events" on public.tickets
  for select to authenticated using (
    order_id = any (array(select id from public.orders where customer_id = (select auth.uid())))
    or event_id = any (array(select id from public.events where organizer_id = (select auth.uid())))
  );

create policy "Customers take tickets for the attendees of their paid orders" on public.tickets
  for insert to authenticated with check (
    status = 'active'
    and checked_in_at is null
    and exists (
      select from public.orders
      where orders.id = tickets.order_id
        and orders.event_id = tickets.event_id
        and orders.customer_id = (select auth.uid())
        and orders.payment_status = 'paid'
    )
    and exists (
      select from public.attendees
      where attendees.id = tickets.attendee_id
        and attendees.order_id = tickets.order_id
    )
  );

create policy "Organizers check in tickets of their events" on public.tickets
  for update to authenticated
  using (event_id = any (array(select id from public.events where organizer_id = (select auth.uid()))))
  with check (event_id = any (array(select id from public.events where organizer_id = (select auth.uid()))));

notify pgrst, 'reload schema';
