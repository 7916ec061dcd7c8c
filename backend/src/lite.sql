-- Lite writes the metadata of users as JSON text inside of a jsonb string. The auth server of a
-- hosted project writes objects, and triggers on auth.users read them as such.

create or replace function auth.unwrap_json_text() returns trigger language plpgsql as $$
declare
  field text;
  given jsonb := to_jsonb(new);
begin
  foreach field in array tg_argv loop
    if jsonb_typeof(given -> field) = 'string' then
      new := jsonb_populate_record(new, jsonb_build_object(field, (given ->> field)::jsonb));
    end if;
  end loop;
  return new;
end
$$;

create or replace trigger "00_unwrap_json_text" before insert or update on auth.users
  for each row execute function auth.unwrap_json_text('raw_app_meta_data', 'raw_user_meta_data');

create or replace trigger "00_unwrap_json_text" before insert or update on auth.identities
  for each row execute function auth.unwrap_json_text('identity_data');
