-- Door tokens: what an organizer gives to the phones of staff. A token is for one event, expires, can
-- be revoked, and opens nothing but that event's door. Only its hash is kept.

create table if not exists eventos.door_tokens (
  id         uuid primary key default gen_random_uuid(),
  event_id   uuid not null references public.events (id) on delete cascade,
  token_hash bytea not null unique,
  label      text not null,
  opens_at   timestamptz,
  closes_at  timestamptz,
  created_by uuid references public.profiles (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint door_tokens_window_is_whole check (num_nulls(opens_at, closes_at) <> 1 and coalesce(closes_at > opens_at, true))
);

comment on table eventos.door_tokens is 'Tokens by which staff phones check people in at one event.';

create index if not exists door_tokens_event_id_idx on eventos.door_tokens (event_id);
create index if not exists door_tokens_created_by_idx on eventos.door_tokens (created_by);

alter table eventos.door_tokens enable row level security;
revoke all on eventos.door_tokens from public, anon, authenticated, service_role;


-- Who is at the door ------------------------------------------------------------------------------

create or replace function eventos.organizes(of_event uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select eventos.is_service()
      or exists (select from public.events where id = of_event and organizer_id = auth.uid())
$$;

comment on function eventos.organizes(uuid) is
  'Whether the caller organizes an event, or is the service.';


-- A token that is given counts alone: whoever else the caller may be adds nothing to it.
create or replace function eventos.door_access(
  of_event uuid, door_token text, out caller text, out opens_at timestamptz, out closes_at timestamptz
)
language plpgsql stable security definer set search_path = '' as $$
begin
  if door_token is not null then
    select 'token:' || door_tokens.id, door_tokens.opens_at, door_tokens.closes_at
      into caller, opens_at, closes_at
      from eventos.door_tokens
     where token_hash = sha256(convert_to(door_token, 'UTF8'))
       and event_id = of_event and revoked_at is null and expires_at > clock_timestamp();
  elsif eventos.organizes(of_event) then
    caller := coalesce('user:' || auth.uid(), 'service');
  end if;
end
$$;

comment on function eventos.door_access(uuid, text) is
  'Who the caller is at an event''s door, and the admission window of their token; nobody where the door is not theirs.';

revoke all on function eventos.organizes(uuid), eventos.door_access(uuid, text) from public, anon, authenticated;


-- Issuing and revoking ----------------------------------------------------------------------------

create or replace function public.issue_door_token(
  event_id uuid, label text default '', expires_at timestamptz default null,
  opens_at timestamptz default null, closes_at timestamptz default null
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  token constant text := 'door_' || translate(rtrim(encode(
    sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
    'base64'), '='), '+/', '-_');
  ends timestamptz;
  latest timestamptz;
  issued eventos.door_tokens;
begin
  if not eventos.organizes(issue_door_token.event_id) then
    raise exception 'only the organizer of an event issues tokens for its door' using errcode = 'insufficient_privilege';
  end if;
  select end_at into ends from public.events where id = issue_door_token.event_id;
  if not found then
    raise exception 'there is no such event' using errcode = 'foreign_key_violation';
  end if;
  latest := ends + interval '7 days';
  if coalesce(issue_door_token.expires_at, ends + interval '12 hours') not between now() and latest then
    raise exception 'a door token expires in the future, and at most 7 days after its event'
      using errcode = 'invalid_parameter_value',
            hint = 'Set expires_at to a time up to ' || latest || '.';
  end if;
  insert into eventos.door_tokens (event_id, token_hash, label, opens_at, closes_at, created_by, expires_at)
  values (issue_door_token.event_id, sha256(convert_to(token, 'UTF8')), coalesce(issue_door_token.label, ''),
          issue_door_token.opens_at, issue_door_token.closes_at, auth.uid(),
          coalesce(issue_door_token.expires_at, ends + interval '12 hours'))
  returning * into issued;
  return jsonb_build_object(
    'token_id', issued.id, 'token', token, 'event_id', issued.event_id, 'label', issued.label,
    'opens_at', issued.opens_at, 'closes_at', issued.closes_at, 'expires_at', issued.expires_at);
end
$$;

comment on function public.issue_door_token(uuid, text, timestamptz, timestamptz, timestamptz) is
  'Issues a token for an event''s door. The token itself is told this once.';


create or replace function public.revoke_door_token(token_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  revoked timestamptz;
begin
  update eventos.door_tokens set revoked_at = coalesce(revoked_at, clock_timestamp())
   where id = token_id and eventos.organizes(event_id)
  returning revoked_at into revoked;
  if not found then
    return jsonb_build_object('outcome', 'unknown_token');
  end if;
  return jsonb_build_object('outcome', 'revoked', 'revoked_at', revoked);
end
$$;

comment on function public.revoke_door_token(uuid) is
  'Ends a door token for good. Outcomes: revoked, unknown_token.';


create or replace function public.door_tokens(event_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
           'token_id', id, 'event_id', tokens.event_id, 'label', label, 'opens_at', opens_at, 'closes_at', closes_at,
           'created_at', created_at, 'expires_at', expires_at, 'revoked_at', revoked_at)
         order by created_at, id), '[]')
    from eventos.door_tokens as tokens
   where tokens.event_id = door_tokens.event_id and eventos.organizes(tokens.event_id)
$$;

comment on function public.door_tokens(uuid) is
  'The tokens that were issued for an event''s door, without what opens it.';

revoke all on function
  public.issue_door_token(uuid, text, timestamptz, timestamptz, timestamptz),
  public.revoke_door_token(uuid), public.door_tokens(uuid)
  from public, anon, authenticated;
grant execute on function
  public.issue_door_token(uuid, text, timestamptz, timestamptz, timestamptz),
  public.revoke_door_token(uuid), public.door_tokens(uuid)
  to authenticated, service_role;

notify pgrst, 'reload schema';
