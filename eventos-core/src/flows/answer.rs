//! What the functions of the database answer, declared as data: one reader checks them all, which keeps what a browser loads small.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::schema::{SqlType, TableDef};

/// What an answer, or a place in one, holds.
pub(super) enum Holds {
    Any,
    Flag,
    Whole,
    Text,
    Id,
    /// A point in time.
    Time,
    /// One of these texts; a column that is an enumeration holds any, because a newer server may know more.
    OneOf(&'static [&'static str]),
    /// Null, also where it is left out.
    Maybe(&'static Holds),
    List(&'static Holds),
    /// Whole numbers by any names.
    Counts,
    Object(Declared),
    /// An object with the fields of several declarations.
    Joined(&'static [Declared]),
    /// A row of a table, all of its columns.
    Row(&'static TableDef),
    /// An object whose `outcome` tells what more it has than the fields of all.
    Outcome {
        of_all: Declared,
        outcomes: &'static [(&'static str, Declared)],
    },
}

/// The fields of an object.
pub(super) type Declared = &'static [(&'static str, Holds)];

impl Holds {
    /// An object that is told apart by its `outcome` alone.
    pub(super) const fn outcome(outcomes: &'static [(&'static str, Declared)]) -> Holds {
        Holds::Outcome { of_all: &[], outcomes }
    }

    /// The answer with what is declared and nothing else: nothing that a later version of the function tells besides.
    pub(super) fn read(&self, answer: Value) -> Result<Value> {
        self.read_at(Place::Start, answer)
    }

    fn read_at(&self, place: Place<'_>, value: Value) -> Result<Value> {
        Ok(match (self, value) {
            (Holds::Any, value)
            | (Holds::Flag, value @ Value::Bool(_))
            | (Holds::Text, value @ Value::String(_))
            | (Holds::Maybe(_), value @ Value::Null) => value,
            (Holds::Whole, value) if value.is_i64() => value,
            (Holds::Id, Value::String(text)) => {
                let id = Uuid::try_parse(&text).map_err(|_| place.wrong("expected a UUID"))?;
                id.hyphenated().to_string().into()
            }
            (Holds::Time, Value::String(text)) => time(&text).ok_or_else(|| place.wrong("expected a time"))?,
            (Holds::OneOf(known), Value::String(text)) if known.contains(&text.as_str()) => text.into(),
            (Holds::Maybe(holds), value) => holds.read_at(place, value)?,
            (Holds::List(holds), Value::Array(list)) => {
                let read = |(index, value)| holds.read_at(Place::Element(&place, index), value);
                Value::Array(list.into_iter().enumerate().map(read).collect::<Result<_>>()?)
            }
            (Holds::Counts, Value::Object(counts)) if counts.values().all(Value::is_i64) => Value::Object(counts),
            (Holds::Object(fields), Value::Object(mut object)) => {
                let mut read = Map::new();
                take(fields, &mut object, place, &mut read)?;
                Value::Object(read)
            }
            (Holds::Joined(declarations), Value::Object(mut object)) => {
                let mut read = Map::new();
                for fields in *declarations {
                    take(fields, &mut object, place, &mut read)?;
                }
                Value::Object(read)
            }
            (Holds::Row(table), Value::Object(mut object)) => {
                let mut read = Map::new();
                for column in table.columns {
                    let value = column_holds(column.sql_type);
                    take_field(column.name, &value, column.is_nullable, &mut object, place, &mut read)?;
                }
                Value::Object(read)
            }
            (Holds::Outcome { of_all, outcomes }, Value::Object(mut object)) => {
                let outcome = object.remove("outcome");
                let known = outcomes.iter().find(|(name, _)| outcome.as_ref().is_some_and(|outcome| outcome == name));
                let (name, fields) =
                    known.ok_or_else(|| Place::Field(&place, "outcome").wrong("expected one that is known"))?;
                let mut read = Map::new();
                read.insert(String::from("outcome"), Value::from(*name));
                take(of_all, &mut object, place, &mut read)?;
                take(fields, &mut object, place, &mut read)?;
                Value::Object(read)
            }
            (holds, _) => return Err(place.wrong(holds.expected())),
        })
    }

    fn expected(&self) -> &'static str {
        match self {
            Holds::Any => "expected JSON",
            Holds::Flag => "expected true or false",
            Holds::Whole => "expected a whole number",
            Holds::Text => "expected a text",
            Holds::OneOf(_) => "expected one that is known",
            Holds::Id => "expected a UUID",
            Holds::Time => "expected a time",
            Holds::Maybe(holds) => holds.expected(),
            Holds::List(_) => "expected a list",
            Holds::Counts => "expected whole numbers by name",
            Holds::Object(_) | Holds::Joined(_) | Holds::Row(_) | Holds::Outcome { .. } => "expected an object",
        }
    }
}

