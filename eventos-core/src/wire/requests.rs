//! Every query as the request that asks it.

use super::encode::encode;
use super::request::Request;
use crate::error::Result;
use crate::query::{self, Bounded, Call, Delete, Fetch, InsertRows, Query, Returning, Select, Update};

impl Query {
    /// The request that asks it, without the server's address and the caller's keys.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where a value breaks a rule of its column or row, an embed's
    /// condition names a relation that the selection does not embed, or a header holds a character that none may.
    pub fn to_request(&self) -> Result<Request> {
        query::check(self)?;
        encode(self)
    }
}

macro_rules! requests {
    ($(impl<$($param:ident),*> $builder:ty $(where $state:ident: $bound:path)?;)*) => { $(
        impl<$($param),*> $builder {
            /// The request, without the server's address and the caller's keys.
            ///
            /// # Errors
            ///
            /// As [`Query::to_request`].
            pub fn to_request(&self) -> Result<Request>
            $(where $state: $bound)?
            {
                self.query.to_request()
            }
        }
    )* };
}

requests! {
    impl<T, P, C> Select<T, P, C>;
    impl<T, C> InsertRows<T, C>;
    impl<T, F, C> Update<T, F, C> where F: Bounded<T>;
    impl<T, F, C> Delete<T, F, C> where F: Bounded<T>;
    impl<T, P, C> Returning<T, P, C>;
    impl<R, C> Call<R, C>;
    impl<S, C> Fetch<S, C>;
}
