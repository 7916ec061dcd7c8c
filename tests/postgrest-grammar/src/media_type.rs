//! The `Accept` header: the form that the answer takes.

use std::collections::BTreeSet;

/// A form of answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum MediaType {
    Json,
    /// An array whose objects leave out nulls.
    JsonWithoutNulls,
    /// One object; an error unless exactly one row is found.
    Object {
        without_nulls: bool,
    },
    Csv,
    GeoJson,
    PlainText,
    Xml,
    OctetStream,
    OpenApi,
    /// The plan of the query instead of its rows.
    Plan {
        of: Box<MediaType>,
        as_json: bool,
        options: BTreeSet<String>,
    },
    /// `*/*`
    Any,
    /// One that a database may define a handler for.
    Other(String),
}

const PLAN_OPTIONS: [&str; 5] = ["analyze", "verbose", "settings", "buffers", "wal"];

impl MediaType {
    /// The media types that an `Accept` header names, the preferred one first.
    pub(crate) fn accepted(header: &str) -> Vec<Self> {
        let mut weighted: Vec<(u32, Self)> = header
            .split(',')
            .map(|name| name.replace(' ', ""))
            .map(|name| match name.split_once(";q=") {
                Some((name, weight)) => (per_mille(weight), Self::read(name)),
                None => (1000, Self::read(&name)),
            })
            .collect();
        weighted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        weighted.into_iter().map(|(_, media_type)| media_type).collect()
    }

    fn read(text: &str) -> Self {
        let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
        let parameter = |wanted: &str| {
            parameters.split(';').find_map(|parameter| {
                let (key, value) = parameter.split_once('=')?;
                key.eq_ignore_ascii_case(wanted).then(|| value.trim_matches('"'))
            })
        };
        let without_nulls = parameter("nulls") == Some("stripped");
        match name.to_ascii_lowercase().as_str() {
            "application/json" => Self::Json,
            "application/vnd.pgrst.array+json" | "application/vnd.pgrst.array" => {
                if without_nulls {
                    Self::JsonWithoutNulls
                } else {
                    Self::Json
                }
            }
            "application/vnd.pgrst.object+json" | "application/vnd.pgrst.object" => Self::Object { without_nulls },
            "text/csv" => Self::Csv,
            "application/geo+json" => Self::GeoJson,
            "text/plain" => Self::PlainText,
            "text/xml" => Self::Xml,
            "application/octet-stream" => Self::OctetStream,
            "application/openapi+json" => Self::OpenApi,
            "application/vnd.pgrst.plan" | "application/vnd.pgrst.plan+text" => {
                Self::plan(false, parameter("for"), parameter("options"))
            }
            "application/vnd.pgrst.plan+json" => Self::plan(true, parameter("for"), parameter("options")),
            "*/*" => Self::Any,
            _ => Self::Other(text.to_owned()),
        }
    }

    fn plan(as_json: bool, of: Option<&str>, options: Option<&str>) -> Self {
        let of = match of {
            // A plan of a plan has no meaning, and reading it without end has none either.
            Some(name) if !name.contains("vnd.pgrst.plan") => Self::read(name),
            _ => Self::Json,
        };
        Self::Plan {
            of: Box::new(of),
            as_json,
            options: options
                .unwrap_or_default()
                .split('|')
                .filter(|option| PLAN_OPTIONS.contains(option))
                .map(str::to_owned)
                .collect(),
        }
    }
}

fn per_mille(weight: &str) -> u32 {
    let weight: f32 = weight.parse().unwrap_or(0.0);
    (weight.clamp(0.0, 1.0) * 1000.0) as u32
}
