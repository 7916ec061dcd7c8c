-- Checking in: one scan, one answer, one round trip. Every scan of whoever may scan is kept in a log
-- that only grows; the log holds hashes of codes, never a code that would let somebody in.
--
-- These functions have their owner's rights, because the phones of staff call them under the role of
-- visitors with a door token. Each asks eventos.door_access first.


-- The log -----------------------------------------------------------------------------------------

create table if not exists eventos.scans (
  scan_id     uuid primary key,
  event_id    uuid not null,
  caller      text not null,
  code_hash   bytea not null,
  ticket_id   uuid,
  outcome     text not null,
  device      text,
  gate        text,
  source      text not null default 'online',
  scanned_at  timestamptz not null,
  received_at timestamptz not null,
  answer      jsonb not null
);

comment on table eventos.scans is 'Every scan and its answer, for good.';

create index if not exists scans_event_id_idx on eventos.scans (event_id, received_at);
create index if not exists scans_admitted_idx on eventos.scans (ticket_id, received_at) where outcome = 'admitted';

create table if not exists eventos.undone_scans (
  scan_id   uuid primary key references eventos.scans (scan_id) on delete restrict,
  caller    text not null,
  device    text,
  reason    text not null,
  undone_at timestamptz not null
);

comment on table eventos.undone_scans is 'Admissions that were taken back, by whom and why.';

alter table eventos.scans enable row level security;
alter table eventos.undone_scans enable row level security;
revoke all on eventos.scans, eventos.undone_scans from public, anon, authenticated, service_role;


create or replace function eventos.refuse_change() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception 'the log % only grows: its rows are neither changed nor removed', tg_table_name
    using errcode = 'object_not_in_prerequisite_state';
end
$$;

comment on function eventos.refuse_change() is
  'Keeps a log as it was written.';

create or replace trigger refuse_change before update or delete or truncate on eventos.scans
  for each statement execute function eventos.refuse_change();
create or replace trigger refuse_change before update or delete or truncate on eventos.undone_scans
  for each statement execute function eventos.refuse_change();


-- Codes as scanners read them ---------------------------------------------------------------------

create or replace function eventos.plain_code(scanned text) returns text
language sql immutable set search_path = '' as $$
  select case when length(standard) = 43 then standard || '=' else standard end
    from translate(btrim(scanned, e' \t\r\n'), ' -_', '++/') as standard
$$;

comment on function eventos.plain_code(text) is
  'A scanned code in standard base64: white space around it cut, spaces for plus signs, the URL-safe alphabet, missing padding.';


-- Checking in -------------------------------------------------------------------------------------

