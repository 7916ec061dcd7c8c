//! The base migration holds the specification's numbers and facts, as the catalog tells them, on
//! every version of PostgreSQL at hand; and with the later migrations it keeps what they must keep.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use eventos_tests::sql::{self, BASE, every_postgres, migrations, new_database};
use tokio_postgres::Client;

#[tokio::test]
async fn the_base_holds_what_is_specified_and_later_migrations_keep_it() {
    let [base, later @ ..] = &migrations().unwrap()[..] else {
        panic!("there are no migrations");
    };
    assert_eq!(base.name, BASE);

    for postgres in every_postgres().unwrap() {
        println!("PostgreSQL {}", postgres.version());
        let client = new_database(&postgres, "catalog").await.unwrap();
        sql::apply(&client, base).await.unwrap();
        the_numbers_are_the_specified_ones(&client).await;
        the_columns_are(&client, BASE_COLUMNS).await;
        the_policies_per_table_are(&client, BASE_POLICIES).await;
        the_constraints_are_the_specified_ones(&client).await;
        nothing_is_left_unguarded(&client).await;
        assert_eq!(lines(&client, CALLABLE_QUERY).await, "", "the base has trigger functions alone");
        what_later_migrations_replace_is_sound_in_the_base(&client).await;

        for migration in later {
            sql::apply(&client, migration).await.unwrap();
        }
        let columns = BASE_COLUMNS.replace("\nevents.id ", "\nvenues.created_by uuid default auth.uid()\nevents.id ");
        the_columns_are(&client, &columns).await;
        nothing_is_left_unguarded(&client).await;
        clients_call_what_they_may(&client).await;
        each_rule_can_be_broken(&client).await;
        old_venues_belong_to_nobody(&postgres, base, later).await;
    }
}

async fn the_numbers_are_the_specified_ones(client: &Client) {
    for (what, expected, query) in NUMBERS {
        let count: i64 = client.query_one(*query, &[]).await.unwrap().get(0);
        assert_eq!(count, *expected, "{what}");
    }
}

const NUMBERS: &[(&str, i64, &str)] = &[
    ("tables", 6, "select count(*) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"),
    ("views", 1, "select count(*) from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace"),
    ("functions", 4, "select count(*) from pg_proc where pronamespace = 'public'::regnamespace"),
    (
        "triggers",
        9,
        "select count(*) from pg_trigger join pg_class on pg_class.oid = tgrelid
          where not tgisinternal and relnamespace = 'public'::regnamespace",
    ),
    ("triggers, an event each", 9, "select count(*) from information_schema.triggers where trigger_schema = 'public'"),
    ("policies", 28, "select count(*) from pg_policies where schemaname = 'public'"),
    (
        "indexes besides those of primary keys and unique constraints",
        15,
        "select count(*) from pg_index join pg_class on pg_class.oid = indexrelid
          where relnamespace = 'public'::regnamespace
            and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))",
    ),
    (
        "check constraints",
        11,
        "select count(*) from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace",
    ),
];

async fn the_columns_are(client: &Client, expected: &str) {
    let columns = lines(
        client,
        "select relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
                || case when attnotnull then ' not null' else '' end
                || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
           from pg_attribute
           join pg_class on pg_class.oid = attrelid
           left join pg_attrdef on adrelid = attrelid and adnum = attnum
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')
            and attnum > 0 and not attisdropped
          order by array_position(array['profiles', 'venues', 'events', 'orders', 'attendees',
                                        'tickets', 'event_stats'], relname::text), attnum",
    )
    .await;
    assert_eq!(columns, expected.trim());
}

