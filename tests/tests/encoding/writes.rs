//! New rows: the values go in the body, the columns and the conflict's columns in the query.

use eventos_core::query::{OnConflict, from};
use eventos_core::{ErrorKind, Insert, NewVenue, ProfileId, Venue};
use postgrest_grammar::{Missing, Resolution};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{hostile, read};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn new_rows_arrive_with_every_column_that_some_row_brings(
        rows in prop::collection::vec((hostile::text(), hostile::text(), prop::option::of(prop::option::of(hostile::text())), prop::option::of(hostile::document())), 1..4),
        resolution in prop::option::of(prop_oneof![Just(OnConflict::Merge), Just(OnConflict::Ignore)]),
    ) {
        let new = rows.iter().map(|(name, address, postal_code, amenities)| {
            let mut new = Insert::from(NewVenue { name: name.clone(), address: address.clone(), capacity: 10 });
            if let Some(postal_code) = postal_code {
                new = new.set(Venue::POSTAL_CODE, postal_code.clone());
            }
            if let Some(amenities) = amenities {
                new = new.set(Venue::AMENITIES, amenities.clone());
            }
            new
        });
        let mut insert = from::<Venue>().insert_many(new);
        if let Some(resolution) = resolution {
            insert = insert.on_conflict((Venue::NAME, Venue::CITY), resolution);
        }
        let columns = |row: &(_, _, Option<_>, Option<_>)| (row.2.is_some(), row.3.is_some());
        let is_uneven = rows.iter().any(|row| columns(row) != columns(&rows[0]));
        if is_uneven && resolution == Some(OnConflict::Merge) {
            // A row that leaves a column out would set it back to its default where it merges into another.
            prop_assert_eq!(insert.to_request().unwrap_err().kind(), ErrorKind::InvalidInput);
            return Ok(());
        }
        let request = insert.to_request().unwrap();
        let meaning = read(&request);

        let body: Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
        let sent: Vec<Value> = body.as_array().cloned().unwrap_or_else(|| vec![body]);
        let expected: Vec<Value> = rows.iter().map(|(name, address, postal_code, amenities)| {
            let mut row = json!({ "name": name, "address": address, "capacity": 10 });
            if let Some(postal_code) = postal_code {
                row["postal_code"] = json!(postal_code);
            }
            if let Some(amenities) = amenities {
                row["amenities"] = amenities.clone();
            }
            row
        }).collect();
        prop_assert_eq!(&sent, &expected);
        let columns = expected.iter().flat_map(|row| row.as_object().unwrap().keys().cloned()).collect();
        match &meaning.columns {
            Some(named) => prop_assert_eq!(named, &columns),
            None => prop_assert_eq!(rows.len(), 1),
        }
        let is_ragged = expected.iter().any(|row| row.as_object().unwrap().len() != columns.len());
        prop_assert_eq!(meaning.preferences.missing == Some(Missing::Default), is_ragged);
        prop_assert_eq!(meaning.preferences.resolution, resolution.map(|resolution| match resolution {
            OnConflict::Merge => Resolution::MergeDuplicates,
            OnConflict::Ignore => Resolution::IgnoreDuplicates,
        }));
        prop_assert_eq!(meaning.on_conflict, resolution.map(|_| vec!["city".to_owned(), "name".to_owned()]));
    }
}

/// A column given as null is null; one that was not given is left to the database.
#[test]
fn unset_null_and_value_differ() {
    let venue = || Insert::from(NewVenue { name: "A".into(), address: "B".into(), capacity: 10 });
    let body = |insert: Insert<Venue>| from::<Venue>().insert(insert).to_request().unwrap().body.unwrap();
    assert_eq!(body(venue()), r#"{"name":"A","address":"B","capacity":10}"#);
    assert_eq!(
        body(venue().set(Venue::CREATED_BY, None::<ProfileId>)),
        r#"{"name":"A","address":"B","capacity":10,"created_by":null}"#
    );
}
