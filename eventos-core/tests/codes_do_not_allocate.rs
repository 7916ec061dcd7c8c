//! To validate a code costs no allocation, whatever the text.

use allocation_counter::measure;
use eventos_core::codes::{OrderNumber, QrPayload, Slug, TicketNumber};

const TEXTS: &[&str] = &[
    "",
    "ai-ml-summit-2025-e1111111",
    "AI Summit",
    "ORD-20251013-01111111",
    "ORD-20251313-01111111",
    "TKT-B1111111-251013",
    "TKT-B1111111-25101é",
    "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
    "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwd=",
];

#[test]
fn validating_allocates_nothing() {
    let validations = [Slug::validate, OrderNumber::validate, TicketNumber::validate, QrPayload::validate];
    for (text, validate) in TEXTS.iter().flat_map(|text| validations.map(|validate| (text, validate))) {
        let allocations = measure(|| {
            let _ = std::hint::black_box(validate(text));
        });
        assert_eq!(allocations.count_total, 0, "{text:?}");
    }
}

#[test]
fn parsing_allocates_the_text_alone() {
    let allocations = measure(|| {
        std::hint::black_box(OrderNumber::parse("ORD-20251013-01111111")).ok();
    });
    assert_eq!((allocations.count_total, allocations.bytes_total), (1, 21));
}
