//! What JavaScript passes, as JSON.

use eventos_core::{Error, Result};
use serde::de::DeserializeOwned;

/// A call's input.
pub(crate) fn read<T: DeserializeOwned>(input: &str) -> Result<T> {
    serde_json::from_str(input).map_err(|problem| Error::invalid_json("input", &problem))
}
