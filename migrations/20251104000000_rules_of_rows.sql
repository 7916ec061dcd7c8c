-- The core's rules of rows, for a database with an older base that lacks some of them or has weaker
-- ones: columns that are always filled, checks, unique codes, and indexes.
--
-- A rule is recognised by what it says, not by its name. Rows that break one stay as they are, and a
-- warning tells how many do. A check then holds for every row that is written from now on (NOT VALID).
-- Once the rows are mended, running this again makes each rule hold for all.


-- Columns that are always filled ------------------------------------------------------------------

do $$
declare
  wanted record;
  empty bigint;
begin
  for wanted in
    select attrelid::regclass as on_table, attname, attnotnull, atthasdef, filling
      from (values
        ('public.profiles', 'email', null),
        ('public.venues', 'name', null),
        ('public.venues', 'address', null),
        ('public.venues', 'city', $c$'Toronto'$c$),
        ('public.venues', 'capacity', null),
        ('public.venues', 'amenities', $c$'{}'$c$),
        ('public.events', 'organizer_id', null),
        ('public.events', 'name', null),
        ('public.events', 'slug', $c$''$c$),
        ('public.events', 'type', null),
        ('public.events', 'start_at', null),
        ('public.events', 'end_at', null),
        ('public.events', 'capacity', null),
        ('public.events', 'price_cents', null),
        ('public.events', 'status', $c$'draft'$c$),
        ('public.events', 'visibility', $c$'public'$c$),
        ('public.orders', 'customer_id', null),
        ('public.orders', 'event_id', null),
        ('public.orders', 'order_number', $c$''$c$),
        ('public.orders', 'quantity', null),
        ('public.orders', 'unit_price_cents', null),
        ('public.orders', 'total_cents', null),
        ('public.orders', 'payment_status', $c$'pending'$c$),
        ('public.attendees', 'order_id', null),
        ('public.attendees', 'event_id', null),
        ('public.attendees', 'full_name', null),
        ('public.attendees', 'email', null),
        ('public.tickets', 'event_id', null),
        ('public.tickets', 'order_id', null),
        ('public.tickets', 'ticket_number', $c$''$c$),
        ('public.tickets', 'qr_code', $c$''$c$),
        ('public.tickets', 'status', $c$'active'$c$)
      ) as columns (table_name, column_name, filling)
      join pg_catalog.pg_attribute on attrelid = table_name::regclass and attname = column_name
    union all
    select attrelid::regclass, attname, attnotnull, atthasdef,
           case attname when 'id' then 'gen_random_uuid()' else 'now()' end
      from pg_catalog.pg_attribute
     where attrelid = any (array['public.profiles', 'public.venues', 'public.events',
                                 'public.orders', 'public.attendees', 'public.tickets']::regclass[])
       and (attname in ('created_at', 'updated_at') or attname = 'id' and attrelid <> 'public.profiles'::regclass)
  loop
    if not wanted.atthasdef and wanted.filling is not null then
      execute format('alter table %s alter column %I set default %s', wanted.on_table, wanted.attname, wanted.filling);
    end if;
    if not wanted.attnotnull then
      execute format('select count(*) from %s where %I is null', wanted.on_table, wanted.attname) into empty;
      if empty = 0 then
        execute format('alter table %s alter column %I set not null', wanted.on_table, wanted.attname);
      else
        raise warning '% rows of % have no %', empty, wanted.on_table, wanted.attname
          using hint = 'They stay as they are. Mend them, then run this migration again.';
      end if;
    end if;
  end loop;
end
$$;


-- Checks ------------------------------------------------------------------------------------------

do $$
declare
  rule record;
  present record;
  wanted text;
  broken record;
