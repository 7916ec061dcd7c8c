//! What no request should hold and no answer should be: each with its typed error, and nothing sent or nothing changed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use chrono::{DateTime, TimeZone, Utc};
use eventos_core::auth::AccessToken;
use eventos_core::codes::{OrderNumber, QrPayload, Slug, TicketNumber};
use eventos_core::flows::purchase::{self, Purchase};
use eventos_core::host::{RecordingHost, RetryPolicy};
use eventos_core::query::{Count, Cursor, Filter, Method, OnConflict, Quantified, Query, TextSearch};
use eventos_core::wire::Response;
use eventos_core::{
    Builder, Cents, ErrorKind, Event, EventId, EventStatus, EventType, Eventos, NewEvent, NewOrder, NewTicket,
    NewVenue, Order, OrderId, Patch, Profile, ProfileId, Projection, Result, Ticket, TicketStatus, Venue, VenueId,
};
use serde_json::json;

/// Tries something, and gives the error that it must come to. The client has an answer ready, should it send anything.
type Attempt = fn(Eventos) -> Result<()>;

#[rustfmt::skip]
const REFUSED: &[(&str, Attempt)] = &[
    // New rows
    ("events.end_at: must be after start_at",                  |it| sent(it.events().insert(NewEvent { end_at: day(14), ..event() }))),
    ("events.end_at: must be after start_at",                  |it| sent(it.events().insert(NewEvent { end_at: day(15), ..event() }))),
    ("events.capacity: 9 is outside 10 to 10000",              |it| sent(it.events().insert(NewEvent { capacity: 9, ..event() }))),
    ("events.capacity: 10001 is outside 10 to 10000",          |it| sent(it.events().insert(NewEvent { capacity: 10_001, ..event() }))),
    ("events.price_cents: -1 is outside 0 to 2147483647",      |it| sent(it.events().insert(NewEvent { price_cents: Cents::new(-1), ..event() }))),
    ("events.price_cents: 2147483648 is outside",              |it| sent(it.events().insert(NewEvent { price_cents: Cents::new(1 << 31), ..event() }))),
    ("events.price_cents: 9223372036854775807 is outside",     |it| sent(it.events().insert(NewEvent { price_cents: Cents::new(i64::MAX), ..event() }))),
    ("events.name: text cannot hold the character U+0000",     |it| sent(it.events().insert(NewEvent { name: "Ni\0ght".into(), ..event() }))),
    ("events.start_at: the year must be 1 to 9999",            |it| sent(it.events().insert(NewEvent { start_at: year(0), ..event() }))),
    ("events.end_at: the year must be 1 to 9999",              |it| sent(it.events().insert(NewEvent { end_at: year(10_000), ..event() }))),
    ("events.end_at: the year must be 1 to 9999",              |it| sent(it.events().insert(NewEvent { end_at: DateTime::<Utc>::MAX_UTC, ..event() }))),
    ("events.type: expected one of conference, seminar",       |it| sent(it.events().insert(NewEvent { r#type: EventType::Unrecognized("gala".into()), ..event() }))),
    ("events.status: expected one of draft, published",        |it| sent(it.events().insert(event().set(Event::STATUS, EventStatus::Unrecognized("".into()))))),
    ("events.slug: not a slug",                                |it| sent(it.events().insert(event().set(Event::SLUG, Slug::from_stored("ai summit 2025"))))),
    ("events.capacity: 9 is outside",                          |it| sent(it.events().insert_many([event(), NewEvent { capacity: 9, ..event() }]))),
    ("events.capacity: 9 is outside",                          |it| sent(it.events().upsert(NewEvent { capacity: 9, ..event() }))),
    ("venues.capacity: 9 is outside 10 to 50000",              |it| sent(it.venues().insert(NewVenue { capacity: 9, ..venue() }))),
    ("venues.capacity: 50001 is outside 10 to 50000",          |it| sent(it.venues().insert(NewVenue { capacity: 50_001, ..venue() }))),
    ("orders.quantity: 0 is outside 1 to 20",                  |it| sent(it.orders().insert(NewOrder { quantity: 0, ..order() }))),
    ("orders.quantity: 21 is outside 1 to 20",                 |it| sent(it.orders().insert(NewOrder { quantity: 21, ..order() }))),
    ("orders.unit_price_cents: -1 is outside",                 |it| sent(it.orders().insert(NewOrder { unit_price_cents: Cents::new(-1), ..order() }))),
    ("orders.total_cents: must be quantity × unit_price_cents", |it| sent(it.orders().insert(NewOrder { total_cents: Cents::new(9_999), ..order() }))),
    ("orders.order_number: not an order number",               |it| sent(it.orders().insert(order().set(Order::ORDER_NUMBER, OrderNumber::from_stored("ORD-1"))))),
    ("tickets.qr_code: not a QR payload: it has 4 characters", |it| sent(it.tickets().insert(ticket().set(Ticket::QR_CODE, QrPayload::from_stored("abcd"))))),
    ("tickets.ticket_number: not a ticket number",             |it| sent(it.tickets().insert(ticket().set(Ticket::TICKET_NUMBER, TicketNumber::from_stored("TKT-1"))))),
    ("orders.quantity: 0 is outside 1 to 20",                  |it| settled(purchase::place(&it, &Purchase { quantity: 0, ..purchase() }))),
    ("orders.quantity: 21 is outside 1 to 20",                 |it| settled(purchase::place(&it, &Purchase { quantity: 21, ..purchase() }))),

    ("venues.id: a repeatable insert must bring it",           |it| sent(it.venues().insert(venue()).repeatable())),
    ("venues.id: a repeatable insert must bring it",           |it| sent(it.venues().insert_many([venue().set(Venue::ID, VenueId::from_random_bytes([1; 16])), venue().into()]).repeatable())),
    ("venues.id: a repeatable insert must bring it",           |it| sent(it.venues().upsert(venue()).repeatable())),
    ("events.slug: a repeatable insert must bring it",         |it| sent(it.events().upsert(event().set(Event::ID, EventId::from_random_bytes([1; 16]))).on_conflict(Event::SLUG, OnConflict::Merge).repeatable())),

    // Changes
    ("events: an update must set at least one column",         |it| sent(it.events().update().filter(one_event()))),
    ("events: an update must set at least one column",         |it| sent(it.events().update().patch(Patch::new()).filter(one_event()))),
    ("events.end_at: must be after start_at",                  |it| sent(it.events().update().set(Event::START_AT, day(15)).set(Event::END_AT, day(14)).filter(one_event()))),
    ("events.capacity: 9 is outside",                          |it| sent(it.events().update().set(Event::CAPACITY, 9).filter(one_event()))),
    ("events.description: text cannot hold",                   |it| sent(it.events().update().set(Event::DESCRIPTION, "\0").filter(one_event()))),
    ("tickets.checked_in_at: the year must be",                |it| sent(it.tickets().update().set(Ticket::CHECKED_IN_AT, year(10_000)).every_row())),
    ("tickets.status: expected one of",                        |it| sent(it.tickets().update().set(Ticket::STATUS, TicketStatus::Unrecognized("lost".into())).every_row())),
    ("events: the filter leaves no row out",                   |it| sent(it.events().update().set(Event::CAPACITY, 10).filter(Filter::all([])))),
    ("events: the filter leaves no row out",                   |it| sent(it.events().delete().filter(Filter::all([])))),
    ("events: the filter leaves no row out",                   |it| sent(it.events().delete().filter(Filter::all([]) & Filter::all([])).filter(Filter::all([Filter::all([])])))),

    ("events: the filter leaves no row out",                   |it| sent(it.events().delete().filter(!Event::ID.in_(Vec::<EventId>::new()) | Event::STATUS.eq(EventStatus::Cancelled)))),

    // Filters and pages
    ("query: text cannot hold the character U+0000",           |it| sent(it.events().select::<Event>().filter(Event::NAME.eq("\0")))),
    ("query: text cannot hold the character U+0000",           |it| sent(it.events().select::<Event>().filter(Event::NAME.in_(["a", "\0"])))),
    ("query: text cannot hold the character U+0000",           |it| sent(it.events().select::<Event>().filter(Event::NAME.contains("\0") | Event::CAPACITY.gt(1)))),
    ("query: text cannot hold the character U+0000",           |it| sent(it.events().select::<Event>().filter(Event::NAME.search(TextSearch::web("\0"))))),
    ("start_at: the year must be 1 to 9999",                   |it| sent(it.events().select::<Event>().filter(Event::START_AT.gte(DateTime::<Utc>::MAX_UTC)))),
    ("start_at: the year must be 1 to 9999",                   |it| sent(it.events().select::<Event>().filter(Event::START_AT.lt(year(0)) | Event::CAPACITY.gt(1)))),
    ("start_at: the year must be 1 to 9999",                   |it| sent(it.events().select::<Event>().filter(Event::START_AT.in_([day(1), year(10_000)])))),
    ("start_at: the year must be 1 to 9999",                   |it| sent(it.events().select::<Event>().filter(Event::START_AT.any(Quantified::Eq, [year(-1)])))),
    ("text search: a configuration's name is",                 |it| sent(it.events().select::<Event>().filter(Event::NAME.search(TextSearch::web("a").config("english).b"))))),
    ("filter: ",                                               |it| sent(it.events().select::<Event>().filter(Filter::any([])))),
    ("filter: ",                                               |it| sent(it.events().delete().filter(Filter::any([])))),
    ("filter: ",                                               |it| sent(it.events().delete().filter(one_event() & !Filter::any([])))),
    ("pages: a page holds at least 1 row",                     |it| settled(it.events().select::<Event>().pages(0).collect())),
    ("pages: a page holds at least 1 row",                     |it| settled(it.events().select::<Event>().pages(0).next_page())),
    ("cursor: it belongs to pages in another order",           |it| settled(it.events().select::<Event>().pages(5).after(cursor(r#"["a","b","c"]"#)).next_page())),
    ("cursor: it belongs to pages in another order",           |it| settled(it.events().select::<Event>().order(Event::NAME.asc()).pages(5).after(cursor(r#"["a"]"#)).next_page())),
    ("cursor: it belongs to pages in another order",           |it| settled(it.events().select::<Event>().pages(5).after(cursor("[]")).next_page())),

    // Headers, schemas, tokens
    ("header: a header's name is",                             |it| sent(it.events().select::<Event>().header("x-a\r\nx-b", "1"))),
    ("header: a header's name is",                             |it| sent(it.events().select::<Event>().header("", "1"))),
    ("header: a header's name is",                             |it| sent(it.events().select::<Event>().header("x a", "1"))),
    ("x-a: a header holds printable ASCII alone",              |it| sent(it.events().select::<Event>().header("x-a", "1\r\napikey: stolen"))),
    ("x-a: a header holds printable ASCII alone",              |it| sent(it.events().select::<Event>().header("x-a", "\0"))),
    ("x-a: a header holds printable ASCII alone",              |it| sent(it.events().select::<Event>().header("x-a", "Zürich"))),
    ("schema: a header holds printable ASCII alone",           |it| sent(it.events().select::<Event>().schema("public\nprefer: tx=rollback"))),
    ("schema: a header holds printable ASCII alone",           |it| sent(it.events().delete().filter(one_event()).schema("public\r\n"))),
    ("access token: ",                                         |it| sent(it.with_tokens(Arc::new(AccessToken::new("ey.\r\nx: 1"))).events().select::<Event>())),
    ("access token: ",                                         |it| sent(it.with_tokens(Arc::new(AccessToken::new(""))).events().select::<Event>())),

    // Calls
    ("scan: arguments go by name",                             |it| it.call::<i64>("scan", json!([1, 2])).map(drop)),
    ("scan: arguments go by name",                             |it| it.call::<i64>("scan", "code").map(drop)),
    ("code: a GET call cannot pass null",                      |it| sent(it.call::<i64>("scan", json!({ "code": null }))?.method(Method::Get))),
    ("code: in a GET call the server would take",              |it| sent(it.call::<i64>("scan", json!({ "code": "eq.1" }))?.method(Method::Get))),

    // Texts that are no codes and no ids
    ("code: not a slug: character 3",                          |_| Ok(Slug::parse("ai summit 2025").map(drop)?)),
    ("code: not an order number: it begins",                   |_| Ok(OrderNumber::parse("TKT-20251013-01111111").map(drop)?)),
    ("code: not an order number: its date",                    |_| Ok(OrderNumber::parse("ORD-20250230-01111111").map(drop)?)),
    ("code: not a ticket number: it has",                      |_| Ok(TicketNumber::parse("TKT-B1111111").map(drop)?)),
    ("code: not a QR payload: it has 43",                      |_| Ok(QrPayload::parse("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc").map(drop)?)),
    ("code: not a QR payload: it has 45",                      |_| Ok(QrPayload::parse("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH=").map(drop)?)),
    ("code: not a QR payload",                                 |_| Ok(QrPayload::from_scan("https://example.com/t/1").map(drop)?)),
    ("EventId: not a UUID",                                    |_| "e1111111-1111-4111-8111-11111111111".parse::<EventId>().map(drop)),
    ("OrderId: not a UUID",                                    |_| "ORD-20251013-01111111".parse::<OrderId>().map(drop)),
    ("EventStatus: expected one of",                           |_| "Published".parse::<EventStatus>().map(drop)),
    ("cursor: not a cursor",                                   |_| "page 2".parse::<Cursor>().map(drop)),

    // The dynamic twin
    ("events.titel: no such column",                           |it| asked(&it, r#"{ "from": "events", "select": { "titel": 1 } }"#)),
    ("events.capacity: 9 is outside",                          |it| asked(&it, r#"{ "from": "events", "update": { "capacity": 9 }, "every_row": true }"#)),
    ("events.slug: not a slug",                                |it| asked(&it, r#"{ "from": "events", "update": { "slug": "a b" }, "every_row": true }"#)),
    ("where: this write would touch every row",                |it| asked(&it, r#"{ "from": "events", "delete": true }"#)),
    ("where: this write would touch every row",                |it| asked(&it, r#"{ "from": "events", "delete": true, "where": [] }"#)),
    ("events: the filter leaves no row out",                   |it| asked(&it, r#"{ "from": "events", "delete": true, "where": [{ "and": [] }] }"#)),
    ("events: the filter leaves no row out",                   |it| asked(&it, r#"{ "from": "events", "delete": true, "where": [{ "not": ["id", "is", null] }] }"#)),
    ("events.id",                                              |it| asked(&it, r#"{ "from": "events", "where": [["id", "eq", "e1"]] }"#)),
    ("x-a: a header holds printable ASCII alone",              |it| asked(&it, r#"{ "from": "events", "headers": { "x-a": "1\r\n2" } }"#)),
];

#[test]
fn what_breaks_a_rule_is_refused_before_anything_is_sent() {
    let mut wrong = Vec::new();
    for (expected, attempt) in REFUSED {
        let host = Arc::new(RecordingHost::starting_at(day(1)));
        host.answer(200, "[]");
        match attempt(client(&host).build().unwrap()) {
            Ok(()) => wrong.push(format!("{expected}: accepted, and sent {:?}", targets(&host))),
            Err(error) => {
                let is_expected = error.kind() == ErrorKind::InvalidInput && error.to_string().starts_with(expected);
                if !is_expected || !host.exchanges().is_empty() {
                    wrong.push(format!("{expected}: {error} ({:?}), and sent {:?}", error.kind(), targets(&host)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_client_that_could_not_send_is_not_built() {
    let key = "sb_secret_must-not-show";
    let host = || Arc::new(RecordingHost::starting_at(day(1)));
    for url in [
        "",
        "example.supabase.co",
        "ftp://example.supabase.co",
        "https://",
        "https:///rest/v1",
        "https://:443",
        "https://user:password@example.supabase.co",
        "https://example.supabase.co?apikey=1",
        "https://example.supabase.co#top",
        "https://example.supabase.co\r\nx-a: 1",
        "https://exämple.supabase.co",
        "https://example.supabase.co\\rest",
        "https://example.supabase.co:https",
        "https://example.supabase.co:70000",
    ] {
        let error = Eventos::builder(url, key).host(host()).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{url}");
        assert!(error.to_string().starts_with("url: "), "{url}: {error}");
        assert!(!format!("{error:?}").contains("user:password"), "{error:?}");
    }
    for key in ["", "sb_secret_must-not-\nshow", "sb_secret_must-not-show ", "sb_secret_must-not-shöw", "\0"] {
        let error = Eventos::builder("https://example.supabase.co", key).host(host()).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().starts_with("key: "), "{error}");
        assert!(!format!("{error} {error:?}").contains("must-not"), "{error:?}");
    }
    // What follows the URL without a slash would be part of another host's name, which the key then goes to.
    for path in ["rest/v1", ".example.com/rest/v1", "@example.com", ":1/rest/v1", "/rest/v1?a=b", "/rest v1", "/a\r\nb"]
    {
        let built = Eventos::builder("https://example.supabase.co", key).host(host()).rest_path(path).build();
        let error = built.expect_err(path);
        assert!(error.to_string().starts_with("rest_path: "), "{path}: {error}");
    }
    for path in ["", "/", "/rest/v1", "/rest/v1/"] {
        let built = Eventos::builder("https://example.supabase.co", key).host(host()).rest_path(path).build();
        assert!(built.is_ok(), "{path}");
    }
}

#[test]
fn a_schema_that_no_header_can_name_is_refused_at_the_first_call() {
    let host = Arc::new(RecordingHost::starting_at(day(1)));
    let eventos = client(&host).schema("public\r\nx-a: 1").build().unwrap();
    let error = sent(eventos.events().select::<Event>()).unwrap_err();
    assert_eq!(error.to_string(), "schema: a header holds printable ASCII alone: no line breaks, no accents");
    assert!(host.exchanges().is_empty());
}

#[test]
fn a_headers_last_word_is_the_callers() {
    let host = Arc::new(RecordingHost::starting_at(day(1)));
    host.answer(200, "[]");
    let eventos = client(&host).build().unwrap();
    let read = eventos.events().select::<Event>().header("Authorization", "Bearer own").header("apikey", "own");
    sent(read).unwrap();
    let headers = &host.exchanges()[0].request.headers;
    let of = |name: &str| headers.iter().filter(|(set, _)| set == name).map(|(_, value)| &**value).collect::<Vec<_>>();
    assert_eq!((of("authorization"), of("apikey")), (vec!["Bearer own"], vec!["own"]));
}

#[test]
fn an_answer_with_a_column_too_few_says_where() {
    for (rows, message) in [
        (r#"[{"id": "e1111111-1111-4111-8111-111111111111"}]"#, "unexpected answer at [0]: missing field `name`"),
        (
            r#"[{"id": "e1111111-1111-4111-8111-111111111111", "name": null}]"#,
            "unexpected answer at [0].name: invalid type: null, expected a string",
        ),
        (
            r#"[{"id": "e1111111-1111-4111-8111-111111111111", "name": "a"}, {"id": "e1", "name": "b"}]"#,
            "unexpected answer at [1].id: ",
        ),
        (r#"[{"id": 5, "name": "a"}]"#, "unexpected answer at [0].id: invalid type: integer `5`"),
        (r#"{"id": 5}"#, "unexpected answer: invalid type: map, expected a sequence"),
        ("null", "unexpected answer: invalid type: null, expected a sequence"),
        ("", "unexpected answer: not JSON (application/json, 0 bytes)"),
        ("[] []", "unexpected answer: not JSON (application/json, 5 bytes)"),
    ] {
        let (eventos, _) = answering(200, rows);
        let error = settled_with(eventos.events().select::<Name>()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().starts_with(message), "{rows}: {error}");
    }
}

#[test]
fn a_column_that_may_be_null_must_be_there_all_the_same() {
    let id = "e1111111-1111-4111-8111-111111111111";
    for (rows, expected) in [
        (format!(r#"[{{"id": "{id}", "venue": null}}]"#), "unexpected answer at [0]: missing field `description`"),
        (format!(r#"[{{"id": "{id}", "description": null}}]"#), "unexpected answer at [0]: missing field `venue`"),
        (
            format!(r#"[{{"id": "{id}", "description": null, "venue": {{"name": "Loft"}}}}]"#),
            "unexpected answer at [0].venue: missing field `city`",
        ),
    ] {
        let (eventos, _) = answering(200, &rows);
        let error = settled_with(eventos.events().select::<Described>()).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Decode, expected), "{rows}");
    }
    let (eventos, _) = answering(200, r#"[{"id": "a1111111-1111-4111-8111-111111111111", "email": "a@example.com"}]"#);
    let error = settled_with(eventos.profiles().select::<Profile>()).unwrap_err();
    assert_eq!(error.to_string(), "unexpected answer at [0]: missing field `full_name`");
}

#[test]
fn a_newer_server_does_not_break_an_older_program() {
    let rows = r#"[
        {"id": "e1111111-1111-4111-8111-111111111111", "status": "archived", "livestream": {"url": null}},
        {"id": "e2222222-2222-4222-8222-222222222222", "status": "published", "livestream": 1}
    ]"#;
    let (eventos, _) = answering(200, rows);
    let events = settled_with(eventos.events().select::<Status>()).unwrap();
    assert_eq!(events[0].status, EventStatus::Unrecognized("archived".into()));
    assert_eq!(events[0].status.to_string(), "archived");
    assert_eq!(events[1].status, EventStatus::Published);
}

#[test]
fn an_answer_at_the_servers_limit_may_be_cut() {
    let of = |rows: usize| format!("[{}]", vec![NAME; rows].join(","));
    let read = |rows: usize, limit: Option<u64>, max_rows: u64| {
        let host = Arc::new(RecordingHost::starting_at(day(1)));
        host.answer(200, &of(rows));
        let select = client(&host).max_rows(max_rows).build().unwrap().events().select::<Name>();
        let answer = match limit {
            Some(limit) => settled_with(select.limit(limit)),
            None => settled_with(select),
        };
        answer.map(|rows| rows.len()).map_err(|error| (error.kind(), error.to_string()))
    };
    assert_eq!(read(2, None, 3), Ok(2));
    let (kind, message) = read(3, None, 3).unwrap_err();
    assert_eq!(kind, ErrorKind::Truncated);
    assert!(message.contains("`.limit(…)`") && message.contains("`.pages(…)`"), "{message}");
    assert_eq!(read(4, None, 3), Ok(4), "the server has another limit than the client was told");
    assert_eq!(read(3, Some(3), 3), Ok(3));
    assert_eq!(read(3, Some(4), 3).unwrap_err().0, ErrorKind::Truncated);
    assert_eq!(read(3, None, 0), Ok(3));
    assert_eq!(read(999, None, 1000), Ok(999));
    assert_eq!(read(1000, None, 1000).unwrap_err().0, ErrorKind::Truncated);

    let csv = |text: &str| {
        let host = Arc::new(RecordingHost::starting_at(day(1)));
        let headers = vec![("content-type".into(), "text/csv; charset=utf-8".into())];
        host.respond(Response { status: 200, headers, body: text.into() });
        settled_with(client(&host).max_rows(2).build().unwrap().events().select::<Name>().csv()).map_err(|e| e.kind())
    };
    assert!(csv("name\na\n").is_ok());
    assert!(csv("name\n\"a\nb\"\n").is_ok(), "one row of two lines");
    assert_eq!(csv("name\na\nb\n"), Err(ErrorKind::Truncated));
    assert_eq!(csv("name\na\nb"), Err(ErrorKind::Truncated));
}

#[test]
fn pages_end_at_an_empty_page_and_not_at_a_short_one() {
    let row = |id: u8| {
        let id = EventId::from_random_bytes([id; 16]);
        format!(r#"{{"id": "{id}", "name": "a", "cursor_0": "{id}"}}"#)
    };
    let host = Arc::new(RecordingHost::starting_at(day(1)));
    host.answer(200, &format!("[{},{}]", row(1), row(2)));
    host.answer(200, &format!("[{}]", row(3)));
    host.answer(200, "[]");
    let eventos = client(&host).build().unwrap();
    assert_eq!(settled_with(Box::pin(eventos.events().select::<Name>().pages(2).collect())).unwrap().len(), 3);
    assert_eq!(host.exchanges().len(), 3);

    // A limit ends them without one more request, and a page is never larger than what is left.
    let host = Arc::new(RecordingHost::starting_at(day(1)));
    host.answer(200, &format!("[{},{}]", row(1), row(2)));
    host.answer(200, &format!("[{}]", row(3)));
    let eventos = client(&host).build().unwrap();
    let pages = eventos.events().select::<Name>().limit(3).pages(2);
    assert_eq!(settled_with(Box::pin(pages.collect())).unwrap().len(), 3);
    assert!(targets(&host)[1].ends_with("&limit=1"), "{:?}", targets(&host));
    assert_eq!(host.exchanges().len(), 2);

    // A page that fails can be asked for again.
    let host = Arc::new(RecordingHost::starting_at(day(1)));
    host.answer(200, &format!("[{},{}]", row(1), row(2)));
    host.answer(500, "");
    host.answer(200, "[]");
    let mut pages = client(&host).build().unwrap().events().select::<Name>().pages(2);
    assert_eq!(settled_with(Box::pin(pages.next_page())).unwrap().unwrap().len(), 2);
    assert_eq!(settled_with(Box::pin(pages.next_page())).unwrap_err().kind(), ErrorKind::Server);
    assert_eq!(settled_with(Box::pin(pages.next_page())).unwrap().map(|rows| rows.len()), None);
    assert_eq!(targets(&host)[1], targets(&host)[2]);
    assert_eq!(settled_with(Box::pin(pages.next_page())).unwrap().map(|rows| rows.len()), None);
    assert_eq!(host.exchanges().len(), 3, "nothing is asked after the end");

    // A page without its cursor's columns leads nowhere.
    let (eventos, _) = answering(200, &format!("[{NAME}]"));
    let error = settled_with(Box::pin(eventos.events().select::<Name>().pages(2).collect())).unwrap_err();
    assert_eq!(error.to_string(), "unexpected answer at cursor_0: missing");
}

#[test]
fn another_number_of_rows_than_one() {
    let none =
        r#"{"code": "PGRST116", "message": "Cannot coerce", "details": "The result contains 0 rows", "hint": null}"#;
    let two =
        r#"{"code": "PGRST116", "message": "Cannot coerce", "details": "The result contains 2 rows", "hint": null}"#;
    let pair = format!("[{NAME},{NAME}]");
    let change = |it: &Eventos| it.events().update().set(Event::CAPACITY, 10).filter(one_event()).returning::<Name>();
    for (status, answer, read, write) in
        [(406, none, ErrorKind::NotFound, ErrorKind::NotAffected), (406, two, ErrorKind::ManyRows, ErrorKind::ManyRows)]
    {
        let (eventos, _) = answering(status, answer);
        let error = settled_with(eventos.events().select::<Name>().single()).unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (read, false));
        let (eventos, _) = answering(status, answer);
        let error = settled_with(change(&eventos).expect_one()).unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (write, false));
    }
    let maybe = |rows: &str| {
        let (eventos, _) = answering(200, rows);
        settled_with(eventos.events().select::<Name>().maybe_single()).map(|row| row.is_some()).map_err(|e| e.kind())
    };
    assert_eq!(maybe("[]"), Ok(false));
    assert_eq!(maybe(&format!("[{NAME}]")), Ok(true));
    assert_eq!(maybe(&pair), Err(ErrorKind::ManyRows));

    let (eventos, _) = answering(200, "[]");
    let error = settled_with(eventos.events().select::<Name>().with_count(Count::Exact)).unwrap_err();
    assert_eq!(error.to_string(), "unexpected answer: the answer has no count in its Content-Range header");
}

const NAME: &str = r#"{"id": "e1111111-1111-4111-8111-111111111111", "name": "a"}"#;

#[derive(Debug, Projection)]
#[projection(of = Event)]
#[expect(dead_code, reason = "reading it is what is tested")]
struct Name {
    id: EventId,
    name: String,
}

#[derive(Debug, Projection)]
#[projection(of = Event)]
#[expect(dead_code, reason = "reading it is what is tested")]
struct Described {
    id: EventId,
    description: Option<String>,
    venue: Option<Place>,
}

#[derive(Debug, Projection)]
#[projection(of = Venue)]
#[expect(dead_code, reason = "reading it is what is tested")]
struct Place {
    name: String,
    city: String,
}

#[derive(Debug, Projection)]
#[projection(of = Event)]
struct Status {
    status: EventStatus,
}

fn client(host: &Arc<RecordingHost>) -> Builder {
    Eventos::builder("https://example.supabase.co", "anon-key").host(host.clone()).retry(RetryPolicy::never())
}

fn answering(status: u16, body: &str) -> (Eventos, Arc<RecordingHost>) {
    let host = Arc::new(RecordingHost::starting_at(day(1)));
    host.answer(status, body);
    (client(&host).build().unwrap(), host)
}

fn targets(host: &RecordingHost) -> Vec<String> {
    let exchanges = host.exchanges();
    exchanges
        .iter()
        .map(|exchange| format!("{} {}", exchange.request.method.as_str(), exchange.request.target()))
        .collect()
}

fn asked(eventos: &Eventos, json: &str) -> Result<()> {
    let query = Query::from_json(json)?;
    settled(eventos.send(&query))
}

fn sent<T>(call: impl IntoFuture<Output = Result<T>>) -> Result<()> {
    settled(call.into_future())
}

fn settled<T>(call: impl Future<Output = Result<T>>) -> Result<()> {
    now(call).map(drop)
}

fn settled_with<T>(call: impl IntoFuture<Output = Result<T>>) -> Result<T> {
    now(call.into_future())
}

/// What a future gives that waits for nothing: the recording host answers at once.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a recording host answers at once"),
    }
}

fn cursor(text: &str) -> Cursor {
    text.parse().unwrap()
}

fn day(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2030, 6, day, 9, 0, 0).unwrap()
}

fn year(year: i32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, 6, 15, 9, 0, 0).unwrap()
}

fn one_event() -> Filter<Event> {
    Event::ID.eq(EventId::from_random_bytes([1; 16]))
}

fn event() -> NewEvent {
    NewEvent {
        organizer_id: ProfileId::from_random_bytes([1; 16]),
        name: "Night".into(),
        r#type: EventType::Seminar,
        start_at: day(15),
        end_at: day(16),
        capacity: 10,
        price_cents: Cents::ZERO,
    }
}

fn venue() -> NewVenue {
    NewVenue { name: "Hall".into(), address: "1 King St W".into(), capacity: 10 }
}

fn order() -> NewOrder {
    NewOrder {
        customer_id: ProfileId::from_random_bytes([1; 16]),
        event_id: EventId::from_random_bytes([1; 16]),
        quantity: 2,
        unit_price_cents: Cents::new(5_000),
        total_cents: Cents::new(10_000),
    }
}

fn ticket() -> NewTicket {
    NewTicket { event_id: EventId::from_random_bytes([1; 16]), order_id: OrderId::from_random_bytes([1; 16]) }
}

fn purchase() -> Purchase {
    Purchase {
        order_id: OrderId::from_random_bytes([1; 16]),
        customer_id: ProfileId::from_random_bytes([1; 16]),
        event_id: EventId::from_random_bytes([1; 16]),
        quantity: 2,
    }
}
