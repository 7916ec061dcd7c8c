//! The rows that are attacked: two shops that know nothing of each other, under labels.

use std::collections::BTreeMap;

use tokio_postgres::Client;

/// Rows of every table. `$label` in a text stands for the id of that row.
pub(crate) struct World {
    values: BTreeMap<&'static str, String>,
    secrets: Vec<Secret>,
}

/// A word, and who may read it in an answer.
struct Secret {
    word: String,
    known_to: &'static [&'static str],
}

impl World {
    pub(crate) async fn create(database: &Client) -> Self {
        let query = "select gen_random_uuid()::text from generate_series(1, $1)";
        let fresh = database.query(query, &[&(LABELS.len() as i32)]).await.unwrap();
        let values = LABELS.into_iter().zip(fresh.iter().map(|row| row.get(0))).collect();
        let mut world = Self { values, secrets: Vec::new() };
        world.run(database, ROWS).await;
        for (label, query) in GENERATED {
            let value = database.query_one(&world.fill(query), &[]).await.unwrap().get(0);
            world.values.insert(label, value);
        }
        world.secrets = ["Hidden", "7001"].map(|word| Secret { word: word.into(), known_to: &["organizer"] }).into();
        for label in ["paid_number", "pending_number", "ticket_number", "ticket_code", "used_code"] {
            world.secrets.push(Secret { word: world.values[label].clone(), known_to: &["organizer", "customer"] });
        }
        world
    }

    pub(crate) async fn remove(self, database: &Client) {
        self.run(database, REMOVAL).await;
    }

    /// Runs statements as the owner of the tables, whom row level security does not hold.
    pub(crate) async fn run(&self, database: &Client, script: &str) {
        database.batch_execute(&self.fill(script)).await.unwrap_or_else(|error| panic!("{error:?}"));
    }

    /// The text that a query gives, as the owner of the tables.
    pub(crate) async fn read(&self, database: &Client, query: &str) -> String {
        let row = database.query_one(&self.fill(query), &[]).await.unwrap_or_else(|error| panic!("{query}: {error:?}"));
        row.get::<_, Option<String>>(0).unwrap_or_default()
    }

    pub(crate) fn id(&self, label: &str) -> &str {
        &self.values[label]
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        LABELS.iter().map(|label| self.id(label)).collect()
    }

    /// What is sent to a table or a function unless an attempt says otherwise.
    pub(crate) fn usual_body(target: &str) -> Option<&'static str> {
        USUAL_BODIES.iter().find(|(known, _)| *known == target).map(|(_, body)| *body)
    }

    /// `text` with ids for labels, and with the caller's own for `$self`. Visitors and the service have no account:
    /// theirs is the organizer's.
    pub(crate) fn fill_for(&self, actor: &str, text: &str) -> String {
        let myself = if matches!(actor, "visitor" | "service") { "organizer" } else { actor };
        self.fill(&text.replace("$self", &format!("${myself}")))
    }

    /// `text` with ids for labels, the longest labels first, as one may begin like another.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut text = text.replace("$ids", &format!("'{{{}}}'", self.ids().join(",")));
        let mut labels: Vec<_> = self.values.iter().collect();
        labels.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
        for (label, value) in labels {
            text = text.replace(&format!("${label}"), value);
        }
        text
    }

    /// What an answer tells and `actor` may not know.
    pub(crate) fn told(&self, actor: &str, answer: &str) -> Option<&str> {
        let is_in_word = |character: char| character.is_ascii_alphanumeric() || "-+/=".contains(character);
        let mut words = answer.split(|character| !is_in_word(character));
        let secret = |word: &&str| {
            self.secrets
                .iter()
                .find(|secret| secret.word == *word && actor != "service" && !secret.known_to.contains(&actor))
        };
        words.find_map(|word| secret(&word)).map(|secret| secret.word.as_str())
    }
}

const LABELS: [&str; 40] = [
    "customer",
    "stranger",
    "organizer",
    "rival",
    "nobody", // has an account of no use
    "hall",
    "spare_hall",
    "old_hall",
    "show",
    "small",
    "draft",
    "private",
    "cancelled",
    "completed",
    "theirs",
    "paid",
    "pending",
    "refunded",
    "strange",
    "crowd",
    "past",
    "elsewhere",
    "guest",
    "spare",
    "used_guest",
    "refunded_guest",
    "strange_guest",
    "ticket",
    "used_ticket",
    "refunded_ticket",
    "strange_ticket",
    "door",
    "second_door",
    "rival_door",
    "expired_door",
    "revoked_door",
    "scan",
    "new",
    "newer",
    "newest",
];

