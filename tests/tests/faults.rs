//! What a bad connection does to a call: what is sent again, what is not, after which pauses, and the error of each.
//!
//! Faults that the server never hears of are played by a proxy alone; those that leave a write half known are played
//! before the real server, and the database tells what became of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::fmt::Write as _;
use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use eventos_core::auth::AccessToken;
use eventos_core::codes::QrPayload;
use eventos_core::host::{BoxFuture, Host, NativeHost, RecordingHost, RetryPolicy};
use eventos_core::query::{Count, Method};
use eventos_core::wire::{Request, Response};
use eventos_core::{
    Builder, Error, ErrorKind, EventId, Eventos, Insert, NewTicket, OrderId, Projection, Result, Ticket, TicketId,
    TicketStatus, Venue,
};
use eventos_tests::proxy::{self, Fault, Proxy, answer};
use serde_json::json;

/// The first pause takes 4 to 8 ms, the second 8 to 16 ms.
const POLICY: RetryPolicy =
    RetryPolicy { tries: 3, first_pause: Duration::from_millis(8), longest_pause: Duration::from_millis(500) };
const PAUSES: [(Duration, Duration); 2] =
    [(Duration::from_millis(4), Duration::from_millis(8)), (Duration::from_millis(8), Duration::from_millis(16))];

const SECOND: Duration = Duration::from_secs(1);

const KEY: &str = "sb_publishable_this-key-must-not-show";
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.this-token-must-not-show";
const QR: &str = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/AbCdE=";

const JSON: &str = "content-type: application/json\r\n";
const HTML: &str = "content-type: text/html\r\n";
const GZIP: &str = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
const ELSEWHERE: &str = "location: https://elsewhere.example/rest/v1/tickets\r\n";

const PAGE: &str = "<html><body><h1>Under maintenance</h1></body></html>";
const CRASH: &str = r#"{"code": "XX000", "message": "internal error", "details": null, "hint": null}"#;
const NO_DATABASE: &str = r#"{"code": "PGRST001", "message": "no connection", "details": null, "hint": null}"#;
const BUSY: &str = r#"{"message": "API rate limit exceeded"}"#;

