//! From a struct to its `Projection` and `Deserialize`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, Ident, LitStr, Path, Result, Type};

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let row = row_type(&input)?;
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "only a struct says what to fetch: its fields name columns"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(syn::Error::new_spanned(&input.ident, "name the fields: their names are the columns to fetch"));
    };
    if let Some(parameter) = input.generics.params.first() {
        return Err(syn::Error::new_spanned(parameter, "a projection cannot be generic: its columns are fixed"));
    }

    let name = &input.ident;
    let fields: Vec<Projected> = fields.named.iter().map(Projected::read).collect::<Result<_>>()?;
    let items: Vec<TokenStream> = fields.iter().map(|field| field.item(&row)).collect::<Result<_>>()?;
    let definitions = fields.iter().map(Projected::definition);
    let shadow = format_ident!("__{}Fields", name);
    let remote = LitStr::new(&name.unraw().to_string(), name.span());

    Ok(quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl ::eventos_core::Projection for #name {
            type Table = #row;
            const SELECTION: &'static [::eventos_core::query::Item] = &[#(#items),*];

            fn select_text() -> &'static ::eventos_core::__private::OnceLock<::std::string::String> {
                static TEXT: ::eventos_core::__private::OnceLock<::std::string::String> =
                    ::eventos_core::__private::OnceLock::new();
                &TEXT
            }
        }

        const _: () = {
            use ::eventos_core::__private::serde;

            #[derive(serde::Deserialize)]
            #[serde(crate = "::eventos_core::__private::serde", remote = #remote)]
            struct #shadow {
                #(#definitions),*
            }

            #[automatically_derived]
            impl<'de> serde::Deserialize<'de> for #name {
                fn deserialize<D: serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    #shadow::deserialize(deserializer)
                }
            }
        };
    })
}

fn row_type(input: &DeriveInput) -> Result<Path> {
    let mut row = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("projection")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("of") {
                row = Some(meta.value()?.parse()?);
                return Ok(());
            }
            Err(meta.error("expected `of = Event`, the row type"))
        })?;
    }
    row.ok_or_else(|| syn::Error::new_spanned(&input.ident, "say whose rows these are: `#[projection(of = Event)]`"))
}

/// A field of the struct and what it fetches.
struct Projected<'a> {
    name: &'a Ident,
    field_type: &'a Type,
    column: Option<Ident>,
    is_inner: bool,
    is_count: bool,
    json: Option<LitStr>,
    cast: Option<LitStr>,
    aggregate: Option<LitStr>,
}

impl<'a> Projected<'a> {
    fn read(field: &'a Field) -> Result<Projected<'a>> {
        let Some(name) = &field.ident else {
            return Err(syn::Error::new(field.span(), "name the field"));
        };
        let mut projected = Projected {
            name,
            field_type: &field.ty,
            column: None,
            is_inner: false,
            is_count: false,
            json: None,
            cast: None,
            aggregate: None,
        };
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("projection")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("inner") {
                    projected.is_inner = true;
                } else if meta.path.is_ident("count") {
                    projected.is_count = true;
                } else if meta.path.is_ident("column") {
                    projected.column = Some(Ident::parse_any(meta.value()?)?);
                } else if meta.path.is_ident("json") {
                    projected.json = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("cast") {
                    projected.cast = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("aggregate") {
                    projected.aggregate = Some(meta.value()?.parse()?);
                } else {
                    return Err(meta.error("expected one of inner, column, json, cast, aggregate, count"));
                }
                Ok(())
            })?;
        }
        Ok(projected)
    }

