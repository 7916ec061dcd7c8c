//! From the bytes of an answer to 1,000 rows with two embeds: beside serde_json into the same structs, as serde's own
//! derive reads them.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;

use chrono::{DateTime, Utc};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use eventos_benches::{EventCard, answer};
use eventos_core::wire::Response;
use serde::Deserialize;

#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read from JSON")]
struct PlainVenue {
    name: String,
    city: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read from JSON")]
struct PlainOrganizer {
    full_name: Option<String>,
    company: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read from JSON")]
struct PlainCard {
    id: eventos_core::EventId,
    name: String,
    slug: eventos_core::codes::Slug,
    r#type: eventos_core::EventType,
    status: eventos_core::EventStatus,
    description: Option<String>,
    start_at: DateTime<Utc>,
    capacity: i32,
    price_cents: eventos_core::Cents,
    venue: Option<PlainVenue>,
    organizer: Option<PlainOrganizer>,
}

fn decode(criterion: &mut Criterion) {
    let response =
        Response { status: 200, headers: vec![("content-type".into(), "application/json".into())], body: answer(1000) };
    assert_eq!(response.rows::<EventCard>().unwrap().len(), 1000);

    let mut group = criterion.benchmark_group("decode");
    group.throughput(Throughput::Elements(1000));
    group.bench_function("eventos", |bench| bench.iter(|| black_box(&response).rows::<EventCard>().unwrap()));
    group.bench_function("serde_json", |bench| {
        bench.iter(|| serde_json::from_slice::<Vec<PlainCard>>(&black_box(&response).body).unwrap());
    });
    group.finish();
}

criterion_group!(benches, decode);
criterion_main!(benches);