const BASE_COLUMNS: &str = "
profiles.id uuid not null
profiles.email text not null
profiles.full_name text
profiles.phone text
profiles.company text
profiles.created_at timestamp with time zone not null default now()
profiles.updated_at timestamp with time zone not null default now()
venues.id uuid not null default gen_random_uuid()
venues.name text not null
venues.address text not null
venues.city text not null default 'Toronto'::text
venues.postal_code text
venues.capacity integer not null
venues.amenities jsonb not null default '{}'::jsonb
venues.contact_email text
venues.contact_phone text
venues.created_at timestamp with time zone not null default now()
venues.updated_at timestamp with time zone not null default now()
events.id uuid not null default gen_random_uuid()
events.organizer_id uuid not null
events.venue_id uuid
events.name text not null
events.slug text not null default ''::text
events.type text not null
events.description text
events.start_at timestamp with time zone not null
events.end_at timestamp with time zone not null
events.capacity integer not null
events.price_cents integer not null
events.status text not null default 'draft'::text
events.visibility text not null default 'public'::text
events.created_at timestamp with time zone not null default now()
events.updated_at timestamp with time zone not null default now()
orders.id uuid not null default gen_random_uuid()
orders.customer_id uuid not null
orders.event_id uuid not null
orders.order_number text not null default ''::text
orders.quantity integer not null
orders.unit_price_cents integer not null
orders.total_cents integer not null
orders.payment_status text not null default 'pending'::text
orders.stripe_payment_intent_id text
orders.paid_at timestamp with time zone
orders.created_at timestamp with time zone not null default now()
orders.updated_at timestamp with time zone not null default now()
attendees.id uuid not null default gen_random_uuid()
attendees.order_id uuid not null
attendees.event_id uuid not null
attendees.full_name text not null
attendees.email text not null
attendees.phone text
attendees.created_at timestamp with time zone not null default now()
attendees.updated_at timestamp with time zone not null default now()
tickets.id uuid not null default gen_random_uuid()
tickets.event_id uuid not null
tickets.order_id uuid not null
tickets.attendee_id uuid
tickets.ticket_number text not null default ''::text
tickets.qr_code text not null default ''::text
tickets.status text not null default 'active'::text
tickets.checked_in_at timestamp with time zone
tickets.created_at timestamp with time zone not null default now()
tickets.updated_at timestamp with time zone not null default now()
event_stats.event_id uuid
event_stats.event_name text
event_stats.capacity integer
event_stats.tickets_sold bigint
event_stats.tickets_available bigint
event_stats.tickets_active bigint
event_stats.tickets_used bigint
event_stats.tickets_cancelled bigint
";

async fn the_policies_per_table_are(client: &Client, expected: &str) {
    let policies = lines(
        client,
        "select tablename || ' ' || cmd || ' ' || array_to_string(roles, ',') || ' ' || count(*)
           from pg_policies where schemaname = 'public'
          group by tablename, cmd, roles order by 1",
    )
    .await;
    assert_eq!(policies, expected.trim());
}

/// profiles 4, events 6, venues 5, orders 4, attendees 5, tickets 4.
const BASE_POLICIES: &str = "
attendees ALL service_role 1
attendees INSERT authenticated 1
attendees SELECT authenticated 2
attendees UPDATE authenticated 1
events DELETE authenticated 1
events INSERT authenticated 1
events SELECT anon 1
events SELECT authenticated 2
events UPDATE authenticated 1
orders ALL service_role 1
orders INSERT authenticated 1
orders SELECT authenticated 2
profiles INSERT authenticated 1
profiles SELECT anon 1
profiles SELECT authenticated 1
profiles UPDATE authenticated 1
tickets INSERT authenticated 1
tickets SELECT authenticated 2
tickets UPDATE authenticated 1
venues DELETE service_role 1
venues INSERT authenticated 1
venues SELECT anon 1
venues SELECT authenticated 1
venues UPDATE authenticated 1
";

async fn the_constraints_are_the_specified_ones(client: &Client) {
    let constraints = lines(
        client,
        "select line
           from pg_constraint
          cross join lateral (select conrelid::regclass || ': ' || pg_get_constraintdef(oid)) as line (line)
          where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'p', 'u')
          order by contype, line collate \"C\"",
    )
    .await;
    assert_eq!(constraints, CONSTRAINTS.trim());
}

