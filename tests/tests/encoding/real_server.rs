//! A real PostgREST before PostgreSQL finds the rows that a condition means, and no other.
//!
//! The conditions are generated with a function that says for each row whether it holds, in SQL's logic of three values.

use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

use eventos_backend::{Backend, Endpoint, Options, Rest};
use eventos_core::query::{Filter, Quantified, QuantifiedText};
use eventos_core::{Eventos, Insert, NewVenue, Projection, Venue, VenueId};
use postgrest_grammar::Operator;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::hostile;
use crate::patterns::matches;

const ROWS: usize = 60;
const CONDITIONS: u32 = 400;

#[derive(Projection, Clone, Debug)]
#[projection(of = Venue)]
struct Place {
    id: VenueId,
    name: String,
    postal_code: Option<String>,
    capacity: i32,
    amenities: Value,
}

#[derive(Projection)]
#[projection(of = Venue)]
struct Found {
    id: VenueId,
}

/// A condition, and whether it holds for a row; `None` where SQL does not know.
#[derive(Clone)]
struct Meant {
    filter: Filter<Venue>,
    holds: Rc<dyn Fn(&Place) -> Option<bool>>,
}

#[test]
fn a_real_postgrest_finds_the_rows_that_are_meant() {
    let (endpoint, _backend) = match real_server() {
        Ok(server) => server,
        Err(missing) => return println!("skipped: {missing}"),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let eventos = Eventos::connect(&endpoint.url, &endpoint.service_key).unwrap();
    let mut runner = TestRunner::new(Config { cases: CONDITIONS, failure_persistence: None, ..Config::default() });
    let city = format!("encoding test {:08x}", std::process::id());
    let places = rows(&mut runner);
    let new = places.iter().map(|place| new_venue(place, &city));
    runtime.block_on(async { eventos.venues().insert_many(new).await }).unwrap();

    let mut non_empty = 0;
    let outcome = runner.run(&(condition(places.clone())), |Meant { filter, holds }| {
        let expected: BTreeSet<String> =
            places.iter().filter(|place| holds(place) == Some(true)).map(|place| place.id.to_string()).collect();
        let select = eventos.venues().select::<Found>().filter(Venue::CITY.eq(&city)).filter(filter);
        let target = select.to_request().unwrap().target();
        let found = runtime
            .block_on(async { select.await })
            .map_err(|error| TestCaseError::fail(format!("{target}: {error}")))?;
        let found: BTreeSet<String> = found.into_iter().map(|place| place.id.to_string()).collect();
        prop_assert_eq!(found, expected, "{}", target);
        Ok(())
    });
    for _ in 0..CONDITIONS {
        let meant = condition(places.clone()).new_tree(&mut runner).unwrap().current();
        non_empty += u32::from(places.iter().any(|place| (meant.holds)(place) == Some(true)));
    }
    runtime.block_on(async { eventos.venues().delete().filter(Venue::CITY.eq(&city)).await }).unwrap();
    outcome.unwrap();
    assert!(non_empty >= CONDITIONS / 4, "only {non_empty} conditions find a row: too few to prove anything");
}

/// The server of the environment unless it is lite, whose reading of conditions differs; else an embedded one.
fn real_server() -> Result<(Endpoint, Option<Backend>), String> {
    if let Some(named) = Endpoint::from_env().unwrap() {
        return if named.is_lite() { Err("lite reads conditions in its own way".into()) } else { Ok((named, None)) };
    }
    match eventos_backend::install_postgrest(|_| ()) {
        Ok(Some(binary)) => {
            let backend = Backend::start(Options::throwaway().seeds([]).rest(Rest::Postgrest(binary))).unwrap();
            Ok((backend.endpoint().clone(), Some(backend)))
        }
        Ok(None) => Err("there is no PostgREST for this machine: name one in EVENTOS_POSTGREST".into()),
        Err(problem) => Err(format!("no PostgREST: {problem:#}")),
    }
}

fn rows(runner: &mut TestRunner) -> Vec<Place> {
    let row = (hostile::text(), prop::option::of(hostile::text()), 10..50_i32, hostile::text(), hostile::text());
    let ids = any::<u128>();
    (0..ROWS)
        .map(|_| {
            let (name, postal_code, capacity, key, text) = row.new_tree(runner).unwrap().current();
            Place {
                id: VenueId::new(Uuid::from_u128(ids.new_tree(runner).unwrap().current())),
                name,
                postal_code,
                capacity,
                amenities: json!({ key: text, "wifi": capacity % 2 == 0 }),
            }
        })
        .collect()
}

fn new_venue(place: &Place, city: &str) -> Insert<Venue> {
    Insert::from(NewVenue { name: place.name.clone(), address: "1".into(), capacity: place.capacity })
        .set(Venue::ID, place.id)
        .set(Venue::CITY, city)
        .set(Venue::POSTAL_CODE, place.postal_code.clone())
        .set(Venue::AMENITIES, place.amenities.clone())
}

fn condition(places: Vec<Place>) -> BoxedStrategy<Meant> {
    comparison(places)
        .prop_recursive(3, 6, 3, |inner| {
            let parts = prop::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                parts.clone().prop_map(|parts| {
                    let all = Filter::all(parts.iter().map(|part| part.filter.clone()));
                    meant(all, move |place| and(parts.iter().map(|part| (part.holds)(place))))
                }),
                parts.prop_map(|parts| {
                    let any = Filter::any(parts.iter().map(|part| part.filter.clone()));
                    meant(any, move |place| not(and(parts.iter().map(|part| not((part.holds)(place))))))
                }),
                inner.prop_map(|part| meant(!part.filter, move |place| not((part.holds)(place)))),
            ]
        })
        .boxed()
}

