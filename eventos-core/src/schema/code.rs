//! The codes as column values.

use std::borrow::Cow;

use super::value::{Scalar, SqlType, TextCheck, Value};
use crate::codes::{OrderNumber, QrPayload, Slug, TicketNumber};

macro_rules! codes {
    ($($code:ident),*) => { $(
        impl Scalar for $code {
            const NAME: &'static str = stringify!($code);
            const SQL_TYPE: SqlType = SqlType::Text;
            const CHECK: Option<TextCheck> =
                Some(|text| $code::validate(text).map_err(|problem| problem.to_string()));
            fn to_value(&self) -> Value {
                Value::Text(Cow::Owned(self.as_str().to_owned()))
            }
        }
    )* };
}

codes!(Slug, OrderNumber, TicketNumber, QrPayload);
