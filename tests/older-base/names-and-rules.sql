-- Makes of our base one as a database in production may have it: other names of policies,
-- constraints and indexes, a view with other types, and a few weaker rules. Rows are in it already.

do $$
declare
  found record;
begin
  for found in select polname, polrelid::regclass as on_table, row_number() over () as n
               from pg_policy where polrelid::regclass::text not like 'auth.%'
  loop
    execute format('alter policy %I on %s rename to %I', found.polname, found.on_table, 'rule ' || found.n);
  end loop;
  for found in select conname, conrelid::regclass as on_table, row_number() over () as n
               from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'p', 'u')
  loop
    execute format('alter table %s rename constraint %I to %I', found.on_table, found.conname, 'c' || found.n);
  end loop;
  for found in select indexrelid::regclass as name, row_number() over () as n
               from pg_index join pg_class on pg_class.oid = indexrelid
               where relnamespace = 'public'::regnamespace and relname !~ '^c[0-9]+$'
  loop
    execute format('alter index %s rename to %I', found.name, 'i' || found.n);
  end loop;
end
$$;

alter table public.profiles add unique (email);

do $$
declare
  found record;
begin
  for found in select conname, conrelid::regclass as on_table, pg_get_constraintdef(oid) as definition
               from pg_constraint where connamespace = 'public'::regnamespace and contype = 'f'
  loop
    execute format('alter table %s drop constraint %I, add constraint %I %s', found.on_table, found.conname,
                   found.conname, regexp_replace(found.definition, ' ON DELETE .*', ' ON DELETE CASCADE'));
  end loop;
end
$$;

create policy "venues are everybody's" on public.venues for all using (true) with check (true);
create policy "admins keep venues" on public.venues as restrictive for delete using (name <> 'Kept');
grant all on public.venues to anon, authenticated;

drop view public.event_stats cascade;
create policy "orders on sale" on public.orders for insert to authenticated
  with check (customer_id = auth.uid());
create view public.event_stats as
select id as event_id, name as event_name, capacity, 0 as tickets_sold, capacity as tickets_available,
       0 as tickets_active, 0 as tickets_used, 0 as tickets_cancelled, 0 as tickets_refunded
from public.events;
grant select on public.event_stats to anon, authenticated;

-- A trigger of its own, which does not expect that a profile is there already.
create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, email) values (new.id, new.email);
  return new;
end
$$;
create trigger on_auth_user_created after insert on auth.users
  for each row execute function public.handle_new_user();