const CONSTRAINTS: &str = "
events: CHECK (((capacity >= 10) AND (capacity <= 10000)))
events: CHECK ((end_at > start_at))
events: CHECK ((price_cents >= 0))
events: CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text, 'cancelled'::text, 'completed'::text])))
events: CHECK ((type = ANY (ARRAY['conference'::text, 'seminar'::text, 'workshop'::text, 'networking'::text])))
events: CHECK ((visibility = ANY (ARRAY['public'::text, 'private'::text])))
orders: CHECK (((quantity >= 1) AND (quantity <= 20)))
orders: CHECK (((unit_price_cents >= 0) AND (total_cents = ((quantity)::bigint * unit_price_cents))))
orders: CHECK ((payment_status = ANY (ARRAY['pending'::text, 'paid'::text, 'failed'::text, 'refunded'::text])))
tickets: CHECK ((status = ANY (ARRAY['active'::text, 'used'::text, 'cancelled'::text, 'refunded'::text])))
venues: CHECK (((capacity >= 10) AND (capacity <= 50000)))
attendees: FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE RESTRICT
attendees: FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE RESTRICT
events: FOREIGN KEY (organizer_id) REFERENCES profiles(id) ON DELETE RESTRICT
events: FOREIGN KEY (venue_id) REFERENCES venues(id) ON DELETE RESTRICT
orders: FOREIGN KEY (customer_id) REFERENCES profiles(id) ON DELETE RESTRICT
orders: FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE RESTRICT
profiles: FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE
tickets: FOREIGN KEY (attendee_id) REFERENCES attendees(id) ON DELETE SET NULL
tickets: FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE RESTRICT
tickets: FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE RESTRICT
attendees: PRIMARY KEY (id)
events: PRIMARY KEY (id)
orders: PRIMARY KEY (id)
profiles: PRIMARY KEY (id)
tickets: PRIMARY KEY (id)
venues: PRIMARY KEY (id)
events: UNIQUE (slug)
orders: UNIQUE (order_number)
orders: UNIQUE (stripe_payment_intent_id)
tickets: UNIQUE (qr_code)
tickets: UNIQUE (ticket_number)
";

/// What holds after every migration: each query names what breaks the rule, and none may.
async fn nothing_is_left_unguarded(client: &Client) {
    for (rule, query, _breaking) in RULES {
        assert_eq!(lines(client, query).await, "", "{rule}");
    }
}

/// Or it would hold nothing.
async fn each_rule_can_be_broken(client: &Client) {
    for (rule, query, breaking) in RULES {
        client.batch_execute(&format!("begin; {breaking}")).await.unwrap();
        assert_ne!(lines(client, query).await, "", "{breaking} is not told of: {rule}");
        client.batch_execute("rollback").await.unwrap();
    }
}

/// A rule, a query for what breaks it, and something that does.
const RULES: &[(&str, &str, &str)] = &[
    (
        "every table has row level security",
        "select oid::regclass::text from pg_class
          where relkind in ('r', 'p') and not relrowsecurity
            and relnamespace in (select oid from pg_namespace where nspname in ('public', 'eventos'))",
        "alter table eventos.scans disable row level security",
    ),
    (
        "what the schema eventos holds is for functions: no role of the API reaches its tables",
        "select oid::regclass || ': ' || privilege_type || ' to ' || grantee::regrole
           from pg_class
          cross join lateral (
            select * from aclexplode(relacl)
            union all
            select privileges.* from pg_attribute, aclexplode(attacl) as privileges where attrelid = pg_class.oid
          ) as granted
          where relnamespace = (select oid from pg_namespace where nspname = 'eventos') and grantee <> relowner",
        "grant select (outcome) on eventos.scans to service_role",
    ),
    (
        "every foreign key is covered by an index that begins with its columns",
        "select conrelid::regclass || '.' || conname from pg_constraint
          where contype = 'f'
            and connamespace in (select oid from pg_namespace where nspname in ('public', 'eventos'))
            and not exists (select from pg_index
                             where indrelid = conrelid and indisvalid and indpred is null
                               and (string_to_array(indkey::text, ' ')::int2[])[1:cardinality(conkey)] = conkey)",
        "drop index eventos.door_tokens_created_by_idx",
    ),
    (
        "every function says its search_path",
        "select oid::regprocedure::text from pg_proc
          where pronamespace in (select oid from pg_namespace where nspname in ('public', 'eventos'))
            and not coalesce('search_path=\"\"' = any (proconfig), false)",
        "alter function public.check_in set search_path = public",
    ),
    (
        "policies ask who is calling once a query, not once a row",
        "select tablename || ': ' || policyname from pg_policies
          where schemaname = 'public'
            and regexp_replace(coalesce(qual, '') || coalesce(with_check, ''),
                               '\\( SELECT auth\\.', '', 'g') ~ 'auth\\.(uid|jwt|role)'",
        "alter policy \"Organizers delete their events\" on events using (organizer_id = auth.uid())",
    ),
    (
        "visitors write nothing and read only what is public",
        "select table_name || ': ' || privilege_type || ' to ' || grantee
           from information_schema.role_table_grants
          where table_schema = 'public'
            and (grantee = 'PUBLIC' or grantee = 'anon' and not
                 (privilege_type = 'SELECT' and table_name in ('profiles', 'venues', 'events', 'event_stats')))",
        "grant select on tickets to anon",
    ),
    (
        "clients cannot write codes, payments, check-ins on insert, or times",
        "select table_name || '.' || column_name || ': ' || privilege_type
           from information_schema.column_privileges
          where table_schema = 'public' and grantee in ('PUBLIC', 'anon', 'authenticated')
            and (column_name in ('created_at', 'updated_at', 'order_number', 'ticket_number', 'qr_code',
                                 'stripe_payment_intent_id', 'paid_at')
                   and privilege_type in ('INSERT', 'UPDATE')
                 or table_name = 'orders' and privilege_type = 'UPDATE'
                 or column_name = 'checked_in_at' and privilege_type = 'INSERT')",
        "grant update (payment_status) on orders to authenticated",
    ),
    (
        "clients may not empty or lock tables or hang triggers on them",
        "select relname || ': ' || privilege_type || ' to ' || grantee::regrole
           from pg_class cross join lateral aclexplode(relacl)
          where relnamespace = 'public'::regnamespace
            and grantee in (0, 'anon'::regrole, 'authenticated'::regrole)
            and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')",
        "grant trigger on venues to authenticated",
    ),
];

