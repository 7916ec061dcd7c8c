//! What the later migrations do: run twice they change nothing, a database with an older base takes
//! them without losing a row, profiles follow accounts, and no ticket is one too many.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};

use eventos_backend::{Options, Postgres};
use eventos_tests::sql::{self, Migration, every_postgres, file_of_migrations, migrations, new_database};
use tokio_postgres::{AsyncMessage, Client, Config, NoTls};

/// A database as production may have it; `{extensions}` stands for the schema of the extension `unaccent`.
const OLDER_BASE: &str = include_str!("../older-base/schema-and-rows.sql");

#[tokio::test]
async fn later_migrations_and_seeds_run_again_change_nothing_together_or_alone() {
    for postgres in every_postgres().unwrap() {
        println!("PostgreSQL {}", postgres.version());
        let client = new_database(&postgres, "again").await.unwrap();
        let all = migrations().unwrap();
        for migration in &all {
            sql::apply(&client, migration).await.unwrap();
        }
        client.batch_execute(&seed()).await.unwrap();
        let (catalog, rows) = (catalog(&client).await, rows(&client).await);

        for migration in &all[1..] {
            sql::apply(&client, migration).await.unwrap();
        }
        client.batch_execute(&seed()).await.unwrap();
        assert_same(&self::catalog(&client).await, &catalog, "all of them");
        assert_same(&self::rows(&client).await, &rows, "all of them");

        for migration in &all[1..] {
            sql::apply(&client, migration).await.unwrap();
            assert_same(&self::catalog(&client).await, &catalog, &migration.name);
            assert_same(&self::rows(&client).await, &rows, &migration.name);
        }
    }
}

