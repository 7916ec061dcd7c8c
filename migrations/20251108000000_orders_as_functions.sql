-- Placing, paying, cancelling and refunding an order, each in one call and one transaction. A refusal
-- that a person must hear about is an answer with an outcome; errors are for calls that are wrong.


-- Placing -----------------------------------------------------------------------------------------

-- With the caller's rights: row level security says which events may be bought, and the trigger
-- hold_seats whether there are seats. Private events are sold by the service alone.
create or replace function public.create_order(
  order_id uuid, event_id uuid, quantity integer, customer_id uuid default auth.uid()
) returns jsonb
language plpgsql volatile set search_path = '' as $$
#variable_conflict use_column
declare
  tries integer := 0;
  placed public.orders;
  price integer;
  broken text;
begin
  if create_order.order_id is null or create_order.event_id is null or create_order.quantity is null then
    raise exception 'order_id, event_id and quantity must not be null' using errcode = 'null_value_not_allowed';
  end if;
  if create_order.customer_id is null then
    raise exception 'customer_id says whose order it is' using errcode = 'null_value_not_allowed';
  end if;

  loop
    tries := tries + 1;
    select * into placed from public.orders where id = create_order.order_id;
    if found then
      if (placed.customer_id, placed.event_id, placed.quantity)
         is distinct from (create_order.customer_id, create_order.event_id, create_order.quantity) then
        raise exception 'the id of this order is taken (constraint "orders_pkey")'
          using errcode = 'unique_violation',
                schema = 'public', table = 'orders', constraint = 'orders_pkey',
                hint = 'Take a new one.';
      end if;
      return jsonb_build_object('outcome', 'placed', 'order', to_jsonb(placed), 'is_replay', true);
    end if;

    select price_cents into price
      from public.events
     where id = create_order.event_id and status = 'published' and end_at > now()
       and (visibility = 'public' or eventos.is_service());
    if not found then
      return jsonb_build_object('outcome', 'not_on_sale');
    end if;

    begin
      insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents, payment_status)
      values (create_order.order_id, create_order.customer_id, create_order.event_id, create_order.quantity,
              price, create_order.quantity * price, 'pending')
      returning * into placed;
      return jsonb_build_object('outcome', 'placed', 'order', to_jsonb(placed), 'is_replay', false);
    exception
      when check_violation then
        get stacked diagnostics broken = constraint_name;
        if broken = 'orders_within_capacity' then
          return jsonb_build_object('outcome', 'sold_out',
                                    'available', public.available_seats(create_order.event_id));
        elsif broken = 'orders_unpaid_seats' then
          return jsonb_build_object('outcome', 'too_many_unpaid', 'limit', 20);
        end if;
        raise;
      when unique_violation then
        -- The same request at the same moment made it; or the id is a stranger's.
        if tries > 1 or not exists (select from public.orders where id = create_order.order_id) then
          raise exception 'the id of this order is taken (constraint "orders_pkey")'
            using errcode = 'unique_violation',
                  schema = 'public', table = 'orders', constraint = 'orders_pkey',
                  hint = 'Take a new one.';
        end if;
      when insufficient_privilege then
        -- The price or the sale changed since it was read.
        if create_order.customer_id is distinct from auth.uid() and not eventos.is_service() or tries > 1 then
          raise;
        end if;
    end;
  end loop;
end
$$;

comment on function public.create_order(uuid, uuid, integer, uuid) is
  'Places an order at the event''s price; again with the same id it gives the first one. Outcomes: placed, sold_out, too_many_unpaid, not_on_sale.';


-- Paying ------------------------------------------------------------------------------------------

create or replace function eventos.currency() returns text
language sql immutable set search_path = '' as $$
  select 'cad'
$$;

comment on function eventos.currency() is
  'The currency of all prices, as Stripe writes it.';


-- The tickets of a paid order that are missing, and attendees for them: those that the order has
-- already come first, then the guests who are not among them.
create or replace function eventos.issue_tickets(of_order public.orders, guests jsonb) returns integer
language plpgsql volatile set search_path = '' as $$
declare
  missing integer := of_order.quantity - (select count(*) from public.tickets where order_id = of_order.id);
  unnamed constant integer := of_order.quantity - (select count(*) from public.attendees where order_id = of_order.id);
