//! Who is asking: access tokens, and the sessions they come from.

mod token;

pub use token::{AccessToken, TokenProvider};
