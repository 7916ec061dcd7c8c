-- What the core schema cannot hold within its numbers:
--
--   1. Everyone who signs up gets a profile, and so does everyone from before.
--   2. Whoever holds an order sees its event, also when it is no longer public.
--   3. A venue is changed and deleted by whoever entered it, and by no other client.
--   4. No ticket goes beyond what its order paid for, nor beyond the capacity of its event.
--   5. Events embed their event_stats.
--   6. Nothing that was sold disappears with something else, also where an older base let it.
--
-- It goes by what the catalog says, never by the names that policies, constraints or indexes happen
-- to have, and running it again changes nothing.

create schema if not exists eventos;
comment on schema eventos is 'Helpers of policies and triggers, out of reach of the API.';
grant usage on schema eventos to anon, authenticated, service_role;


-- 1. Profiles on sign-up --------------------------------------------------------------------------

-- A database may hold e-mails of profiles unique, and somebody may have taken one that is not his:
-- then he loses it to whoever owns the account. Accounts without an e-mail get a placeholder.
create or replace function eventos.give_email(user_id uuid, user_email text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.profiles set email = user_email where id = user_id;
exception when unique_violation then
  update public.profiles set email = eventos.placeholder_email(id)
   where lower(email) = lower(user_email) and id <> user_id;
  update public.profiles set email = user_email where id = user_id;
end
$$;

comment on function eventos.give_email(uuid, text) is
  'Sets the e-mail of a profile to that of its account, taking it from whoever squats it.';


create or replace function eventos.placeholder_email(user_id uuid) returns text
language sql immutable set search_path = '' as $$
  select user_id || '@no-email.invalid'
$$;

comment on function eventos.placeholder_email(uuid) is
  'What stands in a profile for an e-mail that nobody has.';


create or replace function eventos.ensure_profile(account auth.users) returns void
language plpgsql security definer set search_path = '' as $$
declare
  details constant jsonb := account.raw_user_meta_data;
begin
  insert into public.profiles (id, email, full_name, phone, company, created_at, updated_at)
  values (
    account.id,
    eventos.placeholder_email(account.id),
    nullif(btrim(details ->> 'full_name'), ''),
    nullif(btrim(details ->> 'phone'), ''),
    nullif(btrim(details ->> 'company'), ''),
    coalesce(account.created_at, now()),
    coalesce(account.created_at, now())
  )
  on conflict (id) do nothing;
  if found and account.email <> '' then
    perform eventos.give_email(account.id, account.email);
  end if;
end
$$;

comment on function eventos.ensure_profile(auth.users) is
  'Creates the profile of an account that has none.';


create or replace function eventos.follow_account() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    perform eventos.ensure_profile(new);
  elsif new.email is distinct from old.email and new.email <> '' then
    perform eventos.give_email(new.id, new.email);
  end if;
  return null;
exception when others then
  raise warning 'the profile of account % was not kept in step: %', new.id, sqlerrm;
  return null;
end
$$;

comment on function eventos.follow_account() is
  'Keeps profiles in step with accounts, and never stops a sign-up or a change of e-mail.';

revoke all on function eventos.give_email(uuid, text), eventos.placeholder_email(uuid),
  eventos.ensure_profile(auth.users), eventos.follow_account() from public, anon, authenticated;

-- Its name puts it after an on_auth_user_created that a database may have. It names no column, which
-- the auth server's own migrations could not change then.
do $$
begin
  if not exists (
    select from pg_catalog.pg_trigger
    where tgrelid = 'auth.users'::regclass and tgfoid = 'eventos.follow_account'::regproc
  ) then
    create trigger profile_follows_account after insert or update on auth.users
      for each row execute function eventos.follow_account();
  end if;

  perform eventos.ensure_profile(users)
     from auth.users
    where not exists (select from public.profiles where profiles.id = users.id);
end
$$;


-- 2. A buyer's sight of the event -----------------------------------------------------------------

-- Definer's rights, because policies of events and orders that read each other would recurse.
create or replace function eventos.ordered_event_ids() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select event_id from public.orders where customer_id = (select auth.uid())
$$;

comment on function eventos.ordered_event_ids() is
  'The events that the caller holds orders for.';

revoke all on function eventos.ordered_event_ids() from public;
grant execute on function eventos.ordered_event_ids() to anon, authenticated, service_role;

do $$
begin
  if not exists (
    select from pg_catalog.pg_policy
    where polrelid = 'public.events'::regclass
      and pg_get_expr(polqual, polrelid) like '%eventos.ordered_event_ids()%'
  ) then
    create policy "Customers view events of their orders" on public.events
      for select to authenticated using (id = any (array(select eventos.ordered_event_ids())));
  end if;
end
$$;


-- event_stats shows what the policies of events show. A view with other columns is replaced whole.
do $migration$
declare
  definition constant text := $view$
    create or replace view public.event_stats
      with (security_invoker = false, security_barrier = true) as
    select
      events.id                      as event_id,
      events.name                    as event_name,
      events.capacity,
      counts.sold                    as tickets_sold,
      events.capacity - counts.sold  as tickets_available,
      counts.active                  as tickets_active,
      counts.used                    as tickets_used,
      counts.cancelled               as tickets_cancelled
    from public.events
    cross join lateral (
      select
        count(*) filter (where tickets.status in ('active', 'used')) as sold,
        count(*) filter (where tickets.status = 'active')            as active,
        count(*) filter (where tickets.status = 'used')              as used,
        count(*) filter (where tickets.status = 'cancelled')         as cancelled
      from public.tickets
      where tickets.event_id = events.id
    ) as counts
    where (events.status = 'published' and events.visibility = 'public')
       or events.organizer_id = (select auth.uid())
       or events.id = any (array(select eventos.ordered_event_ids()))
       or not row_security_active('public.events')
  $view$;
begin
  execute definition;
exception when invalid_table_definition then
  drop view public.event_stats;
  execute definition;
end
$migration$;

comment on view public.event_stats is
  'Ticket counts of every event that the caller may see.';

revoke all on public.event_stats from public, anon, authenticated;
grant select on public.event_stats to anon, authenticated, service_role;


-- 3. Whose venue it is ----------------------------------------------------------------------------

-- The column first and its default after it, so that venues from before belong to nobody.
alter table public.venues add column if not exists created_by uuid;
alter table public.venues alter column created_by set default auth.uid();
comment on column public.venues.created_by is
  'Who entered the venue, and so may change it. Null for venues from before this was kept.';

do $$
begin
  if not exists (
    select from pg_catalog.pg_constraint
    where conrelid = 'public.venues'::regclass and contype = 'f'
      and conkey = array[(select attnum from pg_catalog.pg_attribute
                          where attrelid = 'public.venues'::regclass and attname = 'created_by')]
  ) then
    alter table public.venues add constraint venues_created_by_fkey
      foreign key (created_by) references public.profiles (id) on delete restrict;
  end if;
end
$$;

create index if not exists venues_created_by_idx on public.venues (created_by);
grant insert (created_by) on public.venues to authenticated;

-- Every policy that lets a client write venues gives way to the three below. Policies that let
-- clients write may let them read as well (FOR ALL), so reading is granted anew.
do $$
declare
  writing record;
begin
  for writing in
    select polname from pg_catalog.pg_policy
    where polrelid = 'public.venues'::regclass
      and polpermissive
      and polcmd <> 'r'
      and (polroles && array['anon'::regrole::oid, 'authenticated'::regrole::oid]
           or 0 = any (polroles))
  loop
    execute format('drop policy %I on public.venues', writing.polname);
  end loop;
end
$$;

drop policy if exists "Everyone views all venues" on public.venues;
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


-- 4. No ticket too many ---------------------------------------------------------------------------

-- After a whole statement, so that a batch is counted once. The locks make rivals wait, and each
-- counts what those before it committed: orders first and events after them, each in the order of
-- their ids, so that no two wait for one another.
create or replace function eventos.refuse_tickets_beyond() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  overdrawn record;
  overfull record;
begin
  perform from public.orders
    where id in (select order_id from added) order by id for no key update;
  perform from public.events
    where id in (select event_id from added) order by id for no key update;

  select orders.order_number, orders.quantity into overdrawn
    from public.orders
   where id in (select order_id from added)
     and quantity < (select count(*) from public.tickets where tickets.order_id = orders.id)
   limit 1;
  if found then
    raise exception 'order % has its % tickets already (constraint "tickets_within_order")', overdrawn.order_number, overdrawn.quantity
      using errcode = 'check_violation',
            schema = 'public', table = 'tickets', constraint = 'tickets_within_order',
            hint = 'Order more tickets.';
  end if;

  select events.name, events.capacity into overfull
    from public.events
   where id in (select event_id from added)
     and capacity < (select count(*) from public.tickets
                     where tickets.event_id = events.id and tickets.status in ('active', 'used'))
   limit 1;
  if found then
    raise exception '% is sold out: all % tickets are taken (constraint "tickets_within_capacity")', overfull.name, overfull.capacity
      using errcode = 'check_violation',
            schema = 'public', table = 'tickets', constraint = 'tickets_within_capacity',
            hint = 'Refund the order, or raise the capacity of the event.';
  end if;
  return null;
end
$$;

comment on function eventos.refuse_tickets_beyond() is
  'Refuses tickets beyond the quantity of their order or the capacity of their event.';

revoke all on function eventos.refuse_tickets_beyond() from public, anon, authenticated;

create or replace trigger refuse_tickets_beyond after insert on public.tickets
  referencing new table as added
  for each statement execute function eventos.refuse_tickets_beyond();


-- 5. events -> event_stats ------------------------------------------------------------------------

-- A computed relationship: `events?select=name,event_stats(tickets_available)`. It is meant to be
-- called once an event and not inlined: a join with the view would count the tickets of all events.
create or replace function public.event_stats(public.events)
returns setof public.event_stats rows 1
language sql stable set search_path = '' as $$
  select * from public.event_stats where event_stats.event_id = ($1).id
$$;

comment on function public.event_stats(public.events) is
  'The ticket counts of an event, embedded as event_stats.';

revoke all on function public.event_stats(public.events) from public;
grant execute on function public.event_stats(public.events) to anon, authenticated, service_role;


-- 6. What a deletion takes along ------------------------------------------------------------------

-- Nothing, except that an account takes its profile, and a ticket outlives its attendee's name.
do $$
declare
  reference record;
begin
  for reference in
    select con.conname as name, con.conrelid::regclass as on_table, att.attname as on_column,
           con.confrelid::regclass as to_table, key.attname as to_column, wanted.action
      from pg_catalog.pg_constraint con
      join pg_catalog.pg_attribute att on att.attrelid = con.conrelid and att.attnum = con.conkey[1]
      join pg_catalog.pg_attribute key on key.attrelid = con.confrelid and key.attnum = con.confkey[1]
      join (values ('c', 'cascade'), ('n', 'set null'), ('r', 'restrict')) as wanted (code, action)
        on wanted.code = case
             when con.conrelid = 'public.profiles'::regclass and att.attname = 'id' then 'c'
             when con.conrelid = 'public.tickets'::regclass and att.attname = 'attendee_id' then 'n'
             else 'r'
           end
     where con.contype = 'f'
       and cardinality(con.conkey) = 1
       and con.conrelid = any (array['public.profiles', 'public.venues', 'public.events',
                                     'public.orders', 'public.attendees', 'public.tickets']::regclass[])
       and con.confdeltype <> wanted.code::"char"
  loop
    execute format(
      'alter table %1$s drop constraint %2$I, '
      'add constraint %2$I foreign key (%3$I) references %4$s (%5$I) on delete %6$s',
      reference.on_table, reference.name, reference.on_column,
      reference.to_table, reference.to_column, reference.action);
  end loop;
end
$$;

notify pgrst, 'reload schema';