begin
  if missing <= 0 then
    return 0;
  end if;
  insert into public.attendees (order_id, event_id, full_name, email, phone, created_at)
  select of_order.id, of_order.event_id, guest ->> 'full_name', guest ->> 'email', guest ->> 'phone',
         now() + place * interval '1 microsecond'
    from jsonb_array_elements(guests) with ordinality as guests (guest, place)
   where not exists (
     select from public.attendees
      where order_id = of_order.id and full_name = guest ->> 'full_name' and email = guest ->> 'email'
        and created_at < now()
   )
   order by place
   limit greatest(unnamed, 0);

  insert into public.tickets (event_id, order_id, attendee_id, created_at)
  select of_order.event_id, of_order.id, id, now() + place * interval '1 microsecond'
    from (
      select id, row_number() over (order by created_at, id) as place
        from public.attendees
       where order_id = of_order.id
         and not exists (select from public.tickets where attendee_id = attendees.id)
    ) as holders
   order by place
   limit missing;
  get diagnostics missing = row_count;
  return missing;
end
$$;

comment on function eventos.issue_tickets(public.orders, jsonb) is
  'Makes the tickets that a paid order lacks, and gives their number.';


create or replace function eventos.fulfilled(of_order uuid, is_replay boolean) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'outcome', 'fulfilled',
    'is_replay', fulfilled.is_replay,
    'order', (
      select jsonb_build_object(
        'id', orders.id, 'order_number', order_number, 'quantity', quantity, 'total_cents', total_cents,
        'payment_status', payment_status, 'stripe_payment_intent_id', stripe_payment_intent_id,
        'event_id', event_id,
        'event', jsonb_build_object(
          'name', events.name, 'start_at', start_at,
          'venue', case when venues.id is not null then
            jsonb_build_object('name', venues.name, 'address', venues.address, 'city', venues.city) end),
        'customer', jsonb_build_object('email', profiles.email, 'full_name', profiles.full_name))
        from public.orders
        join public.events on events.id = event_id
        join public.profiles on profiles.id = customer_id
        left join public.venues on venues.id = venue_id
       where orders.id = of_order
    ),
    'tickets', (
      select coalesce(jsonb_agg(jsonb_build_object(
               'id', tickets.id, 'ticket_number', ticket_number, 'qr_code', qr_code, 'status', status,
               'attendee', case when attendees.id is not null then
                 jsonb_build_object('full_name', full_name, 'email', email) end)
             order by tickets.created_at, tickets.id), '[]')
        from public.tickets
        left join public.attendees on attendees.id = attendee_id
       where tickets.order_id = of_order
    ))
$$;

comment on function eventos.fulfilled(uuid, boolean) is
  'A paid order with its tickets, as a confirmation needs them.';


create or replace function public.fulfil_order(
  order_id uuid, attendees jsonb, payment_intent_id text default null, paid_at timestamptz default now(),
  amount_cents bigint default null, currency text default null
) returns jsonb
language plpgsql volatile set search_path = '' as $$
#variable_conflict use_column
declare
  intent constant text := nullif(btrim(payment_intent_id), '');
  paid public.orders;
  broken text;
begin
  select * into paid from public.orders where id = fulfil_order.order_id for no key update;
  if not found then
    return jsonb_build_object('outcome', 'unknown_order');
  end if;
  if intent is null and paid.total_cents > 0 then
    raise exception 'payment_intent_id names the payment of an order that costs something'
      using errcode = 'invalid_parameter_value';
  end if;
  if jsonb_typeof(attendees) is distinct from 'array' or jsonb_array_length(attendees) <> paid.quantity then
    return jsonb_build_object('outcome', 'wrong_attendees', 'expected', paid.quantity);
  end if;

  if paid.payment_status = 'paid' and paid.stripe_payment_intent_id is not distinct from intent then
    return eventos.fulfilled(paid.id, eventos.issue_tickets(paid, attendees) = 0);
  end if;
  if paid.payment_status not in ('pending', 'failed') then
    return jsonb_build_object('outcome', 'not_payable', 'status', paid.payment_status);
  end if;
  if exists (select from public.events where id = paid.event_id and status = 'cancelled') then
    return jsonb_build_object('outcome', 'event_cancelled');
  end if;
  if amount_cents <> paid.total_cents or lower(currency) <> eventos.currency() then
    return jsonb_build_object(
      'outcome', 'wrong_amount',
      'expected', jsonb_build_object('amount_cents', paid.total_cents, 'currency', eventos.currency()),
      'received', jsonb_build_object('amount_cents', amount_cents, 'currency', lower(currency)));
  end if;

  -- A payment that comes late, or after it had failed, needs its seats to be free still.
  begin
    update public.orders
       set payment_status = 'paid', stripe_payment_intent_id = intent, paid_at = coalesce(fulfil_order.paid_at, now())
     where id = paid.id
    returning * into paid;
  exception when check_violation then
    get stacked diagnostics broken = constraint_name;
    if broken = 'orders_within_capacity' then
      return jsonb_build_object('outcome', 'sold_out', 'available', public.available_seats(paid.event_id));
    end if;
    raise;
  end;
  perform eventos.issue_tickets(paid, attendees);
  return eventos.fulfilled(paid.id, false);