const HALF_A_HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-ty";
const HALF_A_BODY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n[{\"ticket_number\": \"TKT";
const HALF_A_CHUNK: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[{\"t\r\n";
const NO_HTTP: &str = "SSH-2.0-Open\r\n";

/// What a call comes to that meets this fault, and no other, each time.
struct Case {
    name: &'static str,
    fault: Fault,
    kind: ErrorKind,
    code: &'static str,
    is_retryable: bool,
    /// Whether what may be repeated is repeated.
    is_repeated: bool,
}

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    use ErrorKind::{Connect, Decode, Server};
    let whole = |status, headers, body| Fault::Answer(answer(status, headers, body));
    let half = |bytes: &str| Fault::AnswerAndClose(bytes.as_bytes().to_vec());
    [
        //                                                                          error    its code    retryable repeated
        ("closes before it answers",       Fault::Close,                            Connect, "connect",  true,     true),
        ("ends within the head",           half(HALF_A_HEAD),                       Connect, "connect",  true,     true),
        ("ends before its content-length", half(HALF_A_BODY),                       Connect, "connect",  true,     true),
        ("ends within a chunked body",     half(HALF_A_CHUNK),                      Connect, "connect",  true,     true),
        ("speaks something else",          half(NO_HTTP),                           Connect, "connect",  true,     true),
        ("500, the database's error",      whole(500, JSON, CRASH),                 Server,  "XX000",    true,     false),
        ("500, a page",                    whole(500, HTML, PAGE),                  Server,  "server",   true,     false),
        ("502, a page",                    whole(502, HTML, PAGE),                  Server,  "server",   true,     true),
        ("503, a page",                    whole(503, HTML, PAGE),                  Server,  "server",   true,     true),
        ("503, no database",               whole(503, JSON, NO_DATABASE),           Server,  "PGRST001", true,     true),
        ("504, nothing",                   whole(504, "", ""),                      Server,  "server",   true,     true),
        ("520, a page",                    whole(520, HTML, PAGE),                  Server,  "server",   true,     true),
        ("429",                            whole(429, JSON, BUSY),                  Server,  "server",   true,     true),
        ("429, again at once",             whole(429, "retry-after: 0\r\n", BUSY),  Server,  "server",   true,     true),
        ("429, again in a minute",         whole(429, "retry-after: 60\r\n", BUSY), Server,  "server",   true,     false),
        ("503, again in a minute",         whole(503, "retry-after: 60\r\n", PAGE), Server,  "server",   true,     false),
        ("404, a page",                    whole(404, HTML, PAGE),                  Server,  "server",   false,    false),
        ("301",                            whole(301, ELSEWHERE, ""),               Server,  "server",   false,    false),
        ("307",                            whole(307, ELSEWHERE, ""),               Server,  "server",   false,    false),
        ("200, a page",                    whole(200, HTML, PAGE),                  Decode,  "decode",   false,    false),
        ("200, no JSON",                   whole(200, JSON, "[{\"id\": "),          Decode,  "decode",   false,    false),
        ("200, JSON of another shape",     whole(200, JSON, r#"{"rows": []}"#),     Decode,  "decode",   false,    false),
        ("200, rows of another table",     whole(200, JSON, r#"[{"slug": "a"}]"#),  Decode,  "decode",   false,    false),
        ("200, compressed unasked",        whole(200, GZIP, "\u{1f}\u{8b}\u{8}"),   Decode,  "decode",   false,    false),
    ]
    .into_iter()
    .map(|(name, fault, kind, code, is_retryable, is_repeated)| Case { name, fault, kind, code, is_retryable, is_repeated })
    .collect()
}

/// A call, and whether sending it twice does no more than sending it once.
type Run = fn(Eventos) -> BoxFuture<'static, Result<()>>;

#[rustfmt::skip]
const CALLS: &[(&str, bool, Run)] = &[
    ("read",              true,  |it| Box::pin(async move { it.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr())).await.map(drop) })),
    ("single",            true,  |it| Box::pin(async move { it.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr())).single().await.map(drop) })),
    ("page",              true,  |it| Box::pin(async move { it.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr())).pages(10).next_page().await.map(drop) })),
    ("counted",           true,  |it| Box::pin(async move { it.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr())).with_count(Count::Exact).await.map(drop) })),
    ("csv",               true,  |it| Box::pin(async move { it.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr())).csv().await.map(drop) })),
    ("call by GET",       true,  |it| Box::pin(async move { it.call::<i64>("seats", json!({ "code": QR }))?.method(Method::Get).await.map(drop) })),
    ("call by POST",      false, |it| Box::pin(async move { it.call::<i64>("scan", json!({ "code": QR }))?.await.map(drop) })),
    ("repeatable call",   true,  |it| Box::pin(async move { it.call::<i64>("scan", json!({ "code": QR }))?.repeatable().await.map(drop) })),
    ("insert",            false, |it| Box::pin(async move { it.tickets().insert(a_ticket()).await })),
    ("insert, returning", false, |it| Box::pin(async move { it.tickets().insert(a_ticket()).returning::<Ticket>().expect_one().await.map(drop) })),
    ("repeatable insert", true,  |it| Box::pin(async move { it.tickets().insert(a_ticket()).repeatable().await })),
    ("update",            false, |it| Box::pin(async move { it.tickets().update().set(Ticket::STATUS, TicketStatus::Used).filter(Ticket::QR_CODE.eq(qr())).await })),
    ("update, counted",   false, |it| Box::pin(async move { it.tickets().update().set(Ticket::STATUS, TicketStatus::Used).filter(Ticket::QR_CODE.eq(qr())).affected().await.map(drop) })),
    ("delete",            false, |it| Box::pin(async move { it.tickets().delete().filter(Ticket::QR_CODE.eq(qr())).await })),
];

fn qr() -> QrPayload {
    QrPayload::from_stored(QR)
}

fn a_ticket() -> Insert<Ticket> {
    NewTicket { event_id: EventId::from_random_bytes([1; 16]), order_id: OrderId::from_random_bytes([2; 16]) }
        .set(Ticket::ID, TicketId::from_random_bytes([3; 16]))
        .set(Ticket::QR_CODE, qr())
}