/// What a column holds where it is not null.
const fn column_holds(sql_type: SqlType) -> Holds {
    match sql_type {
        SqlType::Integer | SqlType::BigInt => Holds::Whole,
        SqlType::Timestamptz => Holds::Time,
        SqlType::Uuid => Holds::Id,
        SqlType::Text => Holds::Text,
        SqlType::Jsonb => Holds::Any,
    }
}

fn take(
    fields: Declared,
    from: &mut Map<String, Value>,
    place: Place<'_>,
    into: &mut Map<String, Value>,
) -> Result<()> {
    for (name, holds) in fields {
        take_field(name, holds, matches!(holds, Holds::Maybe(_)), from, place, into)?;
    }
    Ok(())
}

fn take_field(
    name: &'static str,
    holds: &Holds,
    is_nullable: bool,
    from: &mut Map<String, Value>,
    place: Place<'_>,
    into: &mut Map<String, Value>,
) -> Result<()> {
    let value = match from.remove(name) {
        None | Some(Value::Null) if is_nullable => Value::Null,
        None => return Err(place.wrong(&format!("missing field `{name}`"))),
        Some(value) => holds.read_at(Place::Field(&place, name), value)?,
    };
    into.insert(name.to_owned(), value);
    Ok(())
}

/// A time as every surface writes it: RFC 3339 in UTC.
fn time(text: &str) -> Option<Value> {
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    serde_json::to_value(time.with_timezone(&Utc)).ok()
}

