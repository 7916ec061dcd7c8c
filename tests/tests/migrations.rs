//! What the later migrations do: run twice they change nothing, a database with an older base takes
//! them without losing a row, profiles follow accounts, and no ticket is one too many.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use eventos_backend::{Options, Postgres};
use eventos_tests::sql::{self, Migration, every_postgres, file_of_migrations, migrations, new_database};
use tokio_postgres::Client;

const OLDER_BASE: &str = include_str!("../older-base/names-and-rules.sql");

#[tokio::test]
async fn later_migrations_and_seeds_run_twice_change_nothing() {
    for postgres in every_postgres().unwrap() {
        println!("PostgreSQL {}", postgres.version());
        let client = new_database(&postgres, "twice").await.unwrap();
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
        assert_eq!(self::catalog(&client).await, catalog);
        assert_eq!(self::rows(&client).await, rows);
    }
}

#[tokio::test]
async fn a_database_with_an_older_base_takes_them_and_loses_no_row() {
    for postgres in every_postgres().unwrap() {
        println!("PostgreSQL {}", postgres.version());
        let client = new_database(&postgres, "older").await.unwrap();
        let all = migrations().unwrap();
        sql::apply(&client, &all[0]).await.unwrap();
        client.batch_execute(&seed()).await.unwrap();
        client.batch_execute(OLDER_BASE).await.unwrap();
        let before = rows(&client).await;

        for migration in &all[1..] {
            sql::apply(&client, migration).await.unwrap();
        }
        assert_eq!(rows(&client).await, before);
        assert_eq!(
            lines(
                &client,
                "select policyname || ' ' || cmd from pg_policies
                  where tablename = 'venues' and roles && '{anon,authenticated,public}' and cmd <> 'SELECT' order by 1"
            )
            .await,
            "Organizers add venues as their own INSERT\n\
             Whoever entered a venue deletes it DELETE\n\
             Whoever entered a venue updates it UPDATE\n\
             admins keep venues DELETE",
        );
        assert_eq!(
            lines(
                &client,
                "select conrelid::regclass || '.' || attname || ' ' || confdeltype::text
                   from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                  where contype = 'f' and connamespace = 'public'::regnamespace and confdeltype <> 'r' order by 1"
            )
            .await,
            "profiles.id c\ntickets.attendee_id n",
        );
        assert_eq!(
            lines(&client, "set role anon; select tickets_sold::text from event_stats where event_name like '%2025'")
                .await,
            "2"
        );
        assert_eq!(lines(&client, "reset role; select count(*)::text from event_stats").await, "11");

        // The trigger of the older base makes the profile first, and ours leaves it be.
        client
            .batch_execute("insert into auth.users (id, email) values (gen_random_uuid(), 'new@example.com')")
            .await
            .unwrap();
        assert_eq!(lines(&client, "select count(*)::text from profiles where email = 'new@example.com'").await, "1");

        let catalog = catalog(&client).await;
        for migration in &all[1..] {
            sql::apply(&client, migration).await.unwrap();
        }
        assert_eq!(self::catalog(&client).await, catalog);
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
    let (postgres, client) = migrated("race", |base_alone| base_alone).await;
    client
        .batch_execute(
            "insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000001', 'a@example.com');
             insert into events (id, organizer_id, name, type, start_at, end_at, capacity, price_cents)
             values ('00000000-0000-4000-8000-00000000000e', '00000000-0000-4000-8000-000000000001', 'Race', 'seminar',
                     now(), now() + '1 hour', 10, 0);
             insert into orders (customer_id, event_id, quantity, unit_price_cents, total_cents, payment_status)
             select organizer_id, id, 2, 0, 0, 'paid' from events, generate_series(1, 12)",
        )
        .await
        .unwrap();
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
select line from (
  select format('%s %s %s %s', relname, relkind, reloptions, relacl) from pg_class where relnamespace in (select oid from ours)
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
   where objoid in (select oid from pg_class where relnamespace in (select oid from ours))
) as all_of_it (line)
order by line collate "C"
"#;

/// Every row of every table, as text.
async fn rows(client: &Client) -> String {
    lines(
        client,
        "select line from (
           select (to_jsonb(profiles) - 'updated_at')::text from profiles
           union all select (to_jsonb(venues) - 'created_by')::text from venues
           union all select events::text from events
           union all select orders::text from orders
           union all select attendees::text from attendees
           union all select tickets::text from tickets
           union all select users.id::text from auth.users
         ) as all_of_them (line) order by line collate \"C\"",
    )
    .await
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
