//! The people of the story: a visitor, a customer, an organizer, and the shop's own service.

use std::env;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use chrono::TimeDelta;
use eventos_core::auth::{AccessToken, SignUp};
use eventos_core::{
    Caller, Cents, Event, EventId, EventStatus, EventType, Eventos, NewEvent, OrderId, ProfileId, ServerCode,
};

/// Who plays, each with a client of their own.
pub(crate) struct Cast {
    pub(crate) visitor: Eventos,
    pub(crate) customer: Eventos,
    pub(crate) customer_id: ProfileId,
    pub(crate) customer_name: &'static str,
    pub(crate) organizer: Eventos,
    pub(crate) organizer_id: ProfileId,
    pub(crate) organizer_name: &'static str,
    pub(crate) service: Eventos,
    /// The order that the customer will place.
    pub(crate) order_id: OrderId,
    /// The event that was made for the story, on a server without the seed data.
    pub(crate) made_event: Option<EventId>,
}

/// An account of the story.
struct Person {
    name: &'static str,
    /// The seed data's account.
    email: &'static str,
    /// Where a token for the seed data's account comes from, on a server without sign-in.
    token: &'static str,
}

const CUSTOMER: Person =
    Person { name: "Michael Chen", email: "customer@example.com", token: "EVENTOS_CUSTOMER_TOKEN" };
const ORGANIZER: Person =
    Person { name: "Sarah Johnson", email: "organizer@eventos.com", token: "EVENTOS_ORGANIZER_TOKEN" };

/// The password of the seed data's accounts, which is public.
const SEED_PASSWORD: &str = "eventos-local-only";

impl Cast {
    /// Signs everyone in: with the seed data's accounts where the server has them, and with new ones otherwise.
    pub(crate) async fn gather() -> Result<Cast> {
        let url = variable("EVENTOS_URL")?;
        let anon_key = variable("EVENTOS_ANON_KEY")?;
        let service = Eventos::connect(&url, variable("EVENTOS_SERVICE_KEY")?)?;
        let visitor = Eventos::connect(&url, &anon_key)?;
        let (customer, _) = CUSTOMER.sign_in(&url, &anon_key).await?;
        let (organizer, is_seeded) = ORGANIZER.sign_in(&url, &anon_key).await?;
        let mut cast = Cast {
            order_id: customer.new_id()?,
            customer_id: user(&customer).await?,
            organizer_id: user(&organizer).await?,
            visitor,
            customer,
            customer_name: CUSTOMER.name,
            organizer,
            organizer_name: ORGANIZER.name,
            service,
            made_event: None,
        };
        if !is_seeded {
            cast.made_event = Some(cast.make_event().await?);
        }
        Ok(cast)
    }

    async fn make_event(&self) -> Result<EventId> {
        let start_at = self.organizer.host().now() + TimeDelta::days(30);
        let event = NewEvent {
            organizer_id: self.organizer_id,
            name: "EventOS Demo Evening".into(),
            r#type: EventType::Networking,
            start_at,
            end_at: start_at + TimeDelta::hours(3),
            capacity: 20,
            price_cents: Cents::new(2_500),
        };
        let event = event.set(Event::STATUS, EventStatus::Published);
        Ok(self.organizer.events().insert(event).returning::<Event>().expect_one().await?.id)
    }
}

impl Person {
    /// A client that is signed in, and whether it is the seed data's account.
    async fn sign_in(&self, url: &str, anon_key: &str) -> Result<(Eventos, bool)> {
        let eventos = Eventos::connect(url, anon_key)?;
        if let Ok(token) = env::var(self.token) {
            return Ok((eventos.with_tokens(Arc::new(AccessToken::new(token))), true));
        }
        match eventos.auth()?.sign_in_with_password(self.email, SEED_PASSWORD).await {
            Ok(_) => return Ok((eventos, true)),
            Err(error) if error.server().is_some_and(|server| server.code == ServerCode::InvalidCredentials) => {}
            Err(error) => return Err(error).context("sign in (a server without sign-in needs EVENTOS_JWT_SECRET)"),
        }
        let tag: uuid::Uuid = eventos.new_id()?;
        let email = format!("eventos-demo-{}@example.com", tag.simple());
        match eventos.auth()?.sign_up(&email, format!("demo-{tag}")).full_name(self.name).await? {
            SignUp::SignedIn(_) => Ok((eventos, false)),
            SignUp::ConfirmEmail(_) => bail!(
                "the server wants new e-mail addresses confirmed, so the demo cannot sign up: \
                 apply migrations/seed to it, or set EVENTOS_JWT_SECRET"
            ),
        }
    }
}

async fn user(eventos: &Eventos) -> Result<ProfileId> {
    match eventos.caller().await? {
        Caller::User(id) => Ok(id),
        other => bail!("expected a signed-in user, and the token says {other:?}"),
    }
}

fn variable(name: &'static str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: run `cargo xtask demo`, which sets it"))
}
