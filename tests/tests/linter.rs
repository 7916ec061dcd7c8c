//! What Supabase's database linter looks for, on a database with all migrations: nothing of it is there,
//! except what is listed here with its reason. Each rule is also seen to tell of what breaks it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use eventos_tests::sql::{self, every_postgres, migrations, new_database};
use tokio_postgres::Client;

#[tokio::test]
async fn the_linter_finds_only_what_is_meant() {
    for postgres in every_postgres().unwrap() {
        println!("PostgreSQL {}", postgres.version());
        let client = new_database(&postgres, "linter").await.unwrap();
        for migration in migrations().unwrap() {
            sql::apply(&client, &migration).await.unwrap();
        }
        for rule in RULES {
            let meant: Vec<&str> = rule.meant.iter().map(|(finding, _why)| *finding).collect();
            assert_eq!(findings(&client, rule).await, meant, "{}", rule.name);

            client.batch_execute(&format!("begin; {}", rule.breaking)).await.unwrap();
            let mut with_the_broken = [&meant[..], &[rule.broken]].concat();
            with_the_broken.sort_unstable();
            assert_eq!(findings(&client, rule).await, with_the_broken, "{}", rule.breaking);
            client.batch_execute("rollback").await.unwrap();
        }
    }
}

async fn findings(client: &Client, rule: &Rule) -> Vec<String> {
    let query =
        format!("with ours as (select * from pg_namespace where nspname in ('public', 'eventos')) {}", rule.query);
    let rows = client.query(&query, &[]).await.unwrap_or_else(|error| panic!("{}: {error:?}", rule.name));
    let mut findings: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    findings.sort_unstable();
    findings
}

struct Rule {
    /// As the linter calls it.
    name: &'static str,
    /// A line of text for each finding, in the schemas `ours`.
    query: &'static str,
    /// What is found and is to be so, with the reason.
    meant: &'static [(&'static str, &'static str)],
    /// Something that breaks the rule, and the finding that it makes.
    breaking: &'static str,
    broken: &'static str,
}

