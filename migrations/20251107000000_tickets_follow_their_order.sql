-- Attendees and tickets fit their order, and tickets live and die with its payment. These rules hold
-- for everyone, the service included; what clients may do besides is narrower still. They are looked
-- at after row level security had its say: a refusal tells of the order, and not to everyone.


-- Attendees ---------------------------------------------------------------------------------------

create or replace function eventos.check_attendee() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  of_order record;
begin
  if tg_op = 'UPDATE' and new.order_id = old.order_id and new.event_id = old.event_id then
    return null;
  end if;
  -- The lock makes rivals wait, and each counts what those before it committed.
  select event_id, quantity, order_number into of_order
    from public.orders where id = new.order_id for no key update;
  if not found then
    return null;  -- the foreign key says so better
  end if;
  if new.event_id is distinct from of_order.event_id then
    raise exception 'order % is for another event (constraint "attendees_of_their_order")', of_order.order_number
      using errcode = 'check_violation',
            schema = 'public', table = 'attendees', constraint = 'attendees_of_their_order';
  end if;
  if (select count(*) from public.attendees where order_id = new.order_id) > of_order.quantity then
    raise exception 'order % has its % attendees already (constraint "attendees_within_order")',
                    of_order.order_number, of_order.quantity
      using errcode = 'check_violation',
            schema = 'public', table = 'attendees', constraint = 'attendees_within_order',
            hint = 'Correct one of them, or order more tickets.';
  end if;
  return null;
end
$$;

comment on function eventos.check_attendee() is
  'Refuses attendees of another event than their order''s, or more of them than it has tickets.';

create or replace trigger check_attendee
  after insert or update of order_id, event_id on public.attendees
  for each row execute function eventos.check_attendee();


-- Tickets -----------------------------------------------------------------------------------------

create or replace function eventos.check_ticket() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  lives constant boolean := new.status in ('active', 'used');
  of_order record;
  refusal text;
begin
  if tg_op = 'UPDATE' and new.order_id = old.order_id and new.event_id = old.event_id
     and (new.attendee_id is null or new.attendee_id = old.attendee_id)
     and (not lives or old.status in ('active', 'used')) then
    return null;
  end if;
  -- Against a refund at the same moment.
  select event_id, payment_status, order_number into of_order
    from public.orders where id = new.order_id for no key update;
  if not found then
    return null;  -- the foreign key says so better
  end if;
  if new.event_id is distinct from of_order.event_id then
    refusal := 'tickets_of_their_order';
  elsif new.attendee_id is not null and not exists (
    select from public.attendees where id = new.attendee_id and order_id = new.order_id
  ) then
    refusal := 'tickets_of_their_attendee';
  elsif lives and of_order.payment_status <> 'paid' then
    refusal := 'tickets_paid';
  elsif tg_op = 'UPDATE' and lives and old.status not in ('active', 'used') then
    -- A ticket that comes back to life takes its seat again.
    perform from public.events where id = new.event_id for no key update;
    if eventos.seats_taken(new.event_id) <= (select capacity from public.events where id = new.event_id) then
      return null;
    end if;
    refusal := 'tickets_within_capacity';
  else
    return null;
  end if;
  raise exception 'a ticket does not fit order % (constraint "%")', of_order.order_number, refusal
    using errcode = 'check_violation', schema = 'public', table = 'tickets', constraint = refusal,
          hint = case refusal
            when 'tickets_of_their_order' then 'Its event is another one than the order''s.'
            when 'tickets_of_their_attendee' then 'Its attendee belongs to another order.'
            when 'tickets_within_capacity' then 'Its seat was sold again.'
            else 'The order is ' || of_order.payment_status || '; only one that is paid has live tickets.'
          end;
end
$$;

comment on function eventos.check_ticket() is
  'Refuses tickets of another event or attendee than their order''s, and live ones of an order that is not paid.';

create or replace trigger check_ticket
  after insert or update of order_id, event_id, attendee_id, status on public.tickets
  for each row execute function eventos.check_ticket();


-- Not with its owner's rights: whoever row level security holds for is a client.
create or replace function eventos.limit_clients_to_check_in() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not row_security_active('public.tickets') then
    return new;
  end if;
  if new.status = old.status then
    new.checked_in_at := old.checked_in_at;
  elsif old.status = 'active' and new.status = 'used' then
    new.checked_in_at := clock_timestamp();
  else
    raise exception 'a ticket that is % cannot become % (constraint "tickets_checked_in_once")', old.status, new.status
      using errcode = 'check_violation',
            schema = 'public', table = 'tickets', constraint = 'tickets_checked_in_once',
            hint = 'A check-in is taken back with undo_check_in; refunds and cancellations are the service''s.';
  end if;
  return new;
end
$$;

comment on function eventos.limit_clients_to_check_in() is
  'Lets clients use an active ticket up, at the server''s time, and nothing else.';

create or replace trigger limit_clients_to_check_in before update on public.tickets
  for each row execute function eventos.limit_clients_to_check_in();


-- Refunds -----------------------------------------------------------------------------------------

create or replace function eventos.void_tickets() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.tickets
     set status = case new.payment_status when 'refunded' then 'refunded' else 'cancelled' end
   where order_id = new.id and status in ('active', 'used');
  return null;
end
$$;

comment on function eventos.void_tickets() is
  'The tickets of an order that is paid no more let nobody in.';

create or replace trigger void_tickets after update of payment_status on public.orders
  for each row when (old.payment_status = 'paid' and new.payment_status <> 'paid')
  execute function eventos.void_tickets();

revoke all on function eventos.check_attendee(), eventos.check_ticket(), eventos.limit_clients_to_check_in(),
  eventos.void_tickets() from public, anon, authenticated;

notify pgrst, 'reload schema';