#[tokio::test]
async fn each_call_meets_each_fault() {
    let mut wrong = String::new();
    let stage = Stage::alone().await;
    for case in cases() {
        for (call, is_repeatable, run) in CALLS {
            stage.forget();
            stage.proxy.plan(vec![case.fault.clone(); 4]);
            let error = match run(stage.eventos.clone()).await {
                Ok(()) => {
                    writeln!(wrong, "{call}: {}: no error", case.name).unwrap();
                    continue;
                }
                Err(error) => error,
            };
            let tries = if *is_repeatable && case.is_repeated { 3 } else { 1 };
            let sent = stage.proxy.count();
            let got = (error.kind(), error.code(), error.is_retryable(), sent);
            if got != (case.kind, case.code, case.is_retryable, tries) {
                writeln!(wrong, "{call}: {}: {got:?}: {error}", case.name).unwrap();
            }
            let pauses = stage.host.pauses();
            let are_within = pauses.iter().zip(PAUSES).all(|(pause, (least, most))| (least..=most).contains(pause));
            if pauses.len() != tries - 1 || !are_within {
                writeln!(wrong, "{call}: {}: pauses {pauses:?}", case.name).unwrap();
            }
            if shows_a_secret(&error) {
                writeln!(wrong, "{call}: {}: shows a secret: {error}: {error:?}", case.name).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[tokio::test]
async fn a_count_has_no_body_to_tell_more() {
    let counts = |stage: &Stage| {
        let tickets = stage.eventos.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr()));
        tickets.count(Count::Exact).into_future()
    };
    let no_body = |status: u16| Fault::AnswerAndClose(answer(status, JSON, ""));
    for (fault, kind, code, tries) in [
        (Fault::Close, ErrorKind::Connect, "connect", 3),
        (no_body(503), ErrorKind::Server, "server", 3),
        (no_body(500), ErrorKind::Server, "server", 1),
        (no_body(401), ErrorKind::Server, "server", 1),
        (no_body(200), ErrorKind::Decode, "decode", 1),
    ] {
        let stage = Stage::alone().await;
        stage.proxy.plan(vec![fault.clone(); 4]);
        let error = counts(&stage).await.unwrap_err();
        assert_eq!((error.kind(), error.code(), stage.proxy.count()), (kind, code, tries), "{fault:?}: {error}");
        assert!(stage.proxy.take_received().iter().all(|request| request.method == "HEAD"));
    }
    let stage = Stage::alone().await;
    let counted = answer(206, "content-range: 0-9/42\r\n", "");
    stage.proxy.plan([no_body(503), Fault::AnswerAndClose(counted)]);
    assert_eq!(counts(&stage).await.unwrap(), 42);
}

#[tokio::test]
async fn a_fault_that_passes_is_not_felt() {
    let stage = Stage::alone().await;
    let good = Fault::Answer(answer(200, JSON, "[]"));
    stage.proxy.plan([Fault::Close, Fault::Answer(answer(503, HTML, PAGE)), good]);
    assert_eq!(stage.eventos.tickets().select::<Ticket>().await.unwrap(), []);
    assert_eq!(stage.proxy.count(), 3);
}

#[tokio::test]
async fn the_policy_says_how_often() {
    let stage = Stage::with(|builder| builder.retry(RetryPolicy::never())).await;
    stage.proxy.plan(vec![Fault::Answer(answer(503, HTML, PAGE)); 2]);
    assert!(stage.eventos.tickets().select::<Ticket>().await.unwrap_err().is_retryable());
    assert_eq!(stage.proxy.count(), 1);

    let stage = Stage::with(|builder| builder.retry(RetryPolicy { tries: 6, ..POLICY })).await;
    stage.proxy.plan(vec![Fault::Answer(answer(503, HTML, PAGE)); 7]);
    assert!(stage.eventos.tickets().select::<Ticket>().await.unwrap_err().is_retryable());
    assert_eq!((stage.proxy.count(), stage.host.pauses().len()), (6, 5));
}

#[tokio::test]
async fn the_server_says_after_how_long() {
    let stage = Stage::with(|builder| builder.retry(RetryPolicy { longest_pause: SECOND, ..POLICY })).await;
    let later = Fault::Answer(answer(503, "retry-after: 1\r\n", PAGE));
    stage.proxy.plan([later.clone(), Fault::Answer(answer(200, JSON, "[]"))]);
    let started = Instant::now();
    stage.eventos.tickets().select::<Ticket>().await.unwrap();
    assert!(started.elapsed() >= SECOND);
    assert_eq!(stage.host.pauses(), [SECOND]);

    // An insert is not sent again, and its caller learns when to try.
    stage.proxy.plan([later]);
    let error = stage.eventos.tickets().insert(a_ticket()).await.unwrap_err();
    assert_eq!(error.server().unwrap().retry_after, Some(1));
}

#[tokio::test]
async fn a_server_that_refuses_connections_is_tried_again_for_reads_alone() {
    let host = Arc::new(Watched::new());
    let nobody = proxy::refusing().await.unwrap();
    let eventos = client(&nobody, host.clone()).build().unwrap();
    let error = eventos.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr())).await.unwrap_err();
    assert_eq!((error.kind(), host.sent()), (ErrorKind::Connect, 3));
    assert!(error.is_retryable() && !shows_a_secret(&error), "{error:?}");
    let error = eventos.tickets().insert(a_ticket()).await.unwrap_err();
    assert_eq!((error.kind(), host.sent()), (ErrorKind::Connect, 4));
}