/// Besides these the linter has rules for functions that clients may call, which `catalog.rs` lists, for
/// things that no migration makes (materialized views, foreign tables, queues), and for settings of a
/// project.
const RULES: &[Rule] = &[
    Rule {
        name: "function_search_path_mutable",
        query: "select format('%I.%I', nspname, proname)
                  from pg_proc join ours on ours.oid = pronamespace
                 where not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
                   and not exists (select from unnest(proconfig) as setting where setting like 'search_path=%')",
        meant: &[],
        breaking: "alter function public.cancel_order reset search_path",
        broken: "public.cancel_order",
    },
    Rule {
        name: "security_definer_view",
        query: "select format('%I.%I', nspname, relname)
                  from pg_class join ours on ours.oid = relnamespace
                 where relkind = 'v'
                   and (has_table_privilege('anon', pg_class.oid, 'select')
                        or has_table_privilege('authenticated', pg_class.oid, 'select'))
                   and not coalesce(lower(reloptions::text)::text[]
                                    && '{security_invoker=true, security_invoker=on}', false)",
        meant: &[(
            "public.event_stats",
            "Whoever sees an event sees its true counts, of tickets that they may not see. The view repeats, as its \
             own condition, which events the caller may see.",
        )],
        breaking: "create view all_orders as select * from orders; grant select on all_orders to authenticated",
        broken: "public.all_orders",
    },
    Rule {
        name: "auth_rls_initplan",
        query: "select format('%I: %s', tablename, policyname)
                  from pg_policies join ours on nspname = schemaname
                 where regexp_replace(concat(qual, with_check), '\\( SELECT (auth\\.|current_setting)', '', 'g')
                       ~ '(auth\\.[a-z]+|current_setting)\\('",
        meant: &[],
        breaking: "alter policy \"Organizers delete their events\" on events using (organizer_id = auth.uid())",
        broken: "events: Organizers delete their events",
    },
    Rule {
        name: "multiple_permissive_policies",
        query: "select format('%s for %s to %I', polrelid::regclass, action, rolname)
                  from pg_policy
                  join pg_class on pg_class.oid = polrelid
                  join ours on ours.oid = relnamespace
                  join pg_roles on pg_roles.oid = any (polroles) or 0 = any (polroles)
                 cross join unnest(case polcmd when '*' then '{r,a,w,d}' else array[polcmd] end) as action
                 where polpermissive and rolname in ('anon', 'authenticated')
                 group by polrelid, action, rolname having count(*) > 1",
        meant: &[],
        breaking: "create policy \"Visitors view venues again\" on venues for select to anon using (true)",
        broken: "venues for r to anon",
    },
    Rule {
        name: "unindexed_foreign_keys",
        query: "select format('%s %s', conrelid::regclass, attname)
                  from pg_constraint
                  join ours on ours.oid = connamespace
                  join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                 where contype = 'f'
                   and not exists (
                     select from pg_index
                      where indrelid = conrelid and indisvalid and indpred is null
                        and (string_to_array(indkey::text, ' ')::int2[])[1:cardinality(conkey)] = conkey)",
        meant: &[],
        breaking: "drop index tickets_attendee_id_idx",
        broken: "tickets attendee_id",
    },
    Rule {
        name: "rls_disabled_in_public",
        query: "select oid::regclass::text from pg_class
                 where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relrowsecurity",
        meant: &[],
        breaking: "create table notes (id uuid primary key)",
        broken: "notes",
    },
    Rule {
        name: "policy_exists_rls_disabled",
        query: "select distinct polrelid::regclass::text from pg_policy join pg_class on pg_class.oid = polrelid
                 where not relrowsecurity",
        meant: &[],
        breaking: "alter table tickets disable row level security",
        broken: "tickets",
    },
    Rule {
        name: "rls_enabled_no_policy",
        query: "select pg_class.oid::regclass::text from pg_class join ours on ours.oid = relnamespace
                 where relrowsecurity and not exists (select from pg_policy where polrelid = pg_class.oid)",
        meant: &[
            ("eventos.door_tokens", "Nobody but the door's functions reads or writes it."),
            ("eventos.scans", "As door_tokens."),
            ("eventos.undone_scans", "As door_tokens."),
        ],
        breaking: "create table notes (id uuid primary key); alter table notes enable row level security",
        broken: "notes",
    },
    Rule {
        name: "rls_policy_always_true",
        query: "select format('%I: %s', tablename, policyname)
                  from pg_policies join ours on nspname = schemaname
                 where permissive = 'PERMISSIVE' and roles && '{anon, authenticated, public}' and cmd <> 'SELECT'
                   and (qual = 'true' or coalesce(with_check, qual) = 'true')",
        meant: &[],
        breaking: "create policy \"Venues go\" on venues for delete using (true)",
        broken: "venues: Venues go",
    },
    Rule {
        name: "rls_references_user_metadata",
        query: "select format('%I: %s', tablename, policyname) from pg_policies
                 where concat(qual, with_check) ~ 'user_metadata'",
        meant: &[],
        breaking: "create policy \"Admins\" on venues for delete
                   using ((select auth.jwt()) -> 'user_metadata' ->> 'is_admin' = 'true')",
        broken: "venues: Admins",
    },
    Rule {
        name: "auth_users_exposed",
        query: "select distinct ev_class::regclass::text
                  from pg_depend
                  join pg_rewrite on pg_rewrite.oid = objid
                  join pg_class on pg_class.oid = ev_class
                  join ours on ours.oid = relnamespace
                 where refobjid = 'auth.users'::regclass
                   and (has_table_privilege('anon', ev_class, 'select')
                        or has_table_privilege('authenticated', ev_class, 'select'))",
        meant: &[],
        breaking: "create view accounts as select id from auth.users; grant select on accounts to anon",
        broken: "accounts",
    },
    Rule {
        name: "extension_in_public",
        query: "select extname::text from pg_extension where extnamespace = 'public'::regnamespace",
        meant: &[],
        breaking: "create extension citext with schema public",
        broken: "citext",
    },
    Rule {
        name: "no_primary_key",
        query: "select pg_class.oid::regclass::text from pg_class join ours on ours.oid = relnamespace
                 where relkind in ('r', 'p')
                   and not exists (select from pg_index where indrelid = pg_class.oid and indisprimary)",
        meant: &[],
        breaking: "create table notes (id uuid)",
        broken: "notes",
    },
    Rule {
        name: "duplicate_index",
        query: "select format('%s %s', indrelid::regclass, array_agg(indexrelid::regclass order by indexrelid))
                  from pg_index join pg_class on pg_class.oid = indexrelid join ours on ours.oid = relnamespace
                 group by indrelid, substring(pg_get_indexdef(indexrelid) from 'USING .*') having count(*) > 1",
        meant: &[],
        breaking: "create index again on tickets (order_id)",
        broken: "tickets {tickets_order_id_idx,again}",
    },
];
