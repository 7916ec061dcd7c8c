//! The typed builders say what the dynamic form says: both make one request.

use eventos_core::query::{Filter, Quantified, QuantifiedText, Query, TextSearch, from};
use eventos_core::{Venue, VenueId};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::hostile;

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_forms_make_one_request(filters in prop::collection::vec(filter(), 0..3)) {
        let (typed, json): (Vec<Filter<Venue>>, Vec<Value>) = filters.into_iter().unzip();
        let select = typed.into_iter().fold(from::<Venue>().select::<Venue>(), |select, filter| select.filter(filter));
        let json = json!({ "from": "venues", "where": json }).to_string();
        let dynamic = Query::from_json(&json).unwrap().to_request().unwrap();
        prop_assert_eq!(select.to_request().unwrap().target(), dynamic.target());
    }
}

type Both = (Filter<Venue>, Value);

fn filter() -> impl Strategy<Value = Both> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone())
                .prop_map(|((a, a_json), (b, b_json))| (Filter::all([a, b]), json!({ "and": [a_json, b_json] }))),
            (inner.clone(), inner.clone())
                .prop_map(|((a, a_json), (b, b_json))| (Filter::any([a, b]), json!({ "or": [a_json, b_json] }))),
            inner.prop_map(|(filter, json)| (!filter, json!({ "not": json }))),
        ]
    })
}

fn leaf() -> impl Strategy<Value = Both> {
    let texts = prop::collection::vec(hostile::text(), 0..3);
    let of_text = hostile::text().prop_flat_map(|text| {
        proptest::sample::select(vec![
            (Venue::NAME.eq(&text), json!(["name", "eq", text])),
            (Venue::NAME.neq(text.as_str()), json!(["name", "neq", text])),
            (Venue::NAME.gt(&text), json!(["name", "gt", text])),
            (Venue::POSTAL_CODE.gte(&text), json!(["postal_code", "gte", text])),
            (Venue::POSTAL_CODE.lt(&text), json!(["postal_code", "lt", text])),
            (Venue::NAME.lte(&text), json!(["name", "lte", text])),
            (Venue::NAME.is_distinct_from(&text), json!(["name", "isdistinct", text])),
            (Venue::NAME.like(&text), json!(["name", "like", text])),
            (Venue::NAME.ilike(&text), json!(["name", "ilike", text])),
            (Venue::NAME.matches(&text), json!(["name", "match", text])),
            (Venue::NAME.imatches(&text), json!(["name", "imatch", text])),
            (Venue::NAME.contains(&text), json!(["name", "contains", text])),
            (Venue::NAME.icontains(&text), json!(["name", "icontains", text])),
            (Venue::NAME.starts_with(&text), json!(["name", "starts_with", text])),
            (Venue::NAME.istarts_with(&text), json!(["name", "istarts_with", text])),
            (Venue::NAME.ends_with(&text), json!(["name", "ends_with", text])),
            (Venue::NAME.iends_with(&text), json!(["name", "iends_with", text])),
            (Venue::NAME.search(TextSearch::raw(&text)), json!(["name", "fts", text])),
            (Venue::NAME.search(TextSearch::plain(&text).config("english")), json!(["name", "plfts(english)", text])),
            (Venue::NAME.search(TextSearch::phrase(&text)), json!(["name", "phfts", text])),
            (Venue::NAME.search(TextSearch::web(&text)), json!(["name", "wfts", text])),
            (Venue::AMENITIES.key("a").text("b").eq(&text), json!(["amenities->a->>b", "eq", text])),
            (Venue::AMENITIES.key("list").text_at(-1).ilike(&text), json!(["amenities->list->>-1", "ilike", text])),
            (Venue::AMENITIES.key("a b").is_null(), json!(["amenities->a b", "is", null])),
            (Venue::POSTAL_CODE.is_not_null(), json!({ "not": ["postal_code", "is", null] })),
        ])
    });
    let of_texts = texts.prop_flat_map(|texts| {
        proptest::sample::select(vec![
            (Venue::NAME.in_(&texts), json!(["name", "in", texts])),
            (Venue::NAME.any(Quantified::Eq, &texts), json!(["name", "eq(any)", texts])),
            (Venue::NAME.all(Quantified::Gte, &texts), json!(["name", "gte(all)", texts])),
            (Venue::NAME.any_pattern(QuantifiedText::Like, &texts), json!(["name", "like(any)", texts])),
            (Venue::NAME.all_patterns(QuantifiedText::Imatch, &texts), json!(["name", "imatch(all)", texts])),
        ])
    });
    let of_others = (any::<i32>(), any::<u128>(), hostile::document()).prop_flat_map(|(number, id, document)| {
        let id = VenueId::new(uuid::Uuid::from_u128(id));
        proptest::sample::select(vec![
            (Venue::CAPACITY.gte(number), json!(["capacity", "gte", number])),
            (Venue::ID.eq(id), json!(["id", "eq", id])),
            (Venue::AMENITIES.contains_json(document.clone()), json!(["amenities", "cs", document])),
            (Venue::AMENITIES.contained_by_json(document.clone()), json!(["amenities", "cd", document])),
            (Venue::AMENITIES.key("x").eq(document.clone()), json!(["amenities->x", "eq", document])),
        ])
    });
    prop_oneof![3 => of_text, 2 => of_texts, 1 => of_others]
}