#[tokio::test]
async fn a_name_that_leads_nowhere_is_a_connection_fault() {
    let host = Arc::new(Watched::new());
    let eventos = client("http://eventos.invalid", host.clone()).build().unwrap();
    let error = eventos.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr())).await.unwrap_err();
    assert_eq!((error.kind(), host.sent()), (ErrorKind::Connect, 3));
    assert!(!shows_a_secret(&error), "{error:?}");
}

#[tokio::test]
async fn no_redirect_is_followed_with_a_key() {
    let elsewhere = Proxy::alone().await.unwrap();
    let stage = Stage::alone().await;
    for status in [301, 302, 303, 307, 308] {
        for (call, _, run) in CALLS {
            let to = format!("location: {}/rest/v1/tickets\r\n", elsewhere.url());
            stage.proxy.plan([Fault::Answer(answer(status, &to, ""))]);
            let error = run(stage.eventos.clone()).await.unwrap_err();
            assert_eq!(error.server().map(|server| server.status), Some(status), "{call}");
        }
    }
    assert_eq!(elsewhere.count(), 0);
}

#[tokio::test]
async fn the_time_limit_covers_the_answer_to_its_last_byte() {
    let stage = Stage::with(|builder| builder.timeout(SECOND / 4)).await;
    let slow = Fault::Drip(answer(200, JSON, "[]"), SECOND / 50);
    let mut arrived = 0;
    for (fault, what) in [(Fault::Silence, "silence"), (slow, "a slow answer")] {
        for (call, _, run) in CALLS {
            stage.forget();
            stage.proxy.plan([fault.clone()]);
            let started = Instant::now();
            let error = run(stage.eventos.clone()).await.unwrap_err();
            assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Timeout, true), "{call}: {what}: {error}");
            assert!((SECOND / 4..SECOND * 10).contains(&started.elapsed()), "{call}: {what}");
            assert!(stage.proxy.count() <= 1, "{call}: {what}: the limit covers all tries, so there is no second");
            arrived += stage.proxy.count();
            assert!(!shows_a_secret(&error));
        }
    }
    assert!(arrived > CALLS.len(), "most requests were there before a machine that stalls could keep them: {arrived}");
}

#[tokio::test]
async fn the_time_limit_covers_all_tries_and_pauses() {
    let policy = RetryPolicy { tries: 100, first_pause: SECOND / 10, longest_pause: SECOND / 10 };
    let stage = Stage::with(|builder| builder.retry(policy)).await;
    stage.proxy.plan(vec![Fault::Answer(answer(503, HTML, PAGE)); 100]);
    let started = Instant::now();
    let read = stage.eventos.tickets().select::<Ticket>().timeout(SECOND);
    assert_eq!(read.await.unwrap_err().kind(), ErrorKind::Timeout);
    assert!((SECOND..SECOND * 4).contains(&started.elapsed()), "a hundred tries would take 5 s at least");
    let count = stage.proxy.count();
    assert!((2..=21).contains(&count), "{count} tries in a second, with pauses of 0.05 s at least");
    tokio::time::sleep(SECOND / 4).await;
    assert_eq!(stage.proxy.count(), count, "no try after the limit");
}

