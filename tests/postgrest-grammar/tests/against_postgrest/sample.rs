//! The rows that both sides are asked about, and what a condition means for them.

use std::cmp::Ordering;

use postgrest_grammar::{Condition, IsValue, Operator, Quantifier, Test};

/// The texts of the table `sample`, in the order of their ids, which begin with 1.
pub(crate) const TEXTS: [Option<&str>; 26] = [
    Some("abc"),
    Some("a b"),
    Some("a+b"),
    Some("\"abc\""),
    Some(""),
    None,
    Some("a*b"),
    Some("a%b"),
    Some("a_b"),
    Some("a;b"),
    Some("a,b"),
    Some("a)b"),
    Some("(a)"),
    Some("a\\b"),
    Some("axb"),
    Some("null"),
    Some("{a,b}"),
    Some("{}"),
    Some(" a"),
    Some("a "),
    Some("a\"b"),
    Some("\""),
    Some("\\"),
    Some("é"),
    Some("a.b"),
    Some("a&b=c"),
];

/// The statements, one a line, that make the tables.
pub(crate) fn schema() -> String {
    let mut schema = String::from(
        "create table sample (id int primary key, t text, j jsonb)\n\
         create table part (id int primary key, sample_id int references sample (id), \"order\" text, j jsonb)\n\
         create function echo(a text) returns text language sql stable as 'select a'\n",
    );
    for (text, id) in TEXTS.iter().zip(1..) {
        let text = match text {
            Some(text) => format!("'{}'", text.replace('\'', "''")),
            None => "null".to_owned(),
        };
        schema += &format!(
            "insert into sample values ({id}, {text}, '{{\"k\": [10, 20], \"a b\": \"x\", \"0\": \"zero\"}}')\n"
        );
    }
    schema + "insert into part values (1, 1, 'first', '[10]'), (2, 1, null, null), (3, 2, null, null)\n"
}

/// The ids of the rows that pass all conditions; nothing where this model does not know.
pub(crate) fn matching(conditions: &[&Condition]) -> Option<Vec<usize>> {
    let mut ids = Vec::new();
    for (id, text) in (1..).zip(TEXTS) {
        let mut passes = Some(true);
        for condition in conditions {
            passes = and(passes, holds(condition, id, text)?);
        }
        if passes == Some(true) {
            ids.push(id);
        }
    }
    Some(ids)
}

/// Outside: whether the model knows. Inside: true, false or SQL's unknown.
fn holds(condition: &Condition, id: usize, text: Option<&str>) -> Option<Option<bool>> {
    match condition {
        Condition::Column { column, negated, test } => {
            if !column.json.is_empty() {
                return None;
            }
            let id = id.to_string();
            let value = match column.name.as_str() {
                "t" => text,
                "id" => Some(id.as_str()),
                _ => return None,
            };
            Some(not_if(*negated, passes(test, value, column.name == "id")?))
        }
        Condition::All { negated, of } => {
            let mut all = Some(true);
            for child in of {
                all = and(all, holds(child, id, text)?);
            }
            Some(not_if(*negated, all))
        }
        Condition::Any { negated, of } => {
            let mut none = Some(true);
            for child in of {
                none = and(none, holds(child, id, text)?.map(|passes| !passes));
            }
            Some(not_if(!*negated, none))
        }
    }
}

fn passes(test: &Test, value: Option<&str>, is_number: bool) -> Option<Option<bool>> {
    Some(match test {
        Test::Compare(operator, wanted) => compare(*operator, value, Some(wanted), is_number)?,
        Test::CompareEach(operator, quantifier, wanted) => {
            let all = *quantifier == Quantifier::All;
            let mut outcome = Some(true);
            for wanted in wanted {
                let passes = compare(*operator, value, wanted.as_deref(), is_number)?;
                outcome = and(outcome, not_if(!all, passes));
            }
            not_if(!all, outcome)
        }
        Test::In(wanted) => {
            let mut none = Some(true);
            for wanted in wanted {
                let equal = compare(Operator::Eq, value, Some(wanted), is_number)?;
                none = and(none, not_if(true, equal));
            }
            not_if(true, none)
        }
        Test::Is(IsValue::Null) => Some(value.is_none()),
        Test::Is(_) | Test::Search(..) => return None,
        Test::DistinctFrom(wanted) => match value {
            None => Some(true),
            Some(_) => not_if(true, compare(Operator::Eq, value, Some(wanted), is_number)?),
        },
    })
}

fn compare(operator: Operator, value: Option<&str>, wanted: Option<&str>, is_number: bool) -> Option<Option<bool>> {
    let (Some(value), Some(wanted)) = (value, wanted) else {
        return Some(None);
    };
    let order =
        if is_number { value.parse::<i64>().ok()?.cmp(&wanted.parse::<i64>().ok()?) } else { value.cmp(wanted) };
    Some(Some(match operator {
        Operator::Eq => order == Ordering::Equal,
        Operator::Neq => order != Ordering::Equal,
        Operator::Lt => order == Ordering::Less,
        Operator::Lte => order != Ordering::Greater,
        Operator::Gt => order == Ordering::Greater,
        Operator::Gte => order != Ordering::Less,
        Operator::Like if !is_number => like(value, wanted)?,
        _ => return None,
    }))
}

/// SQL's LIKE; nothing for a pattern that ends in the middle of an escape.
fn like(value: &str, pattern: &str) -> Option<bool> {
    let mut pattern_rest = pattern.chars();
    match pattern_rest.next() {
        None => Some(value.is_empty()),
        Some('%') => {
            let mut matched = false;
            let starts = value.char_indices().map(|(start, _)| start).chain([value.len()]);
            for start in starts {
                matched |= like(&value[start..], pattern_rest.as_str())?;
            }
            Some(matched)
        }
        Some(first) => {
            let wanted = match first {
                '\\' => Some(pattern_rest.next()?),
                '_' => None,
                plain => Some(plain),
            };
            let mut value_rest = value.chars();
            let fits = value_rest.next().is_some_and(|next| wanted.is_none_or(|wanted| wanted == next));
            // The rest is looked at even so: it may be malformed.
            Some(like(value_rest.as_str(), pattern_rest.as_str())? && fits)
        }
    }
}

fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn not_if(negate: bool, value: Option<bool>) -> Option<bool> {
    value.map(|value| value ^ negate)
}