/// A place in an answer.
#[derive(Clone, Copy)]
enum Place<'a> {
    Start,
    Field(&'a Place<'a>, &'static str),
    Element(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn wrong(&self, problem: &str) -> Error {
        let mut path = String::new();
        self.write(&mut path);
        Error::decode(path, problem)
    }

    fn write(&self, path: &mut String) {
        match self {
            Place::Start => {}
            Place::Field(place, name) => {
                place.write(path);
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Place::Element(place, index) => {
                place.write(path);
                path.push_str(&format!("[{index}]"));
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may")]
pub(super) mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    /// Holds a declaration against its Rust type: each answer that it allows is one of the type, with nothing lost and nothing more,
    /// and each outcome that the type knows is declared.
    pub(in crate::flows) fn assert_is<T: Serialize + DeserializeOwned>(holds: &Holds) {
        if let Holds::Outcome { outcomes, .. } = holds {
            let mut none = samples(holds).swap_remove(0);
            none["outcome"] = json!("none of them");
            let problem =
                serde_json::from_value::<T>(none).err().map(|problem| problem.to_string()).unwrap_or_default();
            let known = problem.split('`').skip(3).step_by(2).collect::<Vec<_>>();
            assert_eq!(known, outcomes.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "{problem}");
        }
        for answer in samples(holds) {
            let read = holds.read(answer.clone()).unwrap();
            assert_eq!(read, answer);
            let typed: T = serde_json::from_value(read).unwrap_or_else(|problem| panic!("{problem} in {answer}"));
            assert_eq!(serde_json::to_value(typed).unwrap(), answer);
        }
    }

    /// Answers that a declaration allows, each outcome and null in one of them.
    fn samples(holds: &Holds) -> Vec<Value> {
        match holds {
            Holds::Any => vec![json!({ "any": 1 })],
            Holds::Flag => vec![json!(true)],
            Holds::Whole => vec![json!(7)],
            Holds::Text => vec![json!("text")],
            Holds::Id => vec![json!("e1111111-1111-4111-8111-111111111111")],
            Holds::Time => vec![json!("2025-06-15T09:00:00.123Z")],
            Holds::OneOf(known) => known.iter().map(|text| json!(text)).collect(),
            Holds::Maybe(holds) => samples(holds).into_iter().chain([Value::Null]).collect(),
            Holds::List(holds) => vec![json!([]), samples(holds).into()],
            Holds::Counts => vec![json!({}), json!({ "North": 3 })],
            Holds::Object(fields) => objects(&[fields]),
            Holds::Joined(declarations) => objects(declarations),
            Holds::Row(table) => [false, true].into_iter().map(|with_nulls| row(table, with_nulls)).collect(),
            Holds::Outcome { of_all, outcomes } => {
                let outcomes = outcomes.iter().flat_map(|(name, fields)| {
                    objects(&[of_all, fields]).into_iter().map(move |mut object| {
                        object.as_object_mut().unwrap().insert("outcome".to_owned(), json!(name));
                        object
                    })
                });
                outcomes.collect()
            }
        }
    }

    fn row(table: &TableDef, with_nulls: bool) -> Value {
        let columns = table.columns.iter();
        let row = columns.map(|column| {
            let value = match column.is_nullable && with_nulls {
                true => Value::Null,
                false => samples(&column_holds(column.sql_type)).swap_remove(0),
            };
            (column.name.to_owned(), value)
        });
        Value::Object(row.collect())
    }

    /// Objects of these fields: the first shows the first sample of each, another one the next.
    fn objects(declarations: &[Declared]) -> Vec<Value> {
        let fields = declarations.iter().flat_map(|fields| fields.iter());
        let fields: Vec<_> = fields.map(|(name, holds)| (*name, samples(holds))).collect();
        let count = fields.iter().map(|(_, samples)| samples.len()).max().unwrap_or(1);
        let object = |index: usize| {
            fields.iter().map(|(name, samples)| (*name, samples.get(index % samples.len()).cloned().unwrap())).collect()
        };
        (0..count).map(object).collect()
    }

    const EVENT: Holds =
        Holds::Object(&[("id", Holds::Id), ("name", Holds::Maybe(&Holds::Text)), ("sold", Holds::Whole)]);
    const ANSWER: Holds =
        Holds::outcome(&[("sold", &[("events", Holds::List(&EVENT))]), ("closed", &[("at", Holds::Time)])]);

    #[test]
    fn an_answer_is_read_as_declared() {
        let answer = json!({
            "outcome": "sold", "more": 1, "events": [{ "id": "E1111111111141118111111111111111", "sold": 3, "venue": null }],
        });
        let read = json!({
            "outcome": "sold", "events": [{ "id": "e1111111-1111-4111-8111-111111111111", "name": null, "sold": 3 }],
        });
        assert_eq!(ANSWER.read(answer).unwrap(), read);
        let closed = json!({ "outcome": "closed", "at": "2025-06-15T05:00:00-04:00" });
        assert_eq!(ANSWER.read(closed).unwrap(), json!({ "outcome": "closed", "at": "2025-06-15T09:00:00Z" }));
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_place() {
        for (answer, message) in [
            (json!([]), "unexpected answer: expected an object"),
            (json!({ "outcome": "burnt" }), "unexpected answer at outcome: expected one that is known"),
            (json!({ "outcome": "sold" }), "unexpected answer: missing field `events`"),
            (json!({ "outcome": "sold", "events": 1 }), "unexpected answer at events: expected a list"),
            (
                json!({ "outcome": "sold", "events": [{ "id": "e1", "sold": 3 }] }),
                "unexpected answer at events[0].id: expected a UUID",
            ),
            (json!({ "outcome": "closed", "at": "noon" }), "unexpected answer at at: expected a time"),
        ] {
            assert_eq!(ANSWER.read(answer).unwrap_err().to_string(), message);
        }
    }
}