begin
  for rule in
    select on_table::regclass, name, expression from (values
      ('public.venues', 'venues_capacity_in_range', 'capacity between 10 and 50000'),
      ('public.events', 'events_type_known', $c$type in ('conference', 'seminar', 'workshop', 'networking')$c$),
      ('public.events', 'events_capacity_in_range', 'capacity between 10 and 10000'),
      ('public.events', 'events_price_not_negative', 'price_cents >= 0'),
      ('public.events', 'events_status_known', $c$status in ('draft', 'published', 'cancelled', 'completed')$c$),
      ('public.events', 'events_visibility_known', $c$visibility in ('public', 'private')$c$),
      ('public.events', 'events_end_after_start', 'end_at > start_at'),
      ('public.orders', 'orders_quantity_in_range', 'quantity between 1 and 20'),
      ('public.orders', 'orders_payment_status_known', $c$payment_status in ('pending', 'paid', 'failed', 'refunded')$c$),
      ('public.orders', 'orders_total_is_quantity_times_price',
       'unit_price_cents >= 0 and total_cents = quantity::bigint * unit_price_cents'),
      ('public.tickets', 'tickets_status_known', $c$status in ('active', 'used', 'cancelled', 'refunded')$c$)
    ) as rules (on_table, name, expression)
  loop
    -- As PostgreSQL writes it back, by which it is compared with what there is.
    execute format('create temporary table probe (like %s, constraint probe check (%s)) on commit drop',
                   rule.on_table, rule.expression);
    wanted := (select pg_get_constraintdef(oid) from pg_catalog.pg_constraint
                where conrelid = 'pg_temp.probe'::regclass and conname = 'probe');
    drop table pg_temp.probe;

    select conname, convalidated into present
      from pg_catalog.pg_constraint
     where conrelid = rule.on_table and contype = 'c'
       and regexp_replace(pg_get_constraintdef(oid), ' NOT VALID$', '') = wanted
     order by convalidated desc, conname
     limit 1;
    if present.convalidated then
      continue;
    end if;
    if present.conname is null then
      -- Another rule may have taken the name.
      present.conname := rule.name || case when exists (
        select from pg_catalog.pg_constraint where conrelid = rule.on_table and conname = rule.name
      ) then '_today' else '' end;
      execute format('alter table %s add constraint %I check (%s) not valid',
                     rule.on_table, present.conname, rule.expression);
    end if;

    execute format('select count(*) as rows, min(id::text) as first from %s where not (%s)',
                   rule.on_table, rule.expression) into broken;
    if broken.rows = 0 then
      execute format('alter table %s validate constraint %I', rule.on_table, present.conname);
    else
      raise warning '% rows of % break %, the row % among them', broken.rows, rule.on_table, present.conname, broken.first
        using detail = wanted,
              hint = format('They stay as they are. Mend them, then: alter table %s validate constraint %I;',
                            rule.on_table, present.conname);
    end if;
  end loop;
end
$$;


-- Unique codes ------------------------------------------------------------------------------------

-- PostgreSQL names what is made here and below, as other things may have any name.
do $$
declare
  code record;
  twice record;
begin
  for code in
    select table_name::regclass as on_table, column_name
      from (values
        ('public.events', 'slug'),
        ('public.orders', 'order_number'),
        ('public.orders', 'stripe_payment_intent_id'),
        ('public.tickets', 'ticket_number'),
        ('public.tickets', 'qr_code')
      ) as codes (table_name, column_name)
  loop
    if exists (
      select from pg_catalog.pg_index join pg_catalog.pg_attribute on attrelid = indrelid and attname = code.column_name
       where indrelid = code.on_table and indisunique and indisvalid and indpred is null
         and indnkeyatts = 1 and indkey[0] = attnum
    ) then
      continue;
    end if;
    execute format('select count(*) as codes, min(%1$I) as first from
                    (select %1$I from %2$s where %1$I is not null group by 1 having count(*) > 1) as twice',
                   code.column_name, code.on_table) into twice;
    if twice.codes = 0 then
      execute format('alter table %s add unique (%I)', code.on_table, code.column_name);
    else
      raise warning '% values of %.% are there more than once', twice.codes, code.on_table, code.column_name
        using hint = 'They stay as they are. Mend them, then run this migration again.';
    end if;
  end loop;
end
$$;


-- Indexes -----------------------------------------------------------------------------------------

-- Every foreign key is covered by one, and what the functions of later migrations look rows up by.
do $$
declare
  reference record;
  wanted record;
begin
  for reference in
    select conrelid::regclass as on_table, attname as on_column
      from pg_catalog.pg_constraint
      join pg_catalog.pg_attribute on attrelid = conrelid and attnum = conkey[1]
     where contype = 'f' and cardinality(conkey) = 1
       and conrelid = any (array['public.profiles', 'public.venues', 'public.events',
                                 'public.orders', 'public.attendees', 'public.tickets']::regclass[])
       and not exists (
         select from pg_catalog.pg_index
          where indrelid = conrelid and indisvalid and indpred is null and indkey[0] = conkey[1]
       )
  loop
    execute format('create index on %s (%I)', reference.on_table, reference.on_column);
  end loop;

  for wanted in
    select on_table::regclass, columns from (values
      ('public.events', $c$(start_at) where status = 'published' and visibility = 'public'$c$),
      ('public.orders', '(event_id, payment_status)'),
      ('public.tickets', '(event_id, status)')
    ) as indexes (on_table, columns)
  loop
    execute format('create temporary table probe (like %s) on commit drop', wanted.on_table);
    execute format('create index probe_idx on pg_temp.probe %s', wanted.columns);
    if not exists (
      select from pg_catalog.pg_index
       where indrelid = wanted.on_table and indisvalid
         and substring(pg_get_indexdef(indexrelid) from 'USING .*')
           = (select substring(pg_get_indexdef('pg_temp.probe_idx'::regclass) from 'USING .*'))
    ) then
      execute format('create index on %s %s', wanted.on_table, wanted.columns);
    end if;
    drop table pg_temp.probe;
  end loop;
end
$$;

notify pgrst, 'reload schema';
