//! What the client adds to a request: beside bare reqwest sending the same request to the same server and reading the
//! same rows, over 16 connections of one pool.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use eventos_benches::{EventCard, answer};
use eventos_core::host::NativeHost;
use eventos_core::query::from;
use eventos_core::{Event, EventStatus, Eventos};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

const CONNECTIONS: usize = 16;
const REQUESTS_EACH: usize = 8;
const KEY: &str = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJl";

/// Answers every request with ten events.
async fn serve(listener: TcpListener) {
    let body = answer(10);
    let mut response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    response.extend(body);
    let response = Arc::new(response);
    while let Ok((mut stream, _)) = listener.accept().await {
        let response = Arc::clone(&response);
        tokio::spawn(async move {
            let mut request: Vec<u8> = Vec::new();
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = stream.read(&mut chunk).await {
                request.extend(chunk.iter().take(read));
                while let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") {
                    request.drain(..end + 4);
                    if stream.write_all(&response).await.is_err() {
                        return;
                    }
                }
            }
        });
    }
}

async fn ours(eventos: Eventos) {
    for _ in 0..REQUESTS_EACH {
        let events = eventos
            .events()
            .select::<EventCard>()
            .filter(Event::STATUS.eq(EventStatus::Published))
            .order(Event::START_AT.asc())
            .limit(10)
            .await
            .unwrap();
        assert_eq!(events.len(), 10);
    }
}

async fn bare(client: reqwest::Client, url: Arc<str>) {
    for _ in 0..REQUESTS_EACH {
        let response = client
            .get(url.as_ref())
            .header("accept", "application/json")
            .header("apikey", KEY)
            .header("authorization", format!("Bearer {KEY}"))
            .send()
            .await
            .unwrap();
        let events: Vec<EventCard> = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        assert_eq!(events.len(), 10);
    }
}

async fn at_once<F: Future<Output = ()> + Send + 'static>(task: impl Fn() -> F) {
    let tasks: Vec<_> = (0..CONNECTIONS).map(|_| tokio::spawn(task())).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

fn overhead(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    runtime.spawn(serve(listener));

    let client = reqwest::Client::new();
    let eventos =
        Eventos::builder(&address, KEY).host(Arc::new(NativeHost::with_client(client.clone()))).build().unwrap();
    let query = from::<Event>()
        .select::<EventCard>()
        .filter(Event::STATUS.eq(EventStatus::Published))
        .order(Event::START_AT.asc())
        .limit(10);
    let url: Arc<str> = format!("{address}/rest/v1{}", query.to_request().unwrap().target()).into();

    // Both are measured in turn, round by round, so that they meet the same machine; criterion then reads the record.
    let (ours, bare) = (|| ours(eventos.clone()), || bare(client.clone(), Arc::clone(&url)));
    runtime.block_on(in_turn(WARM_UP, ours, bare));
    let rounds = runtime.block_on(in_turn(ROUNDS, ours, bare));

    let mut group = criterion.benchmark_group("overhead");
    group.throughput(Throughput::Elements((CONNECTIONS * REQUESTS_EACH) as u64));
    for (name, took) in [
        ("eventos", rounds.iter().map(|round| round.0).collect()),
        ("reqwest", rounds.iter().map(|round| round.1).collect::<Vec<_>>()),
    ] {
        let mut record = took.iter().cycle();
        group.bench_function(name, |bench| {
            bench.iter_custom(|wanted| (0..wanted).filter_map(|_| record.next()).sum());
        });
    }
    group.finish();
}

const WARM_UP: u32 = 300;
const ROUNDS: u32 = 3000;

/// How long each of two tasks takes in each of so many rounds.
async fn in_turn<F, G>(
    rounds: u32,
    first: impl Fn() -> F + Copy,
    second: impl Fn() -> G + Copy,
) -> Vec<(Duration, Duration)>
where
    F: Future<Output = ()> + Send + 'static,
    G: Future<Output = ()> + Send + 'static,
{
    let mut record = Vec::new();
    for _ in 0..rounds {
        let start = Instant::now();
        at_once(first).await;
        let between = Instant::now();
        at_once(second).await;
        record.push((between - start, between.elapsed()));
    }
    record
}

criterion_group!(benches, overhead);
criterion_main!(benches);
