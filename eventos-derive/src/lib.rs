//! `#[derive(Projection)]` for `eventos-core`.

mod projection;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Derives `Projection`: the fields of a plain struct say what to fetch of each row, by name and type.
///
/// On the struct: `#[projection(of = Event)]` names the row type. On a field:
///
/// | attribute | meaning |
/// |---|---|
/// | `inner` | leaves out rows without a related row, so that the field needs no `Option` |
/// | `column = name` | the column or relation, where the field has another name |
/// | `json = "wifi->>speed"` | a place inside the JSON column that `column` names, or the field's own name |
/// | `cast = "text"` | casts the value to a PostgreSQL type |
/// | `aggregate = "sum"` | `count`, `sum`, `avg`, `min` or `max` of the column over the rows that are alike in the other fields |
/// | `count` | the number of rows that are alike in the other fields |
///
/// A field with `json`, `cast`, `aggregate` or `count` can have any type that reads from JSON: the compiler does not check it.
#[proc_macro_derive(Projection, attributes(projection))]
pub fn derive_projection(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    projection::expand(input).unwrap_or_else(syn::Error::into_compile_error).into()
}