#[tokio::test]
async fn the_longest_and_the_shortest_limits_are_limits() {
    let stage = Stage::alone().await;
    stage.proxy.plan([Fault::Answer(answer(200, JSON, "[]"))]);
    stage.eventos.tickets().select::<Ticket>().timeout(Duration::MAX).await.unwrap();
    stage.proxy.plan([Fault::Silence]);
    let error = stage.eventos.tickets().select::<Ticket>().timeout(Duration::ZERO).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn whoever_drops_a_call_ends_it() {
    let stage = Stage::alone().await;
    stage.proxy.plan([Fault::Silence]);
    let read = tokio::spawn(stage.eventos.tickets().select::<Ticket>().into_future());
    until(|| stage.proxy.count() == 1).await;
    read.abort();
    until(|| stage.proxy.abandoned() == 1).await;
    assert_eq!(stage.proxy.count(), 1);

    // In the pause between two tries.
    let policy = RetryPolicy { tries: 3, first_pause: SECOND * 4, longest_pause: SECOND * 4 };
    let stage = Stage::with(|builder| builder.retry(policy)).await;
    stage.proxy.plan(vec![Fault::Answer(answer(503, HTML, PAGE)); 3]);
    let read = tokio::spawn(stage.eventos.tickets().select::<Ticket>().into_future());
    until(|| stage.proxy.count() == 1).await;
    tokio::time::sleep(SECOND / 5).await;
    read.abort();
    tokio::time::sleep(SECOND * 9 / 2).await;
    assert_eq!(stage.proxy.count(), 1);
}

#[tokio::test]
async fn nothing_is_sent_before_a_call_is_awaited() {
    let stage = Stage::alone().await;
    drop(stage.eventos.tickets().select::<Ticket>().into_future());
    drop(stage.eventos.tickets().insert(a_ticket()).into_future());
    tokio::time::sleep(SECOND / 10).await;
    assert_eq!((stage.proxy.count(), stage.host.sent()), (0, 0));
}

#[tokio::test]
async fn a_kept_connection_that_the_server_closed_harms_no_read_and_repeats_no_insert() {
    let good = || answer(200, JSON, "[]");
    let stage = Stage::alone().await;
    for _ in 0..10 {
        // The client sends on the kept connection, and nobody reads it.
        stage.forget();
        stage.proxy.plan([Fault::AnswerOnce(good()), Fault::Answer(good())]);
        stage.eventos.tickets().select::<Ticket>().await.unwrap();
        stage.eventos.tickets().select::<Ticket>().await.unwrap();
        assert_eq!(stage.proxy.count(), 2);
    }
    for _ in 0..10 {
        let stage = Stage::alone().await;
        stage.proxy.plan([Fault::AnswerOnce(good()), Fault::Answer(answer(201, JSON, ""))]);
        stage.eventos.tickets().select::<Ticket>().await.unwrap();
        let error = stage.eventos.tickets().insert(a_ticket()).await.unwrap_err();
        assert_eq!((error.kind(), stage.proxy.count()), (ErrorKind::Connect, 1), "it may have arrived");
    }
    for _ in 0..10 {
        // The connection is closed long before the next request, which therefore takes another.
        stage.forget();
        stage.proxy.plan([Fault::AnswerAndClose(good()), Fault::Answer(answer(201, JSON, ""))]);
        stage.eventos.tickets().select::<Ticket>().await.unwrap();
        tokio::time::sleep(SECOND / 20).await;
        stage.eventos.tickets().insert(a_ticket()).await.unwrap();
        assert_eq!(stage.proxy.count(), 2);
    }
}

#[tokio::test]
async fn a_very_large_answer_comes_whole() {
    #[derive(Projection)]
    #[projection(of = Venue)]
    struct Name {
        name: String,
    }
    let stage = Stage::with(|builder| builder.max_rows(0)).await;
    let row = format!(r#"{{"name":"{}"}}"#, "Hall ".repeat(200));
    let rows = vec![row.as_str(); 20_000].join(",");
    stage.proxy.plan([Fault::Answer(answer(200, JSON, &format!("[{rows}]")))]);
    let names = stage.eventos.venues().select::<Name>().await.unwrap();
    assert_eq!((names.len(), names[19_999].name.len()), (20_000, 1000));
}

#[tokio::test]
async fn an_error_shows_nothing_of_what_an_answer_holds() {
    let row = format!(
        r#"{{"code": "23514", "message": "new row violates", "details": "Failing row contains (1, {QR}, active)."}}"#
    );
    let key = format!(
        r#"{{"code": "23505", "message": "duplicate key", "details": "Key (qr_code)=({QR}) already exists."}}"#
    );
    let stage = Stage::alone().await;
    for (status, body, shown) in [
        (400, row.as_str(), "new row violates"),
        (409, &key, "Key (qr_code)=(…) already exists."),
        (200, &format!(r#"[{{"id": "{QR}"}}]"#), "UUID"),
        (200, &format!(r#"[{{"status": ["{QR}"]}}]"#), "invalid type: sequence"),
        (200, &format!(r#"["{QR}"]"#), "invalid type: a string, expected struct Ticket"),
        (200, &format!(r#"[{{"checked_in_at": "{QR}"}}]"#), "[0].checked_in_at"),
        (200, &format!(r#"[{{"checked_in_at": {{"{QR}": 1}}}}]"#), "invalid type: map"),
        (200, QR, "not JSON"),
    ] {
        stage.proxy.plan([Fault::Answer(answer(status, JSON, body))]);
        let error = stage.eventos.tickets().select::<Ticket>().await.unwrap_err();
        assert!(!shows_a_secret(&error), "{error:?}");
        assert!(format!("{error} {error:?}").contains(shown), "{error:?}");
    }
}

#[tokio::test]
async fn nothing_that_can_be_printed_shows_a_secret() {
    let stage = Stage::alone().await;
    let read = stage.eventos.tickets().select::<Ticket>().filter(Ticket::QR_CODE.eq(qr()));
    let host = Arc::new(RecordingHost::starting_at(DateTime::UNIX_EPOCH));
    let recorded = client("https://example.supabase.co", host.clone()).build().unwrap();
    for (_, _, run) in CALLS {
        assert!(run(recorded.clone()).await.is_err());
    }
    let exchanges = host.exchanges();
    let sent = exchanges.iter().map(|exchange| &exchange.request);
    assert!(sent.clone().all(|request| request.header("apikey") == Some(KEY)));
    assert!(sent.clone().all(|request| request.header("authorization").unwrap().ends_with(TOKEN)));
    for shown in [
        format!("{:?}", client("https://example.supabase.co", host.clone())),
        format!("{:?}", stage.eventos),
        format!("{:?} {:?}", stage.eventos.tickets(), AccessToken::new(TOKEN)),
        format!("{read:?} {:?} {:?}", read.clone().single(), read.clone().pages(10)),
        format!("{:?}", read.clone().header("x-door", TOKEN).into_query()),
        format!("{:?} {:?}", a_ticket(), stage.eventos.tickets().insert(a_ticket())),
        format!("{:?}", stage.eventos.call::<i64>("scan", json!({ "code": QR })).unwrap()),
        format!("{exchanges:?} {host:?}"),
    ] {
        assert!(!holds_a_secret(&shown), "{shown}");
    }
}

fn shows_a_secret(error: &Error) -> bool {
    holds_a_secret(&format!("{error} {error:?} {}", error.code()))
}

fn holds_a_secret(text: &str) -> bool {
    let encoded_qr = QR.replace('+', "%2B").replace('=', "%3D");
    [KEY, TOKEN, "this-token", QR, "AbCdEf", &encoded_qr].iter().any(|secret| text.contains(secret))
}

/// Waits for what must come soon.
async fn until(holds: impl Fn() -> bool) {
    for _ in 0..1000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not come within 10 s");
}

fn client(url: &str, host: Arc<dyn Host>) -> Builder {
    Eventos::builder(url, KEY).tokens(Arc::new(AccessToken::new(TOKEN))).host(host).retry(POLICY)
}

/// A client, what it lends from, and the proxy that it asks.
struct Stage {
    proxy: Proxy,
    host: Arc<Watched>,
    eventos: Eventos,
}

impl Stage {
    /// Before nothing: for faults that no server hears of.
    async fn alone() -> Stage {
        Stage::with(|builder| builder).await
    }

    async fn with(settings: impl FnOnce(Builder) -> Builder) -> Stage {
        let proxy = Proxy::alone().await.unwrap();
        let host = Arc::new(Watched::new());
        let eventos = settings(client(proxy.url(), host.clone())).build().unwrap();
        Stage { proxy, host, eventos }
    }

    /// Begins anew: nothing is planned, nothing was sent.
    fn forget(&self) {
        self.proxy.take_received();
        *self.host.sent.lock().unwrap() = 0;
        self.host.pauses.lock().unwrap().clear();
    }
}

/// The native host, and how often it sent and how long it slept to the end.
struct Watched {
    native: NativeHost,
    sent: Mutex<usize>,
    pauses: Mutex<Vec<Duration>>,
}

impl Watched {
    fn new() -> Watched {
        Watched { native: NativeHost::new().unwrap(), sent: Mutex::default(), pauses: Mutex::default() }
    }

    fn sent(&self) -> usize {
        *self.sent.lock().unwrap()
    }

    fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().unwrap().clone()
    }
}

impl Host for Watched {
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        *self.sent.lock().unwrap() += 1;
        self.native.send(base, request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.native.sleep(duration).await;
            self.pauses.lock().unwrap().push(duration);
        })
    }

    fn now(&self) -> DateTime<Utc> {
        self.native.now()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        self.native.fill_random(bytes)
    }
}