/// A comparison with a row's own text, so that it finds something, or with any other.
fn comparison(places: Vec<Place>) -> impl Strategy<Value = Meant> {
    let names: Vec<String> = places.iter().map(|place| place.name.clone()).collect();
    let codes: Vec<String> =
        places.iter().filter_map(|place| place.postal_code.clone()).chain([String::new()]).collect();
    let keys: Vec<String> =
        places.iter().flat_map(|place| place.amenities.as_object().unwrap().keys().cloned()).collect();
    let a_name = prop_oneof![3 => select(names.clone()), 1 => hostile::text()];
    let a_code = prop_oneof![3 => select(codes), 1 => hostile::text()];
    let a_key = prop_oneof![3 => select(keys), 1 => hostile::text()];
    prop_oneof![
        4 => by_name(a_name.clone().boxed(), names),
        3 => (a_code, 0..5_usize).prop_map(|(code, which)| by_postal_code(code, which)),
        2 => (10..50_i32, prop::collection::vec(10..50_i32, 0..3), 0..6_usize).prop_map(|(number, list, which)| by_capacity(number, list, which)),
        2 => (a_key, a_name, 0..3_usize).prop_map(|(key, text, which)| by_amenity(key, text, which)),
    ]
}

fn by_name(a_name: BoxedStrategy<String>, names: Vec<String>) -> impl Strategy<Value = Meant> {
    let list = prop::collection::vec(a_name.clone(), 0..4);
    let part = (select(names), any::<Index>(), any::<Index>()).prop_map(|(name, from, to)| {
        let letters: Vec<char> = name.chars().collect();
        let (from, to) = (from.index(letters.len() + 1), to.index(letters.len() + 1));
        letters[from.min(to)..from.max(to)].iter().collect::<String>()
    });
    let needle = prop_oneof![2 => part, 1 => a_name.clone()];
    prop_oneof![
        (a_name, any::<bool>()).prop_map(|(text, equal)| {
            let filter = if equal { Venue::NAME.eq(&text) } else { Venue::NAME.neq(&text) };
            meant(filter, move |place| Some((place.name == text) == equal))
        }),
        (list.clone(), 0..3_usize).prop_map(|(list, which)| {
            let filter = match which {
                0 => Venue::NAME.in_(&list),
                1 => Venue::NAME.any(Quantified::Eq, &list),
                _ => Venue::NAME.all(Quantified::Eq, &list),
            };
            meant(filter, move |place| {
                let mut equal = list.iter().map(|text| *text == place.name);
                Some(if which == 2 { equal.all(|equal| equal) } else { equal.any(|equal| equal) })
            })
        }),
        (list, any::<bool>()).prop_map(|(list, every)| {
            let patterns: Vec<String> = list.iter().map(|text| as_pattern(text)).collect();
            let filter = if every {
                Venue::NAME.all_patterns(QuantifiedText::Like, &patterns)
            } else {
                Venue::NAME.any_pattern(QuantifiedText::Like, &patterns)
            };
            meant(filter, move |place| {
                let mut found =
                    patterns.iter().map(|pattern| matches(&(Operator::Like, pattern.replace('*', "%")), &place.name));
                Some(if every { found.all(|found| found) } else { found.any(|found| found) })
            })
        }),
        (needle, 0..3_usize).prop_map(|(needle, which)| match which {
            0 => meant(Venue::NAME.contains(&needle), move |place| Some(place.name.contains(&needle))),
            1 => meant(Venue::NAME.starts_with(&needle), move |place| Some(place.name.starts_with(&needle))),
            _ => meant(Venue::NAME.ends_with(&needle), move |place| Some(place.name.ends_with(&needle))),
        }),
    ]
}

