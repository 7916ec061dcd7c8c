//! temporary
use anyhow::{Context, Result};
use eventos_core::auth::AccessToken;
use eventos_core::{Eventos, ProfileId};
use std::sync::Arc;

/// cast
pub(crate) struct Cast {
    pub(crate) visitor: Eventos,
    pub(crate) customer: Eventos,
    pub(crate) customer_id: ProfileId,
    pub(crate) customer_name: String,
    pub(crate) organizer: Eventos,
    pub(crate) organizer_id: ProfileId,
    pub(crate) organizer_name: String,
    pub(crate) service: Eventos,
}

impl Cast {
    pub(crate) async fn gather() -> Result<Cast> {
        let e = eventos_backend::Endpoint::from_env()?.context("no env")?;
        let visitor = Eventos::connect(&e.url, &e.anon_key)?;
        let service = Eventos::connect(&e.url, &e.service_key)?;
        let t = |id: &str, mail: &str| -> Result<Eventos> {
            Ok(visitor.with_tokens(Arc::new(AccessToken::new(e.user_token(id, mail)?))))
        };
        let o = "11111111-1111-1111-1111-111111111111";
        let c = "22222222-2222-2222-2222-222222222222";
        Ok(Cast {
            customer: t(c, "customer@example.com")?,
            customer_id: c.parse()?,
            customer_name: "Michael Chen".into(),
            organizer: t(o, "organizer@eventos.com")?,
            organizer_id: o.parse()?,
            organizer_name: "Sarah Johnson".into(),
            service,
            visitor: visitor.clone(),
        })
    }
}