/// What the database makes up.
const GENERATED: [(&str, &str); 7] = [
    ("paid_number", "select order_number from public.orders where id = '$paid'"),
    ("pending_number", "select order_number from public.orders where id = '$pending'"),
    ("ticket_number", "select ticket_number from public.tickets where id = '$ticket'"),
    ("ticket_code", "select qr_code from public.tickets where id = '$ticket'"),
    ("used_code", "select qr_code from public.tickets where id = '$used_ticket'"),
    (
        "code_in_url",
        "select replace(replace(replace(qr_code, '+', '%2B'), '/', '%2F'), '=', '%3D') from public.tickets where id = '$ticket'",
    ),
    ("draft_slug", "select slug from public.events where id = '$draft'"),
];

/// What a request makes or calls a function with, unless it says otherwise: what would be in order for someone.
const USUAL_BODIES: [(&str, &str); 19] = [
    ("profiles", r#"{"id": "$self", "email": "$self@example.com"}"#),
    ("venues", r#"{"id": "$new", "name": "New", "address": "1 King St W", "capacity": 100}"#),
    (
        "events",
        r#"{"id": "$new", "organizer_id": "$self", "name": "New", "type": "seminar", "start_at": "2040-01-01T09:00:00Z",
            "end_at": "2040-01-01T17:00:00Z", "capacity": 10, "price_cents": 0}"#,
    ),
    (
        "orders",
        r#"{"id": "$new", "customer_id": "$self", "event_id": "$show", "quantity": 2, "unit_price_cents": 5000,
            "total_cents": 10000}"#,
    ),
    (
        "attendees",
        r#"{"id": "$new", "order_id": "$paid", "event_id": "$show", "full_name": "Ann", "email": "ann@example.com"}"#,
    ),
    ("tickets", r#"{"id": "$new", "order_id": "$paid", "event_id": "$show", "attendee_id": "$spare"}"#),
    ("rpc/create_order", r#"{"order_id": "$new", "event_id": "$show", "quantity": 1}"#),
    ("rpc/cancel_order", r#"{"order_id": "$pending"}"#),
    (
        "rpc/fulfil_order",
        r#"{"order_id": "$pending", "payment_intent_id": "pi_$new",
            "attendees": [{"full_name": "Ann", "email": "ann@example.com"},
                          {"full_name": "Bob", "email": "bob@example.com"}]}"#,
    ),
    ("rpc/refund_order", r#"{"order_id": "$paid"}"#),
    ("rpc/available_seats", r#"{"event_id": "$show"}"#),
    ("rpc/check_in", r#"{"event_id": "$show", "code": "$ticket_code", "scan_id": "$new"}"#),
    ("rpc/undo_check_in", r#"{"scan_id": "$scan", "reason": "mine"}"#),
    ("rpc/door_stats", r#"{"event_id": "$show"}"#),
    ("rpc/door_attendees", r#"{"event_id": "$show"}"#),
    ("rpc/door_tokens", r#"{"event_id": "$show"}"#),
    ("rpc/issue_door_token", r#"{"event_id": "$show"}"#),
    ("rpc/revoke_door_token", r#"{"token_id": "$door"}"#),
    ("rpc/event_revenue", r#"{"organizer_id": "$organizer"}"#),
];

/// The customer paid for four seats of the show, named three guests, and took two tickets, of which one is used;
/// two more seats wait for their payment. The small event has two seats left.
const ROWS: &str = r#"
insert into auth.users (id, email)
select id::uuid, id || '@example.com'
  from unnest(array['$customer', '$stranger', '$organizer', '$rival', '$nobody']) as id;

insert into public.venues (id, name, address, capacity, created_by) values
  ('$hall', 'Hall', '1 King St W', 100, '$organizer'),
  ('$spare_hall', 'Spare', '2 King St W', 100, '$organizer'),
  ('$old_hall', 'Old', '3 King St W', 100, null);

insert into public.events (id, organizer_id, venue_id, name, type, start_at, end_at, capacity, price_cents,
                           status, visibility)
select id::uuid, organizer::uuid, venue::uuid, name, 'seminar', now() + '1 day', now() + '2 days', capacity, 5000,
       status, visibility
  from (values
    ('$show', '$organizer', '$hall', 'Show', 200, 'published', 'public'),
    ('$small', '$organizer', '$hall', 'Small', 10, 'published', 'public'),
    ('$draft', '$organizer', '$hall', 'Hidden draft', 7001, 'draft', 'public'),
    ('$private', '$organizer', '$hall', 'Hidden circle', 7001, 'published', 'private'),
    ('$cancelled', '$organizer', '$hall', 'Hidden end', 7001, 'cancelled', 'public'),
    ('$completed', '$organizer', '$hall', 'Last year', 200, 'completed', 'public'),
    ('$theirs', '$rival', '$old_hall', 'Theirs', 200, 'published', 'public')
  ) as event (id, organizer, venue, name, capacity, status, visibility);

insert into public.orders (id, customer_id, event_id, quantity, unit_price_cents, total_cents, payment_status,
                           stripe_payment_intent_id) values
  ('$paid', '$customer', '$show', 4, 5000, 20000, 'paid', 'pi_$paid'),
  ('$pending', '$customer', '$show', 2, 5000, 10000, 'pending', null),
  ('$refunded', '$customer', '$show', 2, 5000, 10000, 'paid', 'pi_$refunded'),
  ('$past', '$customer', '$completed', 1, 5000, 5000, 'paid', 'pi_$past'),
  ('$strange', '$stranger', '$show', 2, 5000, 10000, 'paid', 'pi_$strange'),
  ('$crowd', '$stranger', '$small', 8, 5000, 40000, 'paid', 'pi_$crowd'),
  ('$elsewhere', '$stranger', '$theirs', 1, 5000, 5000, 'paid', 'pi_$elsewhere');

insert into public.attendees (id, order_id, event_id, full_name, email) values
  ('$guest', '$paid', '$show', 'Guest', 'guest@example.com'),
  ('$used_guest', '$paid', '$show', 'Used', 'used@example.com'),
  ('$spare', '$paid', '$show', 'Spare', 'spare@example.com'),
  ('$refunded_guest', '$refunded', '$show', 'Refunded', 'refunded@example.com'),
  ('$strange_guest', '$strange', '$show', 'Strange', 'strange@example.com');

insert into public.tickets (id, event_id, order_id, attendee_id) values
  ('$ticket', '$show', '$paid', '$guest'),
  ('$used_ticket', '$show', '$paid', '$used_guest'),
  ('$refunded_ticket', '$show', '$refunded', '$refunded_guest'),
  ('$strange_ticket', '$show', '$strange', '$strange_guest');

update public.orders set payment_status = 'refunded' where id = '$refunded';

insert into eventos.door_tokens (id, event_id, token_hash, label, created_by, created_at, expires_at, revoked_at)
select id::uuid, event::uuid, sha256(convert_to('door_' || id, 'UTF8')), 'Door', organizer::uuid,
       now() - interval '1 day', now() + expires::interval, revoked::timestamptz
  from (values
    ('$door', '$show', '$organizer', '1 day', null),
    ('$second_door', '$show', '$organizer', '1 day', null),
    ('$rival_door', '$theirs', '$rival', '1 day', null),
    ('$expired_door', '$show', '$organizer', '-1 second', null),
    ('$revoked_door', '$show', '$organizer', '1 day', 'now')
  ) as token (id, event, organizer, expires, revoked);

select public.check_in('$show', qr_code, '$scan', device => 'phone-1', gate => 'North', door_token => 'door_$door')
  from public.tickets where id = '$used_ticket';
"#;

/// The log only grows, for everyone but its owner.
const REMOVAL: &str = r#"
begin;
alter table eventos.scans disable trigger refuse_change;
alter table eventos.undone_scans disable trigger refuse_change;
delete from eventos.undone_scans where scan_id in (select scan_id from eventos.scans where event_id = any ($ids));
delete from eventos.scans where event_id = any ($ids);
alter table eventos.scans enable trigger refuse_change;
alter table eventos.undone_scans enable trigger refuse_change;
delete from public.tickets where event_id = any ($ids);
delete from public.attendees where event_id = any ($ids);
delete from public.orders where event_id = any ($ids);
delete from eventos.door_tokens where event_id = any ($ids);
delete from public.events where id = any ($ids) or organizer_id = any ($ids);
delete from public.venues where id = any ($ids) or created_by = any ($ids);
delete from auth.users where id = any ($ids);
commit;
"#;
