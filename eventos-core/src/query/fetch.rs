//! Where a query ends: a fetch of a known shape.

use std::fmt;
use std::marker::PhantomData;

use super::{Query, settings};

/// A finished query whose answer is read as `S`. With a client it is a future: `await` it.
///
/// [`shape`](super::shape) lists what `S` can be. Its errors are those of [any query](crate::query#errors).
#[must_use = "nothing is sent until it is awaited"]
pub struct Fetch<S, C = ()> {
    pub(crate) query: Query,
    pub(crate) client: C,
    shape: PhantomData<fn() -> S>,
}

impl<S, C> Fetch<S, C> {
    pub(crate) fn new(query: Query, client: C) -> Fetch<S, C> {
        Fetch { query, client, shape: PhantomData }
    }
}

settings! {
    impl<S, C> Fetch<S, C>;
}

impl<S, C: Clone> Clone for Fetch<S, C> {
    fn clone(&self) -> Self {
        Fetch::new(self.query.clone(), self.client.clone())
    }
}

impl<S, C> fmt::Debug for Fetch<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}
