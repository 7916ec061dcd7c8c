//! From a typed query to the text of its URL: beside formatting that URL by hand, and beside the `postgrest` crate, which
//! is measured up to the request that it hands to reqwest, because only there is its URL written.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;

use chrono::{DateTime, SecondsFormat, Utc};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use eventos_benches::EventCard;
use eventos_core::query::from;
use eventos_core::{Event, EventStatus, EventType, Visibility};

const COLUMNS: &str = "id,name,slug,type,status,description,start_at,capacity,price_cents,\
    venue:venues!venue_id(name,city),organizer:profiles!organizer_id(full_name,company)";

fn listing(now: DateTime<Utc>, limit: u64) -> String {
    from::<Event>()
        .select::<EventCard>()
        .filter(Event::STATUS.eq(EventStatus::Published) & Event::VISIBILITY.eq(Visibility::Public))
        .filter(Event::START_AT.gte(now))
        .order(Event::START_AT.asc())
        .limit(limit)
        .to_request()
        .unwrap()
        .query
}

fn listing_by_hand(now: DateTime<Utc>, limit: u64) -> String {
    format!(
        "select={COLUMNS}&status=eq.{}&visibility=eq.{}&start_at=gte.{}&order=start_at.asc&limit={limit}",
        EventStatus::Published,
        Visibility::Public,
        now.to_rfc3339_opts(SecondsFormat::Secs, true),
    )
}

fn listing_by_postgrest(server: &postgrest::Postgrest, now: DateTime<Utc>, limit: usize) -> String {
    let request = server
        .from("events")
        .select(COLUMNS)
        .eq("status", "published")
        .eq("visibility", "public")
        .gte("start_at", now.to_rfc3339_opts(SecondsFormat::Secs, true))
        .order("start_at.asc")
        .limit(limit)
        .build()
        .build()
        .unwrap();
    request.url().query().unwrap().to_owned()
}

fn search(text: &str, price: i64) -> String {
    let kind = Event::TYPE.eq(EventType::Seminar) | Event::TYPE.eq(EventType::Workshop);
    let words = Event::NAME.icontains(text) | Event::DESCRIPTION.icontains(text);
    from::<Event>()
        .select::<EventCard>()
        .filter(kind & words & Event::PRICE_CENTS.lte(eventos_core::Cents::new(price)))
        .order(Event::START_AT.asc())
        .limit(20)
        .to_request()
        .unwrap()
        .query
}

fn search_by_hand(text: &str, price: i64) -> String {
    let text = percent_encoded(text);
    format!(
        "select={COLUMNS}&or=(type.eq.seminar,type.eq.workshop)\
         &or=(name.ilike.%22*{text}*%22,description.ilike.%22*{text}*%22)&price_cents=lte.{price}\
         &order=start_at.asc&limit=20"
    )
}

fn search_by_postgrest(server: &postgrest::Postgrest, text: &str, price: i64) -> String {
    let request = server
        .from("events")
        .select(COLUMNS)
        .or("type.eq.seminar,type.eq.workshop")
        .or(format!("name.ilike.\"*{text}*\",description.ilike.\"*{text}*\""))
        .lte("price_cents", price.to_string())
        .order("start_at.asc")
        .limit(20)
        .build()
        .build()
        .unwrap();
    request.url().query().unwrap().to_owned()
}

/// What a careful hand writes: everything but unreserved characters.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

fn query_build(criterion: &mut Criterion) {
    let server = postgrest::Postgrest::new("https://example.supabase.co/rest/v1");
    let now: DateTime<Utc> = "2025-06-15T09:00:00Z".parse().unwrap();
    assert_eq!(listing(now, 10), listing_by_hand(now, 10));
    assert_eq!(search("rust & friends", 5_000), search_by_hand("rust & friends", 5_000));

    let mut group = criterion.benchmark_group("query_build");
    group.bench_function(BenchmarkId::new("eventos", "listing"), |bench| {
        bench.iter(|| listing(black_box(now), black_box(10)))
    });
    group.bench_function(BenchmarkId::new("format", "listing"), |bench| {
        bench.iter(|| listing_by_hand(black_box(now), black_box(10)));
    });
    group.bench_function(BenchmarkId::new("postgrest", "listing"), |bench| {
        bench.iter(|| listing_by_postgrest(&server, black_box(now), black_box(10)));
    });
    let text = "rust & friends";
    group.bench_function(BenchmarkId::new("eventos", "search"), |bench| {
        bench.iter(|| search(black_box(text), black_box(5_000)));
    });
    group.bench_function(BenchmarkId::new("format", "search"), |bench| {
        bench.iter(|| search_by_hand(black_box(text), black_box(5_000)));
    });
    group.bench_function(BenchmarkId::new("postgrest", "search"), |bench| {
        bench.iter(|| search_by_postgrest(&server, black_box(text), black_box(5_000)));
    });
    group.finish();
}

criterion_group!(benches, query_build);
criterion_main!(benches);