/// A function that a client may call and that is not on the list is a way around row level security, or into a helper.
async fn clients_call_what_they_may(client: &Client) {
    let listed: Vec<String> =
        CALLABLE.iter().map(|(function, rights, callers, _why)| format!("{function}, {rights}: {callers}")).collect();
    assert_eq!(lines(client, CALLABLE_QUERY).await, listed.join("\n"));
}

const CALLABLE_QUERY: &str = "
select format('%I.%I, %s: %s', nspname, proname,
              case when prosecdef then 'with its owner''s rights' else 'with the caller''s rights' end,
              string_agg(rolname, ', ' order by rolname))
  from pg_proc
  join pg_namespace on pg_namespace.oid = pronamespace
  join pg_roles on rolname in ('anon', 'authenticated') and has_function_privilege(rolname, pg_proc.oid, 'execute')
 where nspname in ('public', 'eventos')
 group by pg_proc.oid, nspname, proname, prosecdef
 order by nspname, proname
";

const OWNERS: &str = "with its owner's rights";
const CALLERS: &str = "with the caller's rights";
const EVERYONE: &str = "anon, authenticated";
const MEMBERS: &str = "authenticated";

/// What clients may call, with whose rights it runs, who they are, and why that gives nothing away.
const CALLABLE: &[(&str, &str, &str, &str)] = &[
    ("eventos.is_service", CALLERS, EVERYONE, "says of callers themselves whether they are the service"),
    ("eventos.ordered_event_ids", OWNERS, EVERYONE, "lists what the caller's own orders are for; a policy calls it"),
    ("public.available_seats", OWNERS, EVERYONE, "counts orders of others, for an event that the caller may see"),
    ("public.cancel_order", OWNERS, MEMBERS, "customers cannot change orders, and may let go of their own unpaid one"),
    ("public.check_in", OWNERS, EVERYONE, "staff have no account; it asks for the organizer or a door token first"),
    ("public.create_order", CALLERS, MEMBERS, "inserts what the policy of orders lets the caller insert"),
    ("public.door_attendees", OWNERS, EVERYONE, "as check_in"),
    ("public.door_stats", OWNERS, EVERYONE, "as check_in"),
    ("public.door_tokens", OWNERS, MEMBERS, "tells the organizer alone, and not what opens the door"),
    ("public.event_revenue", CALLERS, MEMBERS, "sums the orders that the caller may see"),
    ("public.event_stats", CALLERS, EVERYONE, "selects from the view"),
    ("public.issue_door_token", OWNERS, MEMBERS, "no client writes door tokens; it asks for the organizer first"),
    ("public.revoke_door_token", OWNERS, MEMBERS, "as issue_door_token"),
    ("public.undo_check_in", OWNERS, EVERYONE, "as check_in, and the same phone or the organizer"),
];

