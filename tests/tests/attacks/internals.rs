//! What is not part of the API: the schema `eventos`, its tables and functions, and the functions of triggers.

use reqwest::RequestBuilder;

use crate::attempts::fault;
use crate::server::Server;
use crate::world::World;

/// Who may call each function of `public` and `eventos`: `v` visitors, `m` members, `-` the service alone or nobody.
///
/// A function that is not here fails the test: say whose it is.
const FUNCTIONS: &[(&str, &str)] = &[
    ("public.available_seats", "vm"),
    ("public.cancel_order", "-m"),
    ("public.check_in", "vm"),
    ("public.create_order", "-m"),
    ("public.door_attendees", "vm"),
    ("public.door_stats", "vm"),
    ("public.door_tokens", "-m"),
    ("public.event_revenue", "-m"),
    ("public.event_stats", "vm"), // the computed relationship
    ("public.fulfil_order", "--"),
    ("public.generate_event_slug", "--"),
    ("public.generate_order_number", "--"),
    ("public.generate_ticket_codes", "--"),
    ("public.handle_updated_at", "--"),
    ("public.issue_door_token", "-m"),
    ("public.refund_order", "--"),
    ("public.revoke_door_token", "-m"),
    ("public.undo_check_in", "vm"),
    ("eventos.check_attendee", "--"),
    ("eventos.check_ticket", "--"),
    ("eventos.currency", "--"),
    ("eventos.door_access", "--"),
    ("eventos.ensure_profile", "--"),
    ("eventos.follow_account", "--"),
    ("eventos.fulfilled", "--"),
    ("eventos.give_email", "--"),
    ("eventos.hold_seats", "--"),
    ("eventos.holds_seats", "--"),
    ("eventos.is_service", "vm"), // for policies and functions with the caller's rights
    ("eventos.issue_tickets", "--"),
    ("eventos.limit_clients_to_check_in", "--"),
    ("eventos.ordered_event_ids", "vm"), // for policies
    ("eventos.organizes", "--"),
    ("eventos.placeholder_email", "--"),
    ("eventos.plain_code", "--"),
    ("eventos.random_digits", "--"),
    ("eventos.refuse_change", "--"),
    ("eventos.refuse_tickets_beyond", "--"),
    ("eventos.reserve_code", "--"),
    ("eventos.seats_taken", "--"),
    ("eventos.slug_words", "--"),
    ("eventos.void_tickets", "--"),
];

#[tokio::test]
async fn each_function_is_called_by_whom_it_is_for() {
    let server = Server::at_hand().await;
    let rows = server
        .database
        .query(
            "select format('%s.%s', nspname, proname),
                    case when has_function_privilege('anon', pg_proc.oid, 'execute') then 'v' else '-' end
                    || case when has_function_privilege('authenticated', pg_proc.oid, 'execute') then 'm' else '-' end
               from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
              where nspname in ('public', 'eventos')
                and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')",
            &[],
        )
        .await
        .unwrap();
    let mut found: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    // A trigger of the older base's own: it stays with whoever wrote it, and nobody can call a trigger's function.
    found.retain(|(name, _)| name != "public.handle_new_user");
    found.sort();
    let mut ruled: Vec<(String, String)> =
        FUNCTIONS.iter().map(|(name, callers)| ((*name).to_owned(), (*callers).to_owned())).collect();
    ruled.sort();
    assert_eq!(found, ruled);
}

#[tokio::test]
async fn helpers_and_triggers_cannot_be_called() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let before = server.digest(&world).await;
    let hidden = "select distinct proname::text, prorettype = 'trigger'::regtype
                    from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
                   where nspname = 'eventos' or nspname = 'public' and prorettype = 'trigger'::regtype order by 1";
    let hidden = server.database.query(hidden, &[]).await.unwrap();
    assert!(hidden.len() > 20, "{hidden:?}");
    let mut wrong = Vec::new();
    for row in &hidden {
        let (name, is_trigger): (&str, bool) = (row.get(0), row.get(1));
        for actor in ["visitor", "organizer", "service"] {
            for body in ["{}", r#"{"of_event": "$show"}"#] {
                let answer = server.ask(&world, actor, &format!("POST rpc/{name}"), body).await;
                // Lite tries to call a trigger's function, and PostgreSQL refuses.
                if is_trigger && server.endpoint.is_lite() && answer.body["code"] == "42804" {
                    continue;
                }
                let fault = fault(&world, actor, &answer, "PGRST202");
                wrong.extend(fault.map(|fault| format!("{actor} calls {name}: {fault}")));
            }
        }
    }
    let after = server.digest(&world).await;
    world.remove(&server.database).await;
    assert_eq!(wrong, [] as [String; 0]);
    assert_eq!(before, after);
}

#[tokio::test]
async fn other_schemas_than_public_are_not_served() {
    let server = Server::at_hand().await;
    let world = World::create(&server.database).await;
    let before = server.digest(&world).await;
    let mut wrong = Vec::new();
    for actor in ["visitor", "customer", "organizer", "service"] {
        for (schema, request, body, refusal) in [
            ("", "GET scans", "", "404"),
            ("", "GET undone_scans", "", "404"),
            ("", "GET door_tokens", "", "404"),
            ("", "PATCH door_tokens?id=eq.$revoked_door", r#"{"revoked_at": null}"#, "404"),
            ("", "GET eventos.scans", "", "404"),
            ("eventos", "GET scans", "", "PGRST106"),
            ("eventos", "GET undone_scans", "", "PGRST106"),
            ("eventos", "GET door_tokens", "", "PGRST106"),
            ("eventos", "POST scans", r#"{"scan_id": "$new"}"#, "PGRST106"),
            ("eventos", "PATCH door_tokens?id=eq.$revoked_door", r#"{"revoked_at": null}"#, "PGRST106"),
            ("eventos", "DELETE scans?scan_id=eq.$scan", "", "PGRST106"),
            ("eventos", "POST rpc/is_service", "{}", "PGRST106"),
            ("eventos", "POST rpc/ordered_event_ids", "{}", "PGRST106"),
            (
                "eventos",
                "POST rpc/give_email",
                r#"{"user_id": "$customer", "user_email": "new@example.com"}"#,
                "PGRST106",
            ),
            ("auth", "GET users", "", "PGRST106"),
            ("pg_catalog", "GET pg_roles", "", "PGRST106"),
        ] {
            let into_schema = |request: RequestBuilder| match schema {
                "" => request,
                schema => request.header("Accept-Profile", schema).header("Content-Profile", schema),
            };
            let answer = server.ask_with(&world, actor, request, body, into_schema).await;
            let fault = fault(&world, actor, &answer, refusal);
            wrong.extend(fault.map(|fault| format!("{actor}: {request} in {schema:?}: {fault}")));
        }
    }
    let after = server.digest(&world).await;
    world.remove(&server.database).await;
    assert_eq!(wrong, [] as [String; 0]);
    assert_eq!(before, after);
}