create or replace function public.check_in(
  event_id uuid, code text, scan_id uuid, scanned_at timestamptz default now(),
  device text default null, gate text default null,
  opens_at timestamptz default null, closes_at timestamptz default null, door_token text default null
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  received constant timestamptz := clock_timestamp();
  plain constant text := eventos.plain_code(code);
  hash constant bytea := sha256(convert_to(plain, 'UTF8'));
  opens timestamptz;
  closes timestamptz;
  access record;
  before record;
  ticket record;
  event record;
  first record;
  payment text;
  outcome text;
  more jsonb := '{}';
  answer jsonb;
begin
  if check_in.event_id is null or code is null or check_in.scan_id is null or check_in.scanned_at is null then
    raise exception 'event_id, code, scan_id and scanned_at must not be null' using errcode = 'null_value_not_allowed';
  end if;
  if num_nulls(check_in.opens_at, check_in.closes_at) = 1 then
    raise exception 'an admission window has both ends: opens_at and closes_at' using errcode = 'invalid_parameter_value';
  end if;
  access := eventos.door_access(check_in.event_id, door_token);
  answer := jsonb_build_object(
    'scan_id', check_in.scan_id, 'is_replay', false, 'event_id', check_in.event_id,
    'ticket', null, 'attendee', null,
    'scanned_at', check_in.scanned_at, 'received_at', received, 'source', 'online');
  if access.caller is null then
    return answer || jsonb_build_object('outcome', 'not_authorized', 'server_time', clock_timestamp());
  end if;

  perform pg_advisory_xact_lock(hashtextextended(check_in.scan_id::text, 1));
  select scans.* into before from eventos.scans where scans.scan_id = check_in.scan_id;
  if found then
    if (before.event_id, before.caller, before.code_hash) = (check_in.event_id, access.caller, hash) then
      return before.answer || jsonb_build_object('is_replay', true);
    end if;
    return jsonb_build_object('outcome', 'scan_id_reused', 'scan_id', check_in.scan_id);
  end if;

  -- The ticket's row is the lock: of any number of doors at once, one is first.
  select id, tickets.event_id, order_id, attendee_id, ticket_number, status, checked_in_at into ticket
    from public.tickets where qr_code = plain for no key update;
  if ticket.id is null then
    outcome := 'unknown_code';
  else
    select id, name, status, visibility, organizer_id into event from public.events where id = ticket.event_id;
    select payment_status into payment from public.orders where id = ticket.order_id;
    opens := greatest(check_in.opens_at, access.opens_at);
    closes := least(check_in.closes_at, access.closes_at);
    if ticket.event_id <> check_in.event_id then
      outcome := 'wrong_event';
      more := jsonb_build_object('actual', case
        when event.status = 'published' and event.visibility = 'public'
          or door_token is null and eventos.organizes(event.id)
        then jsonb_build_object('id', event.id, 'name', event.name, 'status', event.status) end);
    elsif event.status <> 'published' then
      outcome := 'event_not_active';
      more := jsonb_build_object('status', event.status);
    elsif received < opens or received > closes then
      outcome := 'outside_window';
      more := jsonb_build_object('window', jsonb_build_object('opens_at', opens, 'closes_at', closes));
    elsif ticket.status = 'refunded' or payment = 'refunded' then
      outcome := 'refunded';
    elsif ticket.status not in ('active', 'used') then
      outcome := 'cancelled';
    elsif payment <> 'paid' then
      outcome := 'unpaid';
    elsif ticket.status = 'used' then
      outcome := 'already_used';
      select received_at, scans.device, scans.gate into first
        from eventos.scans
       where ticket_id = ticket.id and scans.outcome = 'admitted'
         and not exists (select from eventos.undone_scans where undone_scans.scan_id = scans.scan_id)
       order by received_at
       limit 1;
      more := jsonb_build_object('first_scan', jsonb_build_object(
        'at', coalesce(first.received_at, ticket.checked_in_at), 'device', first.device, 'gate', first.gate));
    else
      outcome := 'admitted';
      update public.tickets set status = 'used', checked_in_at = received where id = ticket.id;
    end if;

    -- A ticket of somebody else's event is none of this door's business.
    if ticket.event_id = check_in.event_id or door_token is null and eventos.organizes(ticket.event_id) then
      more := more || jsonb_build_object(
        'ticket', jsonb_build_object('id', ticket.id, 'number', ticket.ticket_number),
        'attendee', (select jsonb_build_object('id', id, 'full_name', full_name, 'email', email)
                       from public.attendees where id = ticket.attendee_id));
    end if;
  end if;

  answer := answer || more || jsonb_build_object('outcome', outcome, 'server_time', clock_timestamp());
  insert into eventos.scans (scan_id, event_id, caller, code_hash, ticket_id, outcome, device, gate,
                             scanned_at, received_at, answer)
  values (check_in.scan_id, check_in.event_id, access.caller, hash, ticket.id, outcome, check_in.device,
          check_in.gate, check_in.scanned_at, received, answer);
  return answer;
end
$$;

comment on function public.check_in(uuid, text, uuid, timestamptz, text, text, timestamptz, timestamptz, text) is
  'Answers a scan at an event''s door: admitted, or the first refusal that applies. The same scan again gives the first answer.';


-- Taking it back ----------------------------------------------------------------------------------

create or replace function public.undo_check_in(
  scan_id uuid, reason text, device text default null, door_token text default null
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  time_limit constant interval := interval '15 minutes';
  at constant timestamptz := clock_timestamp();
  access record;
  undone record;
  status text;
begin
  if coalesce(btrim(reason), '') = '' then
    raise exception 'a reason says why the check-in is taken back' using errcode = 'invalid_parameter_value';
  end if;
  select scans.* into undone from eventos.scans where scans.scan_id = undo_check_in.scan_id;
  if not found then
    return jsonb_build_object('outcome', 'unknown_scan', 'scan_id', undo_check_in.scan_id);
  end if;
  access := eventos.door_access(undone.event_id, door_token);
  -- The organizer may; a staff phone may take back its own.
  if access.caller is null
     or door_token is not null
        and (access.caller, undo_check_in.device) is distinct from (undone.caller, undone.device) then
    return jsonb_build_object('outcome', 'unknown_scan', 'scan_id', undo_check_in.scan_id);
  end if;
  if undone.outcome <> 'admitted' then
    return jsonb_build_object('outcome', 'not_admitted', 'scan_id', undo_check_in.scan_id);
  end if;

  select tickets.status into status from public.tickets where id = undone.ticket_id for no key update;
  if exists (select from eventos.undone_scans where undone_scans.scan_id = undo_check_in.scan_id) then
    return jsonb_build_object('outcome', 'undone', 'scan_id', undo_check_in.scan_id, 'is_replay', true);
  end if;
  if at > undone.received_at + time_limit then
    return jsonb_build_object('outcome', 'too_late', 'scan_id', undo_check_in.scan_id,
                              'until', undone.received_at + time_limit);
  end if;
  if status is distinct from 'used' then
    return jsonb_build_object('outcome', 'not_admitted', 'scan_id', undo_check_in.scan_id);
  end if;
  update public.tickets set status = 'active', checked_in_at = null where id = undone.ticket_id;
  insert into eventos.undone_scans (scan_id, caller, device, reason, undone_at)
  values (undo_check_in.scan_id, access.caller, undo_check_in.device, btrim(reason), at);
  return jsonb_build_object('outcome', 'undone', 'scan_id', undo_check_in.scan_id, 'is_replay', false);
end
$$;

comment on function public.undo_check_in(uuid, text, text, text) is
  'Takes an admission of the last 15 minutes back. Outcomes: undone, too_late, not_admitted, unknown_scan.';


-- At the door -------------------------------------------------------------------------------------

create or replace function public.door_stats(event_id uuid, door_token text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  access constant record := eventos.door_access(event_id, door_token);
begin
  if access.caller is null then
    raise exception 'this door is not the caller''s' using errcode = 'insufficient_privilege';
  end if;
  return (
    select jsonb_build_object(
      'event_id', id, 'capacity', capacity,
      'admitted', (select count(*) from public.tickets where tickets.event_id = events.id and tickets.status = 'used'),
      'expected', (select count(*) from public.tickets where tickets.event_id = events.id and tickets.status = 'active'),
      'scans', (select coalesce(jsonb_object_agg(outcome, scans), '{}') from (
                  select outcome, count(*) as scans from eventos.scans
                   where scans.event_id = events.id group by outcome) as counted),
      'gates', (select coalesce(jsonb_object_agg(gate, admitted), '{}') from (
                  select gate, count(*) as admitted from eventos.scans
                   where scans.event_id = events.id and outcome = 'admitted' and gate is not null
                     and not exists (select from eventos.undone_scans where undone_scans.scan_id = scans.scan_id)
                   group by gate) as counted))
      from public.events
     where id = door_stats.event_id
  );
end
$$;

comment on function public.door_stats(uuid, text) is
  'How many are in and how many are still expected, and what was scanned, in all and at each gate.';


create or replace function public.door_attendees(
  event_id uuid, search text default '', door_token text default null, up_to integer default 50
) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  access constant record := eventos.door_access(event_id, door_token);
  wanted constant text := lower(btrim(coalesce(search, '')));
begin
  if access.caller is null then
    raise exception 'this door is not the caller''s' using errcode = 'insufficient_privilege';
  end if;
  return (
    select coalesce(jsonb_agg(to_jsonb(present) order by full_name, ticket_number), '[]') from (
      select attendees.id as attendee_id, full_name, email,
             tickets.id as ticket_id, ticket_number, status, checked_in_at
        from public.attendees
        join public.tickets on attendee_id = attendees.id
       where tickets.event_id = door_attendees.event_id
         and (strpos(lower(full_name), wanted) > 0 or strpos(lower(email), wanted) > 0
              or strpos(lower(ticket_number), wanted) > 0)
       order by full_name, ticket_number
       limit least(greatest(up_to, 1), 200)
    ) as present
  );
end
$$;

comment on function public.door_attendees(uuid, text, text, integer) is
  'Those who hold tickets of an event, by a part of their name, e-mail or ticket number.';


-- What each event brought in ----------------------------------------------------------------------

-- With the caller's rights: row level security says which orders count.
create or replace function public.event_revenue(organizer_id uuid default auth.uid()) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(revenue) order by revenue_cents desc, event_name, event_id), '[]') from (
    select events.id as event_id, events.name as event_name, count(*) as orders,
           sum(quantity)::bigint as tickets, sum(total_cents)::bigint as revenue_cents
      from public.events
      join public.orders on orders.event_id = events.id
     where events.organizer_id = event_revenue.organizer_id and payment_status = 'paid'
     group by events.id
  ) as revenue
$$;

comment on function public.event_revenue(uuid) is
  'What each event of an organizer brought in with its paid orders that the caller may see, the most first.';


revoke all on function
  eventos.refuse_change(), eventos.plain_code(text),
  public.check_in(uuid, text, uuid, timestamptz, text, text, timestamptz, timestamptz, text),
  public.undo_check_in(uuid, text, text, text), public.door_stats(uuid, text),
  public.door_attendees(uuid, text, text, integer), public.event_revenue(uuid)
  from public, anon, authenticated;
grant execute on function
  public.check_in(uuid, text, uuid, timestamptz, text, text, timestamptz, timestamptz, text),
  public.undo_check_in(uuid, text, text, text), public.door_stats(uuid, text),
  public.door_attendees(uuid, text, text, integer)
  to anon, authenticated, service_role;
grant execute on function public.event_revenue(uuid) to authenticated, service_role;

notify pgrst, 'reload schema';