#[tokio::test]
async fn an_older_base_becomes_ours_and_loses_no_row() {
    for postgres in every_postgres().unwrap() {
        let ours = new_database(&postgres, "ours").await.unwrap();
        let all = migrations().unwrap();
        for migration in &all {
            sql::apply(&ours, migration).await.unwrap();
        }
        let ours = definitions(&ours).await;
        for schema in ["public", "extensions"] {
            println!("PostgreSQL {}, unaccent in {schema}", postgres.version());
            let older = Older::create(&postgres, schema).await;
            let before = rows(&older.client).await;

            // Rows that break a rule stay, and each rule that they break is told of.
            older.migrate(&all[1..]).await;
            assert_eq!(older.warnings(), lines_of(BROKEN));
            let after = rows(&older.client).await.replace(r#""created_by": null, "#, "");
            let more: Vec<String> = differences(&after, &before).into_iter().collect();
            assert!(matches!(&more[..], [profile] if profile.starts_with(NEW_PROFILE)), "{more:#?}");
            assert_eq!(lines(&older.client, NOT_VALID).await, BROKEN_CHECKS.trim());
            let looking = sql::connect_to(&postgres, &older.name).await.unwrap();
            assert_differences(&definitions(&looking).await, &ours, &[OF_ITS_OWN, UNTIL_MENDED].concat());
            assert_eq!(lines(&looking, UNCOVERED).await, "");
            it_works_as_ours(&postgres, &older.name).await;

            // So it is again, until they are mended.
            let (catalog, rows) = (catalog(&older.client).await, rows(&older.client).await);
            older.migrate(&all[1..]).await;
            assert_eq!(older.warnings(), lines_of(BROKEN));
            assert_same(&self::catalog(&older.client).await, &catalog, "the catalog");
            assert_same(&self::rows(&older.client).await, &rows, "the rows");

            older.client.batch_execute(MENDING).await.unwrap();
            older.migrate(&all[1..]).await;
            assert_eq!(older.warnings(), BTreeSet::new());
            assert_eq!(lines(&older.client, NOT_VALID).await, "");
            assert_differences(&definitions(&looking).await, &ours, OF_ITS_OWN);
        }
    }
}

/// The profile of an account that had none, up to the time of its update.
const NEW_PROFILE: &str = concat!(
    r#"+ profiles {"id": "11111111-0000-4000-8000-000000000004", "email": "lost@example.com", "phone": null, "#,
    r#""company": null, "full_name": "Lost Her Profile", "created_at": "2025-01-04T00:00:00+00:00", "#
);

const BROKEN: &str = "
1 rows of venues have no city
1 rows of venues have no amenities
1 rows of venues break venues_capacity_in_range, the row 22222222-0000-4000-8000-000000000003 among them
2 rows of events break events_capacity_in_range, the row 33333334-0000-4000-8000-000000000002 among them
1 rows of events break events_price_not_negative, the row 33333335-0000-4000-8000-000000000003 among them
1 rows of events break events_end_after_start_today, the row 33333334-0000-4000-8000-000000000002 among them
1 rows of orders break orders_quantity_in_range, the row 44444447-0000-4000-8000-000000000004 among them
1 rows of orders break orders_total_is_quantity_times_price, the row 44444446-0000-4000-8000-000000000003 among them
1 values of tickets.ticket_number are there more than once
";

const BROKEN_CHECKS: &str = "
events_capacity_in_range
events_end_after_start_today
events_price_not_negative
orders_quantity_in_range
orders_total_is_quantity_times_price
venues_capacity_in_range
";

const NOT_VALID: &str = "select conname::text from pg_constraint where not convalidated order by 1";

/// What an older base has of its own, and keeps: `+` is only there, `-` only in ours.
const OF_ITS_OWN: &str = "
+ check: events CHECK ((capacity > 0))
+ check: events CHECK ((end_at >= start_at))
+ check: orders CHECK ((quantity > 0))
+ check: venues CHECK ((capacity > 0))
+ column: events.price_cents integer NOT NULL DEFAULT 0
- column: events.price_cents integer NOT NULL
+ policy: venues, some venues are kept, RESTRICTIVE, {public}, DELETE, (name <> 'Kept'::text), 
+ unique: profiles (email)
";

/// What broken rows keep from being as in ours.
const UNTIL_MENDED: &str = "
+ column: venues.amenities jsonb DEFAULT '{}'::jsonb
- column: venues.amenities jsonb NOT NULL DEFAULT '{}'::jsonb
+ column: venues.city text DEFAULT 'Toronto'::text
- column: venues.city text NOT NULL DEFAULT 'Toronto'::text
- unique: tickets (ticket_number)
";

/// Of foreign keys and of what functions look rows up by, what no index covers.
const UNCOVERED: &str = "
with wanted (on_table, columns) as (
  select conrelid, conkey from pg_constraint
   where contype = 'f' and connamespace in (select oid from pg_namespace where nspname in ('public', 'eventos'))
  union all
  select relation, array(select attnum from unnest(names) with ordinality as named (name, place)
                           join pg_attribute on attrelid = relation and attname = name order by place)
    from (values ('orders'::regclass, array['event_id', 'payment_status']),
                 ('tickets', array['event_id', 'status'])) as looked_up (relation, names)
)
select on_table::regclass || ' ' || columns::text from wanted
 where not exists (select from pg_index
                    where indrelid = on_table and indisvalid and indpred is null
                      and (string_to_array(indkey::text, ' ')::int2[])[1:cardinality(columns)] = columns)
";

/// What an administrator does about the warnings.
const MENDING: &str = "
update venues set city = 'Toronto', amenities = '{}', capacity = 10 where capacity = 5;
update events set capacity = 10, end_at = start_at + '4 hours' where name = 'Dinner for three';
update events set price_cents = 0 where price_cents < 0;
update events set capacity = 10000 where capacity > 10000;
update orders set quantity = 20, total_cents = 20000 where quantity = 25;
update orders set total_cents = 10000 where total_cents = 9999;
update tickets set ticket_number = 'TKT-ONCE' where ticket_number = 'TKT-TWICE' and status = 'cancelled';
";

/// What people can do with the rows from before, and what new rows get.
async fn it_works_as_ours(postgres: &Postgres, name: &str) {
    let client = sql::connect_to(postgres, name).await.unwrap();
    let run = async |script: &str| lines(&client, script).await;
    run("begin; set local search_path = ''").await;

    let stats = "select concat_ws(' ', event_name, tickets_sold, tickets_available) from public.event_stats";
    run("set local role anon").await;
    assert_eq!(run(&format!("{stats} where capacity = 100")).await, "AI & Data: Café Summit 3 97");
    assert_eq!(run(&format!("{stats} where capacity = 20")).await, "", "a draft");
    run("reset role").await;
    assert_eq!(run(&format!("{stats} where capacity = 20")).await, "Negative price 0 20");

    // The trigger of the older base makes the profile first, and ours leaves it be.
    run("insert into auth.users (id, email) values ('11111111-0000-4000-8000-000000000009', 'new@example.com')").await;
    assert_eq!(run("select count(*)::text from public.profiles where email = 'new@example.com'").await, "1");

    let forget = "delete from public.attendees where full_name = 'Fay'; select count(*)::text from public.tickets";
    assert_eq!(run(forget).await, "6", "a ticket outlives its attendee's name, also one that is not paid");

    run("set local request.jwt.claims = '{\"sub\": \"11111111-0000-4000-8000-000000000001\"}';
         set local role authenticated")
    .await;
    let change = "update public.events set name = 'Summit', price_cents = 6000 where capacity = 100 returning slug";
    assert_eq!(run(change).await, "ai---data--cafe-summit-33333333", "a slug from before");
    let add = "insert into public.events (id, organizer_id, name, type, start_at, end_at, capacity, price_cents)
               values ('77777777-0000-4000-8000-000000000001', auth.uid(), 'Café & Co', 'seminar', now(),
                       now() + '1 hour', 10, 0) returning slug";
    assert_eq!(run(add).await, "cafe-co-77777777");
    let change = "update public.venues set name = 'Hers' where capacity = 500 returning name";
    assert_eq!(run(change).await, "", "a venue from before is nobody's");
    run("rollback").await;
}

/// A database with the older base, and what the server warned of on the connection to it.
struct Older {
    name: String,
    client: Client,
    warnings: Arc<Mutex<BTreeSet<String>>>,
}

impl Older {
    async fn create(postgres: &Postgres, schema_of_unaccent: &str) -> Self {
        let name = format!("older_{schema_of_unaccent}");
        drop(new_database(postgres, &name).await.unwrap());
        let mut config: Config = postgres.db_url().parse().unwrap();
        let (client, mut connection) = config.dbname(&name).connect(NoTls).await.unwrap();
        let warnings = Arc::new(Mutex::new(BTreeSet::new()));
        let heard = Arc::clone(&warnings);
        tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
                if let AsyncMessage::Notice(notice) = message
                    && notice.severity() == "WARNING"
                {
                    heard.lock().unwrap().insert(notice.message().to_owned());
                }
            }
        });
        client.batch_execute(&OLDER_BASE.replace("{extensions}", schema_of_unaccent)).await.unwrap();
        Self { name, client, warnings }
    }

    async fn migrate(&self, later: &[Migration]) {
        for migration in later {
            sql::apply(&self.client, migration).await.unwrap();
        }
    }

    /// The warnings since this was asked before.
    fn warnings(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.warnings.lock().unwrap())
    }
}