/// `policies.rs` sees these only as later migrations leave them.
async fn what_later_migrations_replace_is_sound_in_the_base(client: &Client) {
    client
        .batch_execute(
            "begin;
             insert into auth.users (id) values
               ('00000000-0000-4000-8000-000000000001'), ('00000000-0000-4000-8000-000000000002');
             insert into profiles (id, email) values ('00000000-0000-4000-8000-000000000001', 'one@example.com');
             insert into venues (id, name, address, capacity)
             values ('00000000-0000-4000-8000-00000000000a', 'Hall', '1 King St W', 100);
             insert into events (organizer_id, venue_id, name, type, start_at, end_at, capacity, price_cents, status)
             select id, '00000000-0000-4000-8000-00000000000a', status, 'seminar', now(), now() + '1 hour', 10, 0, status
               from profiles, unnest(array['published', 'draft']) as status",
        )
        .await
        .unwrap();
    let claim = |sub: u8, email: &str| {
        format!(
            "reset role; set request.jwt.claims = \
             '{{\"sub\": \"00000000-0000-4000-8000-00000000000{sub}\", \"email\": \"{email}\"}}'; \
             set role authenticated"
        )
    };
    let seen = "select coalesce(string_agg(event_name, ' ' order by event_name), '') from event_stats";
    let renamed = "with renamed as (update venues set name = 'Renamed' returning 1) select count(*)::text from renamed";
    let deleted = "with deleted as (delete from venues returning 1) select count(*)::text from deleted";

    client.batch_execute("set role anon").await.unwrap();
    assert_eq!(lines(client, seen).await, "published");
    client.batch_execute(&claim(2, "two@example.com")).await.unwrap();
    assert_eq!(lines(client, seen).await, "published");
    assert_eq!(lines(client, renamed).await, "0");
    client.batch_execute(&claim(1, "one@example.com")).await.unwrap();
    assert_eq!(lines(client, seen).await, "draft published");
    assert_eq!(lines(client, renamed).await, "1");
    assert_eq!(lines(client, deleted).await, "0", "nobody deletes a venue");
    client.batch_execute("reset role").await.unwrap();
    assert_eq!(lines(client, seen).await, "draft published");

    let create = "insert into profiles (id, email) values ('00000000-0000-4000-8000-000000000002', 'two@example.com')";
    client.batch_execute(&claim(2, "another@example.com")).await.unwrap();
    client.batch_execute("savepoint before_squatting").await.unwrap();
    let refused = client.batch_execute(create).await.unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "42501", "an e-mail that is not the account's");
    client.batch_execute("rollback to before_squatting").await.unwrap();
    client.batch_execute(&claim(2, "two@example.com")).await.unwrap();
    client.batch_execute(create).await.unwrap();
    client.batch_execute("rollback; reset role; reset request.jwt.claims").await.unwrap();
}

/// The column `created_by` has a default, and rows from before must not get it.
async fn old_venues_belong_to_nobody(
    postgres: &eventos_backend::Postgres,
    base: &sql::Migration,
    later: &[sql::Migration],
) {
    let client = new_database(postgres, "old_venues").await.unwrap();
    sql::apply(&client, base).await.unwrap();
    client
        .batch_execute(
            "insert into public.venues (name, address, capacity) values ('Old Hall', '1 King St W', 100);
             set request.jwt.claims = '{\"sub\": \"11111111-1111-1111-1111-111111111111\"}'",
        )
        .await
        .unwrap();
    for migration in later {
        sql::apply(&client, migration).await.unwrap();
    }
    let owned = lines(&client, "select name from public.venues where created_by is not null").await;
    assert_eq!(owned, "");
}

/// The rows of a query with one text column, a line each.
async fn lines(client: &Client, query: &str) -> String {
    let rows = client.query(query, &[]).await.unwrap_or_else(|error| panic!("{query}: {error:?}"));
    let lines: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    lines.join("\n")
}
