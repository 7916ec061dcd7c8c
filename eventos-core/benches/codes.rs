//! How long it takes to make, read and check one code, and to draw one symbol.

use std::hint::black_box;

use chrono::DateTime;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};
use eventos_core::codes::{OrderNumber, QrPayload, Slug, TicketNumber};
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(0xe111_1111_0000_4000_8000_0000_0000_0000);

fn codes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("codes");

    let english = "AI & Machine Learning Summit 2025";
    let slug = Slug::generate(english, ID);
    measure(&mut group, "slug: generate", || Slug::generate(black_box(english), ID));
    let german = "Größe zählt: Café Zürich — Straße Ærø";
    measure(&mut group, "slug: generate, accents", || Slug::generate(black_box(german), ID));
    measure(&mut group, "slug: parse", || Slug::parse(black_box(slug.as_str())));
    measure(&mut group, "slug: validate", || Slug::validate(black_box(slug.as_str())));

    let created_at = DateTime::from_timestamp(1_760_371_200, 0).unwrap_or_default();
    let number = OrderNumber::generate(ID, created_at);
    measure(&mut group, "order number: generate", || OrderNumber::generate(black_box(ID), created_at));
    measure(&mut group, "order number: parse", || OrderNumber::parse(black_box(number.as_str())));
    measure(&mut group, "order number: validate", || OrderNumber::validate(black_box(number.as_str())));

    let number = TicketNumber::generate(ID, created_at);
    measure(&mut group, "ticket number: generate", || TicketNumber::generate(black_box(ID), created_at));
    measure(&mut group, "ticket number: parse", || TicketNumber::parse(black_box(number.as_str())));
    measure(&mut group, "ticket number: validate", || TicketNumber::validate(black_box(number.as_str())));

    let payload = QrPayload::from_bytes([0xfb; 32]);
    let scan = format!("{}\r\n", payload.as_str().replace('+', " "));
    measure(&mut group, "QR payload: generate", || QrPayload::from_bytes(black_box([0xfb; 32])));
    measure(&mut group, "QR payload: parse", || QrPayload::parse(black_box(payload.as_str())));
    measure(&mut group, "QR payload: validate", || QrPayload::validate(black_box(payload.as_str())));
    measure(&mut group, "QR payload: read a scan", || QrPayload::from_scan(black_box(&scan)));
}

fn measure<T>(group: &mut BenchmarkGroup<'_, WallTime>, row: &str, mut code: impl FnMut() -> T) {
    group.bench_function(BenchmarkId::new("eventos", row), |bencher| bencher.iter(&mut code));
}

/// The peer is the crate `qrcode`.
#[cfg(feature = "symbol")]
fn symbols(criterion: &mut Criterion) {
    use eventos_core::codes::symbol::{ErrorCorrection, Symbol};

    let payload = QrPayload::from_bytes([0xfb; 32]);
    let mut group = criterion.benchmark_group("symbol");
    group.bench_function("eventos/SVG", |bencher| {
        bencher.iter(|| Symbol::encode(black_box(payload.as_str()), ErrorCorrection::Q).map(|symbol| symbol.to_svg()));
    });
    group.bench_function("qrcode/SVG", |bencher| {
        bencher.iter(|| {
            qrcode::QrCode::with_error_correction_level(black_box(payload.as_str()), qrcode::EcLevel::Q)
                .map(|code| code.render::<qrcode::render::svg::Color<'_>>().build())
        });
    });
    if let Ok(symbol) = Symbol::encode(payload.as_str(), ErrorCorrection::Q) {
        group.bench_function("eventos/SVG, drawing alone", |bencher| bencher.iter(|| symbol.to_svg()));
        group.bench_function("eventos/PNG, drawing alone", |bencher| bencher.iter(|| symbol.to_png(8)));
        group.bench_function("eventos/terminal, drawing alone", |bencher| bencher.iter(|| symbol.to_terminal()));
    }
}

#[cfg(not(feature = "symbol"))]
fn symbols(_: &mut Criterion) {}

criterion_group!(benches, codes, symbols);
criterion_main!(benches);