#[tokio::test]
async fn profiles_follow_accounts_and_never_stop_a_sign_up() {
    let (_postgres, client) = migrated("accounts", |base_alone| {
        format!(
            "{base_alone}
             alter table public.profiles add unique (email);
             insert into auth.users (id, email, raw_user_meta_data, created_at)
             values ('00000000-0000-4000-8000-000000000001', 'before@example.com', '{{\"full_name\": \"From Before\"}}', '2020-01-01Z')"
        )
    })
    .await;
    let profile = |who: &'static str| {
        let client = &client;
        async move {
            let query =
                format!("select concat_ws(' ', email, full_name, company) from profiles where id::text like '%{who}'");
            lines(client, &query).await
        }
    };
    let run = |script: &'static str| client.batch_execute(script);

    assert_eq!(profile("01").await, "before@example.com From Before");
    assert_eq!(lines(&client, "select to_char(created_at at time zone 'UTC', 'YYYY') from profiles").await, "2020");

    run("insert into auth.users (id, email, raw_user_meta_data) values
         ('00000000-0000-4000-8000-000000000002', 'new@example.com', '{\"full_name\": \" New One \", \"company\": \"Inc\"}')")
        .await
        .unwrap();
    assert_eq!(profile("02").await, "new@example.com New One Inc");

    run("update auth.users set email = 'moved@example.com' where id::text like '%02'").await.unwrap();
    assert_eq!(profile("02").await, "moved@example.com New One Inc");

    run("insert into auth.users (id) values ('00000000-0000-4000-8000-000000000003')").await.unwrap();
    assert_eq!(profile("03").await, "00000000-0000-4000-8000-000000000003@no-email.invalid");

    // Number 2 squats the e-mail of whoever signs up as number 4.
    run("update profiles set email = 'victim@example.com' where id::text like '%02';
         insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000004', 'victim@example.com')")
    .await
    .unwrap();
    assert_eq!(profile("04").await, "victim@example.com");
    assert_eq!(profile("02").await, "00000000-0000-4000-8000-000000000002@no-email.invalid New One Inc");

    // Whatever else is wrong with profiles, the account comes to be.
    run("alter table profiles add check (email <> 'cursed@example.com');
         insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000005', 'cursed@example.com')")
    .await
    .unwrap();
    assert_eq!(profile("05").await, "");
    assert_eq!(lines(&client, "select count(*)::text from auth.users").await, "5");
}

#[tokio::test]
async fn the_optional_migration_leaves_visitors_names() {
    let (_postgres, client) = migrated("names", |base_alone| base_alone).await;
    client.batch_execute(&seed()).await.unwrap();
    let optional = file_of_migrations("optional/20251102000000_visitors_see_names_only.sql").unwrap();
    for _ in 0..2 {
        client.batch_execute(&optional).await.unwrap();
    }
    // Nor do the others undo it, which run after it where it is copied up.
    for migration in &migrations().unwrap()[1..] {
        sql::apply(&client, migration).await.unwrap();
    }

    client.batch_execute("set role anon").await.unwrap();
    assert_eq!(
        lines(&client, "select concat_ws(', ', full_name, company) from profiles order by id").await,
        "Sarah Johnson, EventOS Inc\nMichael Chen"
    );
    for hidden in ["email", "phone", "created_at", "*"] {
        let refused = client.simple_query(&format!("select {hidden} from profiles")).await.unwrap_err();
        assert_eq!(refused.code().unwrap().code(), "42501", "{hidden}");
    }
    assert_eq!(
        lines(&client, "set role authenticated; select email from profiles order by id limit 1").await,
        "organizer@eventos.com"
    );
}

#[tokio::test]
async fn rivals_never_get_more_tickets_than_there_are() {
    // Orders from before today's rules: twelve for two tickets each, of an event for ten people.
    let (postgres, client) = migrated("race", |base_alone| {
        format!(
            "{base_alone}
             insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000001', 'a@example.com');
             insert into profiles (id, email) select id, email from auth.users;
             insert into events (id, organizer_id, name, type, start_at, end_at, capacity, price_cents)
             values ('00000000-0000-4000-8000-00000000000e', '00000000-0000-4000-8000-000000000001', 'Race', 'seminar',
                     now(), now() + '1 hour', 10, 0);
             insert into orders (customer_id, event_id, quantity, unit_price_cents, total_cents, payment_status)
             select organizer_id, id, 2, 0, 0, 'paid' from events, generate_series(1, 12)"
        )
    })
    .await;
    let orders = lines(&client, "select id::text from orders").await;

    // Each order takes its two tickets three times over, all at once, and lingers before it commits. Five of them
    // fill the event.
    let mut buyers = Vec::new();
    for order in orders.lines().flat_map(|order| [order; 3]) {
        buyers.push((sql::connect_to(&postgres, "race").await.unwrap(), order.to_owned()));
    }
    let rivals = buyers.into_iter().map(|(buyer, order)| async move {
        let taken = buyer
            .batch_execute(&format!(
                "insert into tickets (event_id, order_id)
                 select event_id, id from orders, generate_series(1, 2) where id = '{order}';
                 select pg_sleep(0.1)"
            ))
            .await;
        taken.map_err(|error| error.as_db_error().unwrap().constraint().unwrap_or_default().to_owned())
    });
    let outcomes = rivals.collect::<tokio::task::JoinSet<_>>().join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 5, "{outcomes:?}");
    for refusal in outcomes.into_iter().filter_map(Result::err) {
        assert!(["tickets_within_order", "tickets_within_capacity"].contains(&&*refusal), "{refusal}");
    }
    assert_eq!(
        lines(&client, "select max(count)::text from (select count(*) from tickets group by order_id) t").await,
        "2"
    );
    assert_eq!(lines(&client, "select tickets_available::text from event_stats").await, "0");
}

/// A database with all migrations; `between` may add to the base before the later ones come.
async fn migrated(name: &str, between: impl FnOnce(String) -> String) -> (Postgres, Client) {
    let postgres = Postgres::start(Options::throwaway().empty()).unwrap();
    let client = new_database(&postgres, name).await.unwrap();
    let mut all = migrations().unwrap();
    let base = all.remove(0);
    let text = between(base.text);
    sql::apply(&client, &Migration { text, ..base }).await.unwrap();
    for migration in &all {
        sql::apply(&client, migration).await.unwrap();
    }
    (postgres, client)
}

fn seed() -> String {
    file_of_migrations("seed/eventos.sql").unwrap()
}

/// All that the migrations define, as text.
async fn catalog(client: &Client) -> String {
    lines(client, CATALOG).await
}

const CATALOG: &str = r#"
with ours (oid, name) as (select oid, nspname from pg_namespace where nspname in ('public', 'eventos'))
select replace(line, e'\n', ' ') from (
  select format('%s %s %s %s %s', relname, relkind, reloptions, relacl, relrowsecurity)
    from pg_class where relnamespace in (select oid from ours)
  union all
  select format('%s.%s %s %s %s %s', attrelid::regclass, attname, atttypid::regtype, attnotnull, attacl,
                pg_get_expr(adbin, adrelid))
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
   where attrelid in (select oid from pg_class where relnamespace in (select oid from ours)) and attnum > 0
  union all
  select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace in (select oid from ours)
  union all
  select pg_get_indexdef(indexrelid) from pg_index
   where indrelid in (select oid from pg_class where relnamespace in (select oid from ours))
  union all
  select format('%s %s', pg_get_functiondef(oid), proacl) from pg_proc where pronamespace in (select oid from ours)
  union all
  select format('%s %s', pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal
  union all
  select pg_get_viewdef(oid) from pg_class where relkind = 'v' and relnamespace in (select oid from ours)
  union all
  select pg_policies::text from pg_policies
  union all
  select format('%s %s', name, nspacl) from ours join pg_namespace using (oid)
  union all
  select format('%s %s', objoid, description) from pg_description
   where objoid in (select oid from pg_class where relnamespace in (select oid from ours)
                    union all select oid from pg_proc where pronamespace in (select oid from ours)
                    union all select oid from ours)
) as all_of_it (line)
order by line collate "C"
"#;

/// What of the catalog is to be the same whatever base there was: all but the names of constraints and
/// indexes, and the order of columns and grants.
async fn definitions(client: &Client) -> String {
    lines(client, DEFINITIONS).await
}

const DEFINITIONS: &str = r#"
with ours (oid) as (select oid from pg_namespace where nspname in ('public', 'eventos')),
relations as (
  select pg_class.*, oid::regclass::text as name from pg_class
   where relnamespace in (select oid from ours) and relkind in ('r', 'v')
),
functions as (
  select pg_proc.*, oid::regprocedure::text as name from pg_proc
   where pronamespace in (select oid from ours) and proname <> 'handle_new_user'
     and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
),
grants (acl, name) as (
  select coalesce(relacl, acldefault('r', relowner)), name from relations
  union all
  select attacl, name || '.' || attname from relations join pg_attribute on attrelid = relations.oid
   where attacl is not null
  union all
  select coalesce(proacl, acldefault('f', proowner)), name from functions
  union all
  select coalesce(nspacl, acldefault('n', nspowner)), nspname from pg_namespace where oid in (select oid from ours)
)
select replace(line, e'\n', ' ') from (
  select format('relation: %s %s %s %s', name, relkind, relrowsecurity, reloptions) from relations
  union all
  select format('privilege: %s on %s%s to %s', privilege_type, name, case when is_grantable then ' with grant' end,
                case grantee when 0 then 'everyone' else grantee::regrole::text end)
    from grants, aclexplode(acl)
  union all
  select format('policy: %s, %s, %s, %s, %s, %s, %s', tablename, policyname, permissive, roles, cmd, qual, with_check)
    from pg_policies where schemaname in ('public', 'eventos') and roles <> '{service_role}'
  union all
  select format('function: %s %s', pg_get_functiondef(oid), obj_description(oid, 'pg_proc')) from functions
  union all
  select format('trigger: %s %s', pg_get_triggerdef(oid), tgenabled)
    from pg_trigger where not tgisinternal and tgname <> 'on_auth_user_created'
  union all
  select format('view: %s %s', name, pg_get_viewdef(oid)) from relations where relkind = 'v'
  union all
  select format('column: %s.%s %s', name, attname, format_type(atttypid, atttypmod))
         || case when attnotnull then ' NOT NULL' else '' end
         || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
    from relations
    join pg_attribute on attrelid = relations.oid and attnum > 0
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
  union all
  select case contype when 'f' then 'foreign key: ' else 'check: ' end || conrelid::regclass || ' '
         || regexp_replace(pg_get_constraintdef(oid), ' NOT VALID$', '')
    from pg_constraint where contype in ('f', 'c') and connamespace in (select oid from ours)
  union all
  select format('unique: %s %s', name, substring(pg_get_indexdef(indexrelid) from '\(.*'))
    from relations join pg_index on indrelid = relations.oid where indisunique
) as all_of_it (line)
"#;

/// Every row of every table, as text.
async fn rows(client: &Client) -> String {
    let tables = lines(
        client,
        "select oid::regclass::text from pg_class
          where oid = 'auth.users'::regclass
             or relkind = 'r'
                and relnamespace in (select oid from pg_namespace where nspname in ('public', 'eventos'))",
    )
    .await;
    let rows: Vec<String> = tables
        .lines()
        .map(|table| format!("select '{table} ' || to_jsonb(present)::text as line from {table} as present"))
        .collect();
    lines(client, &format!("{} order by line", rows.join(" union all "))).await
}

/// Fails with the lines in which two texts differ.
fn assert_same(left: &str, right: &str, what: &str) {
    assert_eq!(differences(left, right), BTreeSet::new(), "{what}");
}

/// Fails unless the lines in which two texts differ are these.
fn assert_differences(left: &str, right: &str, expected: &str) {
    let (found, expected) = (differences(left, right), lines_of(expected));
    assert_eq!(found.difference(&expected).collect::<Vec<_>>(), [] as [&str; 0], "unexpected differences");
    assert_eq!(expected.difference(&found).collect::<Vec<_>>(), [] as [&str; 0], "differences that are not there");
}

/// The lines in which two texts differ: `+` only the first has, `-` only the second.
fn differences(left: &str, right: &str) -> BTreeSet<String> {
    let (left, right) = (lines_of(left), lines_of(right));
    let more = left.difference(&right).map(|line| format!("+ {line}"));
    more.chain(right.difference(&left).map(|line| format!("- {line}"))).collect()
}

fn lines_of(text: &str) -> BTreeSet<String> {
    text.trim_matches('\n').split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The rows of the last of some statements with one text column, a line each.
async fn lines(client: &Client, script: &str) -> String {
    let messages = client.simple_query(script).await.unwrap_or_else(|error| panic!("{script}: {error:?}"));
    let lines: Vec<String> = messages
        .iter()
        .filter_map(|message| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or_default().to_owned()),
            _ => None,
        })
        .collect();
    lines.join("\n")
}