    /// What the server is asked for, and, by the same token, whether the field's type can hold it.
    fn item(&self, row: &Path) -> Result<TokenStream> {
        let alias = LitStr::new(&self.name.unraw().to_string(), self.name.span());
        if self.is_count {
            return Ok(quote!(::eventos_core::query::count_all(#alias)));
        }
        let column = self.column.as_ref().unwrap_or(self.name);
        let constant = Ident::new(&column.unraw().to_string().to_uppercase(), column.span());
        let row = &named_at(row, column);
        let field_type = self.field_type;
        if self.json.is_some() || self.cast.is_some() || self.aggregate.is_some() {
            let steps = match &self.json {
                Some(json) => json_steps(json)?,
                None => Vec::new(),
            };
            let cast = match &self.cast {
                Some(cast) => cast_type(cast)?,
                None => quote!(::core::option::Option::None),
            };
            let aggregate = match &self.aggregate {
                Some(aggregate) => aggregate_variant(aggregate)?,
                None => quote!(::core::option::Option::None),
            };
            let requirement = self.requirement(&quote!(#row::#constant));
            return Ok(quote!({
                #requirement
                #row::#constant.projected_as(#alias, &[#(#steps),*], #cast, #aggregate)
            }));
        }
        let method = if self.is_inner { quote!(projected_inner) } else { quote!(projected) };
        let alias = match &self.column {
            Some(_) => quote!(::core::option::Option::Some(#alias)),
            None => quote!(::core::option::Option::None),
        };
        Ok(quote_spanned!(field_type.span()=> #row::#constant.#method::<#field_type>(#alias)))
    }

    /// What the column itself must hold for what is made of it.
    fn requirement(&self, constant: &TokenStream) -> TokenStream {
        match (&self.json, &self.cast, &self.aggregate) {
            (Some(json), _, _) => quote_spanned!(json.span()=> #constant.require_json();),
            (None, None, Some(aggregate)) if matches!(aggregate.value().as_str(), "sum" | "avg") => {
                quote_spanned!(aggregate.span()=> #constant.require_number();)
            }
            _ => TokenStream::new(),
        }
    }

    fn definition(&self) -> TokenStream {
        let (name, field_type) = (self.name, self.field_type);
        quote! {
            #[serde(deserialize_with = "::eventos_core::__private::present")]
            #name: #field_type
        }
    }
}

/// The row type's path as if it were written where the column is named, so that the compiler points there.
fn named_at(row: &Path, column: &Ident) -> Path {
    let mut row = row.clone();
    for segment in &mut row.segments {
        segment.ident.set_span(segment.ident.span().located_at(column.span()));
    }
    row
}

/// The server takes a plain name alone: no `numeric(10,2)`, no `text[]`.
fn cast_type(cast: &LitStr) -> Result<TokenStream> {
    let name = cast.value();
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(syn::Error::new_spanned(cast, "cast to a type's plain name, such as `text` or `numeric`"));
    }
    Ok(quote!(::core::option::Option::Some(#cast)))
}

fn aggregate_variant(aggregate: &LitStr) -> Result<TokenStream> {
    let variant = match aggregate.value().as_str() {
        "count" => quote!(Count),
        "sum" => quote!(Sum),
        "avg" => quote!(Avg),
        "min" => quote!(Min),
        "max" => quote!(Max),
        _ => return Err(syn::Error::new_spanned(aggregate, "expected one of count, sum, avg, min, max")),
    };
    Ok(quote!(::core::option::Option::Some(::eventos_core::query::Aggregate::#variant)))
}

/// `field`, `field->0->>field`: the last arrow decides between text and JSON, and a path without one gives JSON.
fn json_steps(json: &LitStr) -> Result<Vec<TokenStream>> {
    let text = json.value();
    let text = text.strip_prefix("->").map_or_else(|| format!("->{text}"), |_| text.clone());
    let mut steps = Vec::new();
    let mut rest = text.as_str();
    let mut is_text = false;
    while !rest.is_empty() {
        if is_text {
            return Err(syn::Error::new_spanned(json, "`->>` gives text, which has no fields: it comes last"));
        }
        let Some(after) = rest.strip_prefix("->") else {
            return Err(syn::Error::new_spanned(json, "write the path as `field->0->>field`"));
        };
        is_text = after.starts_with('>');
        let after = after.strip_prefix('>').unwrap_or(after);
        let kind = if is_text { quote!(Text) } else { quote!(Json) };
        let (field, next) = after.find("->").map_or((after, ""), |at| after.split_at(at));
        if field.is_empty() {
            return Err(syn::Error::new_spanned(json, "a field's name is missing in the path"));
        }
        let key = match field.parse::<i32>() {
            Ok(index) => quote!(::eventos_core::query::JsonKey::Index(#index)),
            Err(_) => quote!(::eventos_core::query::JsonKey::Field(
                ::eventos_core::__private::Cow::Borrowed(#field)
            )),
        };
        steps.push(quote!(::eventos_core::query::Step::#kind(#key)));
        rest = next;
    }
    Ok(steps)
}
