//! Plays stories against a real server with the seed data: the one that the environment names, else an embedded one.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use eventos_tests::seeded::{self, Person};
use serde_json::Value;
use uuid::Uuid;

use crate::calls;
use crate::compare::{self, unmet};
use crate::format::{Step, Story};
use crate::play::error_json;

/// What went wrong in a story, as lines; its clean-up is played in any case.
pub(crate) async fn play(json: &Value) -> Result<Vec<String>> {
    let story: Story = serde_json::from_value(json.clone())?;
    let visitor = seeded::client(Person::Visitor).await?;
    let mut values = BTreeMap::new();
    for name in &story.fresh {
        values.insert(name.clone(), visitor.new_id::<Uuid>()?.to_string().into());
    }
    let told = steps(&story.steps, &mut values).await;
    let mut left = Vec::new();
    for step in &story.cleanup {
        left.extend(steps(std::slice::from_ref(step), &mut values).await?);
    }
    let mut wrong = told?;
    wrong.extend(left);
    Ok(wrong)
}

/// Plays steps up to the first that goes wrong.
async fn steps(steps: &[Step], values: &mut BTreeMap<String, Value>) -> Result<Vec<String>> {
    for step in steps {
        let wrong = one(step, values).await.with_context(|| step.name.clone())?;
        if !wrong.is_empty() {
            return Ok(wrong.into_iter().map(|line| format!("{}: {line}", step.name)).collect());
        }
    }
    Ok(Vec::new())
}

async fn one(step: &Step, values: &mut BTreeMap<String, Value>) -> Result<Vec<String>> {
    let input = filled(&step.input, values)?;
    let outcome = match calls::code(&step.call, &input) {
        Some(outcome) => outcome,
        None => {
            let client = seeded::client(person(&step.caller.0)?).await?;
            calls::client(&client, &step.call, &input, &input.to_string()).await
        }
    };
    let (pattern, observed) = match (&step.result, &step.error, outcome) {
        (Some(pattern), None, Ok(result)) => (filled(pattern, values)?, result),
        (None, Some(error), Err(observed)) => {
            (filled(&error.clone().into(), values)?, error_json(&observed, Some(error)))
        }
        (Some(_), None, Err(error)) => return Ok(vec![format!("expected a result, but got the error {error:?}")]),
        (None, Some(_), Ok(result)) => return Ok(vec![format!("expected an error, but got {result}")]),
        _ => bail!("a step expects either a result or an error"),
    };
    let wrong = unmet(&pattern, &observed);
    for (name, pointer) in &step.save {
        let value = observed.pointer(pointer).with_context(|| format!("{observed} has nothing at {pointer}"))?;
        values.insert(name.clone(), value.clone());
    }
    if wrong.is_empty() {
        for (place, mutant) in compare::mutants(&pattern) {
            ensure!(!unmet(&mutant, &observed).is_empty(), "another {place} would be accepted as well");
        }
    }
    Ok(wrong)
}

/// `value` with `${name}` in its texts replaced: by the value itself where nothing else stands there.
fn filled(value: &Value, values: &BTreeMap<String, Value>) -> Result<Value> {
    Ok(match value {
        Value::String(text) => match values.get(text.trim_start_matches("${").trim_end_matches('}')) {
            Some(whole) if text.starts_with("${") && text.ends_with('}') => whole.clone(),
            _ => {
                let mut text = text.clone();
                for (name, value) in values {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    text = text.replace(&format!("${{{name}}}"), &value);
                }
                ensure!(!text.contains("${"), "nothing is known by the name in {text}");
                text.into()
            }
        },
        Value::Array(list) => list.iter().map(|value| filled(value, values)).collect::<Result<Vec<_>>>()?.into(),
        Value::Object(fields) => {
            let filled = fields.iter().map(|(name, value)| Ok((name.clone(), filled(value, values)?)));
            Value::Object(filled.collect::<Result<_>>()?)
        }
        other => other.clone(),
    })
}

fn person(caller: &str) -> Result<Person> {
    Ok(match caller {
        "visitor" => Person::Visitor,
        "customer" => Person::Customer,
        "organizer" => Person::Organizer,
        "service" => Person::Service,
        other => bail!("{other} is not in the seed data"),
    })
}
