-- Seats: an order holds its own from when it is placed and for 15 minutes, and for good once it is
-- paid. The event's row is the lock under which they are counted, so that any number of buyers at once
-- get no seat too many. Time alone ends a hold: nothing has to run for it.


-- Who is calling ----------------------------------------------------------------------------------

-- By the role that the request came with, which a function with its owner's rights does not change.
-- Whoever is not known to be the service is a client.
create or replace function eventos.is_service() returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from pg_catalog.pg_roles
     where rolname = case current_setting('role') when 'none' then session_user else current_setting('role') end
       and (rolname = 'service_role' or rolbypassrls or rolsuper)
  )
$$;

comment on function eventos.is_service() is
  'Whether the service or an administrator is calling, also from within a function that has its owner''s rights.';

revoke all on function eventos.is_service() from public;
grant execute on function eventos.is_service() to anon, authenticated, service_role;


-- Counting ----------------------------------------------------------------------------------------

create or replace function eventos.holds_seats(payment_status text, created_at timestamptz) returns boolean
language sql volatile set search_path = '' as $$
  select payment_status = 'paid'
      or payment_status = 'pending' and created_at > clock_timestamp() - interval '15 minutes'
$$;

comment on function eventos.holds_seats(text, timestamptz) is
  'Whether an order holds its seats at this moment.';


-- Seats that were given back, by a ticket that was cancelled or refunded alone, are free again. Live
-- tickets count where rows from before today's rules have them without a paid order.
create or replace function eventos.seats_taken(of_event uuid, besides uuid default null) returns bigint
language sql volatile set search_path = '' as $$
  select greatest(
           (select coalesce(sum(quantity), 0) from public.orders
             where event_id = of_event and payment_status = 'paid' and id is distinct from besides)
           - (select count(*) from public.tickets join public.orders on orders.id = tickets.order_id
               where tickets.event_id = of_event and tickets.status in ('cancelled', 'refunded')
                 and orders.payment_status = 'paid' and orders.id is distinct from besides),
           (select count(*) from public.tickets
             where event_id = of_event and status in ('active', 'used') and order_id is distinct from besides)
         )
       + (select coalesce(sum(quantity), 0) from public.orders
           where event_id = of_event and payment_status = 'pending'
             and created_at > clock_timestamp() - interval '15 minutes' and id is distinct from besides)
$$;

comment on function eventos.seats_taken(uuid, uuid) is
  'The seats of an event that are paid for or held, besides those of one order.';

create index if not exists orders_seats_idx
  on public.orders (event_id, payment_status, created_at) include (quantity);


create or replace function public.available_seats(event_id uuid) returns bigint
language sql volatile security definer set search_path = '' as $$
  select greatest(capacity - eventos.seats_taken(id), 0)
    from public.events
   where id = available_seats.event_id
     and (eventos.is_service()
          or status = 'published' and visibility = 'public'
          or organizer_id = (select auth.uid())
          or id = any (array(select eventos.ordered_event_ids())))
$$;

comment on function public.available_seats(uuid) is
  'How many tickets of an event can be ordered now: its capacity less what is paid for or held. Null for an event that the caller may not see.';


-- Holding -----------------------------------------------------------------------------------------

-- After row level security had its say: a refusal tells of the event, and not to everyone.
create or replace function eventos.hold_seats() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  unpaid_limit constant integer := 20;
  event record;
  free bigint;
  unpaid bigint;
begin
  if not eventos.holds_seats(new.payment_status, new.created_at) then
    return null;
  end if;
  if tg_op = 'UPDATE' and new.payment_status = old.payment_status
     and new.event_id = old.event_id and new.quantity <= old.quantity then
    return null;
  end if;

  select name, capacity into event from public.events where id = new.event_id for no key update;
  if not found then
    return null;  -- the foreign key says so better
  end if;

  free := greatest(event.capacity - eventos.seats_taken(new.event_id, new.id), 0);
  if new.quantity > free then
    raise exception '% is sold out: % of % seats are left (constraint "orders_within_capacity")',
                    event.name, free, event.capacity
      using errcode = 'check_violation',
            schema = 'public', table = 'orders', constraint = 'orders_within_capacity',
            hint = 'Order fewer tickets, or look again in 15 minutes: what others hold may be free then.';
  end if;

  if new.payment_status = 'pending' and not eventos.is_service() then
    select coalesce(sum(quantity), 0) into unpaid
      from public.orders
     where event_id = new.event_id and customer_id = new.customer_id and payment_status = 'pending'
       and created_at > clock_timestamp() - interval '15 minutes' and id <> new.id;
    if unpaid + new.quantity > unpaid_limit then
      raise exception 'the customer holds % unpaid seats of %, and % are the most (constraint "orders_unpaid_seats")',
                      unpaid, event.name, unpaid_limit
        using errcode = 'check_violation',
              schema = 'public', table = 'orders', constraint = 'orders_unpaid_seats',
              hint = 'Pay for those first, or cancel them.';
    end if;
  end if;
  return null;
end
$$;

comment on function eventos.hold_seats() is
  'Refuses an order for more seats than are left, or than a customer may hold unpaid.';

revoke all on function eventos.holds_seats(text, timestamptz), eventos.seats_taken(uuid, uuid),
  eventos.hold_seats(), public.available_seats(uuid) from public, anon, authenticated;
grant execute on function public.available_seats(uuid) to anon, authenticated, service_role;

create or replace trigger hold_seats
  after insert or update of event_id, quantity, payment_status on public.orders
  for each row execute function eventos.hold_seats();

notify pgrst, 'reload schema';