/// A `LIKE` pattern for this text, in which a `*` stands for any text.
fn as_pattern(text: &str) -> String {
    let mut pattern = String::new();
    for character in text.chars() {
        if matches!(character, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

fn by_postal_code(code: String, which: usize) -> Meant {
    match which {
        0 => meant(Venue::POSTAL_CODE.eq(&code), move |place| place.postal_code.as_ref().map(|own| *own == code)),
        1 => meant(Venue::POSTAL_CODE.neq(&code), move |place| place.postal_code.as_ref().map(|own| *own != code)),
        2 => meant(Venue::POSTAL_CODE.is_null(), |place| Some(place.postal_code.is_none())),
        3 => meant(Venue::POSTAL_CODE.is_distinct_from(&code), move |place| {
            Some(place.postal_code.as_ref() != Some(&code))
        }),
        _ => meant(Venue::POSTAL_CODE.in_([&code]), move |place| place.postal_code.as_ref().map(|own| *own == code)),
    }
}

fn by_capacity(number: i32, list: Vec<i32>, which: usize) -> Meant {
    match which {
        0 => meant(Venue::CAPACITY.gt(number), move |place| Some(place.capacity > number)),
        1 => meant(Venue::CAPACITY.gte(number), move |place| Some(place.capacity >= number)),
        2 => meant(Venue::CAPACITY.lt(number), move |place| Some(place.capacity < number)),
        3 => meant(Venue::CAPACITY.lte(number), move |place| Some(place.capacity <= number)),
        4 => meant(Venue::CAPACITY.in_(&list), move |place| Some(list.contains(&place.capacity))),
        _ => meant(Venue::CAPACITY.all(Quantified::Gt, &list), move |place| {
            Some(list.iter().all(|number| place.capacity > *number))
        }),
    }
}

fn by_amenity(key: String, text: String, which: usize) -> Meant {
    let own = move |place: &Place, key: &str| match &place.amenities[key] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    match which {
        0 => meant(Venue::AMENITIES.text(key.clone()).eq(&text), move |place| own(place, &key).map(|own| own == text)),
        1 => meant(Venue::AMENITIES.key(key.clone()).is_null(), move |place| Some(own(place, &key).is_none())),
        _ => meant(Venue::AMENITIES.contains_json(json!({ key.clone(): text })), move |place| {
            Some(place.amenities[&key] == Value::String(text.clone()))
        }),
    }
}

fn meant(filter: Filter<Venue>, holds: impl Fn(&Place) -> Option<bool> + 'static) -> Meant {
    Meant { filter, holds: Rc::new(holds) }
}

fn not(held: Option<bool>) -> Option<bool> {
    held.map(|held| !held)
}

fn and(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<Option<bool>> = parts.collect();
    if parts.contains(&Some(false)) {
        return Some(false);
    }
    (!parts.contains(&None)).then_some(true)
}

impl fmt::Debug for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.filter.fmt(f)
    }
}