end
$$;

comment on function public.fulfil_order(uuid, jsonb, text, timestamptz, bigint, text) is
  'Confirms a payment: the order paid, its attendees and tickets made; again it gives the same. Outcomes: fulfilled, not_payable, event_cancelled, sold_out, wrong_amount, wrong_attendees, unknown_order.';


-- Cancelling --------------------------------------------------------------------------------------

-- With its owner's rights: customers have no right to change orders, but may let go of their own.
create or replace function public.cancel_order(order_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  cancelled public.orders;
begin
  select * into cancelled from public.orders
   where id = cancel_order.order_id and (customer_id = auth.uid() or eventos.is_service())
     for no key update;
  if not found then
    return jsonb_build_object('outcome', 'unknown_order');
  end if;
  if cancelled.payment_status in ('paid', 'refunded') then
    return jsonb_build_object('outcome', 'not_cancellable', 'status', cancelled.payment_status);
  end if;
  update public.orders set payment_status = 'failed'
   where id = cancelled.id and payment_status <> 'failed'
  returning * into cancelled;
  return jsonb_build_object('outcome', 'cancelled');
end
$$;

comment on function public.cancel_order(uuid) is
  'Lets go of an order that is not paid, and of its seats. Outcomes: cancelled, not_cancellable, unknown_order.';


-- Refunding ---------------------------------------------------------------------------------------

-- A refund may be told before its payment: then the payment's own message meets a refunded order.
create or replace function public.refund_order(order_id uuid, payment_intent_id text default null) returns jsonb
language plpgsql volatile set search_path = '' as $$
#variable_conflict use_column
declare
  intent constant text := nullif(btrim(payment_intent_id), '');
  refunded public.orders;
  live bigint;
begin
  select * into refunded from public.orders where id = refund_order.order_id for no key update;
  if not found then
    return jsonb_build_object('outcome', 'unknown_order');
  end if;
  if refunded.payment_status = 'refunded' then
    return jsonb_build_object('outcome', 'refunded', 'tickets', 0, 'is_replay', true);
  end if;
  if intent <> refunded.stripe_payment_intent_id then
    return jsonb_build_object('outcome', 'other_payment');
  end if;
  if refunded.payment_status <> 'paid' and intent is null then
    return jsonb_build_object('outcome', 'not_paid', 'status', refunded.payment_status);
  end if;
  select count(*) into live from public.tickets
   where order_id = refunded.id and status in ('active', 'used');
  -- Setting a unique column, even to what it is, would wait for those who just now add rows to the order,
  -- and they wait for this refund.
  if refunded.stripe_payment_intent_id is null and intent is not null then
    update public.orders set payment_status = 'refunded', stripe_payment_intent_id = intent where id = refunded.id;
  else
    update public.orders set payment_status = 'refunded' where id = refunded.id;
  end if;
  return jsonb_build_object('outcome', 'refunded', 'tickets', live, 'is_replay', false);
end
$$;

comment on function public.refund_order(uuid, text) is
  'Marks an order paid back, and its tickets void with it. Outcomes: refunded, not_paid, other_payment, unknown_order.';


revoke all on function
  public.create_order(uuid, uuid, integer, uuid),
  public.fulfil_order(uuid, jsonb, text, timestamptz, bigint, text),
  public.cancel_order(uuid),
  public.refund_order(uuid, text),
  eventos.currency(),
  eventos.issue_tickets(public.orders, jsonb),
  eventos.fulfilled(uuid, boolean)
  from public, anon, authenticated;
grant execute on function public.create_order(uuid, uuid, integer, uuid), public.cancel_order(uuid)
  to authenticated, service_role;
grant execute on function
  public.fulfil_order(uuid, jsonb, text, timestamptz, bigint, text), public.refund_order(uuid, text),
  eventos.currency(), eventos.issue_tickets(public.orders, jsonb), eventos.fulfilled(uuid, boolean)
  to service_role;

notify pgrst, 'reload schema';
