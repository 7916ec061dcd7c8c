//! Webhooks of Stripe: whether one is Stripe's, what it says, and what that means for an order.
//!
//! A webhook may come more than once, late, and in another order than things happened in. All of that is safe here: the
//! order remembers its payment intent, a payment counts once, and a refund that is told before its payment keeps the order
//! from being paid.
//!
//! ```
//! use eventos_core::flows::stripe::{SigningSecret, Webhook};
//!
//! # let now = chrono::DateTime::from_timestamp(1_750_000_000, 0).unwrap();
//! let webhook = Webhook::new(SigningSecret::new("whsec_test"));
//! let body = br#"{"id":"evt_1","type":"customer.created","data":{"object":{}}}"#;
//! let refused = webhook.read(body, "t=1750000000,v1=00", now).unwrap_err();
//! assert_eq!(refused.to_string(), "stripe-signature: no signature fits: this is not Stripe's, or the secret is another endpoint's");
//! ```
//!
//! The signature is described at <https://docs.stripe.com/webhooks/signature>, the events at
//! <https://docs.stripe.com/api/events/types>.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::fulfilment::{Amount, Buyer, Fulfilment, Guest, Payment, fulfil_if};
use super::purchase::{Cancellation, cancel};
use super::refund::{Refund, refund_payment};
use crate::Projection;
use crate::client::Eventos;
use crate::error::{Error, ErrorKind, Result, without_text};
use crate::schema::{Order, OrderId};

/// An endpoint's signing secret (`whsec_…`). `Debug` does not show it.
#[derive(Clone)]
pub struct SigningSecret(String);

impl SigningSecret {
    /// The secret as Stripe's dashboard shows it.
    pub fn new(secret: impl Into<String>) -> SigningSecret {
        SigningSecret(secret.into())
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}

/// Where webhooks arrive: by which secrets they are signed, and how old one may be.
#[derive(Debug, Clone)]
pub struct Webhook {
    secrets: Vec<SigningSecret>,
    tolerance: TimeDelta,
}

impl Webhook {
    /// An endpoint with one secret. A webhook may be 5 minutes old, or ahead of this clock.
    pub fn new(secret: SigningSecret) -> Webhook {
        Webhook { secrets: vec![secret], tolerance: TimeDelta::minutes(5) }
    }

    /// Takes webhooks that are signed by this secret too, while one is rolled over to another.
    #[must_use]
    pub fn or(mut self, secret: SigningSecret) -> Webhook {
        self.secrets.push(secret);
        self
    }

    /// How far a webhook's time may be from this clock's, in place of 5 minutes.
    #[must_use]
    pub fn tolerance(mut self, tolerance: TimeDelta) -> Webhook {
        self.tolerance = tolerance;
        self
    }

    /// What a webhook says, once it is known to be Stripe's. `body` is the request's, byte for byte; `signature` its
    /// header `Stripe-Signature`.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](ErrorKind::InvalidInput) with the subject `stripe-signature` where the signature is none, fits no
    /// secret, or is too old: answer 400; [`Decode`](ErrorKind::Decode) where the body is no event.
    pub fn read(&self, body: &[u8], signature: &str, now: DateTime<Utc>) -> Result<WebhookEvent> {
        self.verify(body, signature, now)?;
        let envelope: Envelope =
            serde_json::from_slice(body).map_err(|problem| Error::decode("", without_text(&problem.to_string())))?;
        envelope.read()
    }

    fn verify(&self, body: &[u8], signature: &str, now: DateTime<Utc>) -> Result<()> {
        let refused = |problem: &'static str| Error::invalid_input("stripe-signature", problem);
        let parts = || signature.split(',').filter_map(|part| part.trim().split_once('='));
        let time = parts().find_map(|(name, value)| (name == "t").then_some(value));
        let time = time.ok_or_else(|| refused("there is no time in it: pass the header as it came"))?;
        let signed_at = time.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let signed_at = signed_at.ok_or_else(|| refused("its time is none"))?;

        let fits = |expected: &[u8]| {
            self.secrets.iter().any(|secret| {
                // A key of any length will do.
                let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.0.as_bytes()) else { return false };
                mac.update(time.as_bytes());
                mac.update(b".");
                mac.update(body);
                // In constant time.
                mac.verify_slice(expected).is_ok()
            })
        };
        let signatures = parts().filter(|(name, _)| *name == "v1").filter_map(|(_, value)| from_hex(value));
        if !signatures.into_iter().any(|expected| fits(&expected)) {
            return Err(refused("no signature fits: this is not Stripe's, or the secret is another endpoint's"));
        }
        if now.signed_duration_since(signed_at).abs() > self.tolerance {
            return Err(refused("it is too old, or the clocks differ: it may be a repeat by somebody else"));
        }
        Ok(())
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

/// What a webhook says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookEvent {
    /// `payment_intent.succeeded`: the money came.
    Succeeded(PaymentIntent),
    /// `payment_intent.payment_failed`: a try failed. The customer may try again.
    Failed(PaymentIntent),
    /// `charge.refunded`: money went back, all of it or a part.
    Refunded(RefundedCharge),
    /// Anything else, by its type.
    Other(String),
}

/// A payment, as Stripe tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct PaymentIntent {
    /// Its id: `pi_…`.
    pub id: String,
    /// The amount, in the currency's smallest unit.
    pub amount: i64,
    /// What of it was received.
    #[serde(default)]
    pub amount_received: i64,
    /// The currency's ISO 4217 code in lower case.
    pub currency: String,
    /// What the shop wrote on it: [`metadata`] makes it.
    #[serde(default)]
    pub metadata: BTreeMap<String, String>,
    /// When the event happened, in UTC.
    #[serde(skip)]
    pub at: DateTime<Utc>,
}

/// A charge of which money went back, as Stripe tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct RefundedCharge {
    /// The payment that it belongs to.
    pub payment_intent: Option<String>,
    /// Whether all of it went back.
    pub refunded: bool,
    /// How much went back so far, in the currency's smallest unit.
    pub amount_refunded: i64,
    /// What the shop wrote on the payment.
    #[serde(default)]
    pub metadata: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    created: i64,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: serde_json::Value,
}

impl Envelope {
    fn read(self) -> Result<WebhookEvent> {
        let Envelope { kind, created, data: Data { object } } = self;
        let payment = |object| -> Result<PaymentIntent> {
            let payment: PaymentIntent = of_object(object)?;
            Ok(PaymentIntent { at: DateTime::from_timestamp(created, 0).unwrap_or_default(), ..payment })
        };
        Ok(match kind.as_str() {
            "payment_intent.succeeded" => WebhookEvent::Succeeded(payment(object)?),
            "payment_intent.payment_failed" => WebhookEvent::Failed(payment(object)?),
            "charge.refunded" => WebhookEvent::Refunded(of_object(object)?),
            _ => WebhookEvent::Other(kind),
        })
    }
}

fn of_object<T: serde::de::DeserializeOwned>(object: serde_json::Value) -> Result<T> {
    serde_path_to_error::deserialize(object).map_err(|problem| {
        let place = match problem.path().to_string().as_str() {
            "." => String::from("data.object"),
            path => format!("data.object.{path}"),
        };
        Error::decode(place, without_text(&problem.inner().to_string()))
    })
}

/// What a shop writes on the payment intent of an order, so that the webhook tells what it is for and who will come.
///
/// Stripe takes 50 entries of 500 characters; an order has at most 20 tickets.
///
/// ```
/// use eventos_core::flows::fulfilment::Guest;
/// use eventos_core::flows::stripe::metadata;
///
/// let order_id = "01111111-1111-4111-8111-111111111111".parse()?;
/// let john = Guest { full_name: "John Doe".into(), email: "john@example.com".into(), phone: None };
/// let written = metadata(order_id, &[john])?;
/// assert_eq!(written["order_id"], "01111111-1111-4111-8111-111111111111");
/// assert_eq!(written["attendee_1"], r#"{"full_name":"John Doe","email":"john@example.com","phone":null}"#);
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// # Errors
///
/// [`InvalidInput`](ErrorKind::InvalidInput) where somebody's name and addresses take more than 500 characters.
pub fn metadata(order_id: OrderId, attendees: &[Guest]) -> Result<BTreeMap<String, String>> {
    let mut written = BTreeMap::from([(String::from("order_id"), order_id.to_string())]);
    for (number, guest) in (1..).zip(attendees) {
        let text = serde_json::to_string(guest).map_err(|problem| Error::decode("", problem.to_string()))?;
        if text.chars().count() > 500 {
            return Err(Error::invalid_input("attendees", "a name, e-mail and phone must fit 500 characters together"));
        }
        written.insert(format!("attendee_{number}"), text);
    }
    Ok(written)
}

/// What was done about a webhook.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
#[serde(tag = "done", rename_all = "snake_case")]
pub enum Done {
    /// A payment came. [`Fulfilled`](Fulfilment::Fulfilled): mail the confirmation, once for each order. Any other outcome than
    /// fulfilled: the money must go back, or somebody must look at it.
    Payment(Fulfilment),
    /// A payment failed, and its order holds no seats any more; it can still be paid while there are some.
    Failure(Cancellation),
    /// All of a payment went back, and the tickets with it.
    Refund(Refund),
    /// A part of a payment went back. What that means for the tickets is for a person to say.
    PartialRefund {
        /// The order.
        order_id: OrderId,
        /// How much went back so far, in cents.
        amount_refunded: i64,
    },
    /// Nothing: it is not about an order of this shop.
    Nothing,
}

impl Done {
    /// Its name, in snake case.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Done::Payment(_) => "payment",
            Done::Failure(_) => "failure",
            Done::Refund(_) => "refund",
            Done::PartialRefund { .. } => "partial_refund",
            Done::Nothing => "nothing",
        }
    }
}

/// Does what a webhook says. The same webhook again changes nothing more.
///
/// Payments without attendees in their [`metadata`] get tickets in their buyer's name.
///
/// ```no_run
/// use eventos_core::Eventos;
/// use eventos_core::flows::fulfilment::Fulfilment;
/// use eventos_core::flows::stripe::{Done, Webhook, handle};
///
/// # async fn run(service: Eventos, webhook: Webhook, body: &[u8], signature: &str) -> eventos_core::Result<()> {
/// let event = webhook.read(body, signature, service.host().now())?;
/// match handle(&service, &event).await? {
///     // A replay too: whoever fulfilled it first may have stopped before the mail. Have the mailer take one for each order.
///     Done::Payment(Fulfilment::Fulfilled(paid)) => println!("mail {}, once for {}", paid.confirmation().subject, paid.order.id),
///     Done::Payment(refused) => println!("give the money back: {refused:?}"),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`NotFound`](ErrorKind::NotFound) where the order that the metadata names is not there;
/// [`InvalidInput`](ErrorKind::InvalidInput) where the metadata is not as [`metadata`] makes it; else as
/// [any query](crate::query#errors). Answer with an error status then: Stripe sends the webhook again.
pub async fn handle(service: &Eventos, event: &WebhookEvent) -> Result<Done> {
    match event {
        WebhookEvent::Succeeded(payment) => match order_of(&payment.metadata)? {
            Some(order_id) => Ok(Done::Payment(pay(service, order_id, payment).await?)),
            None => Ok(Done::Nothing),
        },
        WebhookEvent::Failed(payment) => match order_of(&payment.metadata)? {
            Some(order_id) => Ok(Done::Failure(cancel(service, order_id).await?)),
            None => Ok(Done::Nothing),
        },
        WebhookEvent::Refunded(charge) => refunded(service, charge).await,
        WebhookEvent::Other(_) => Ok(Done::Nothing),
    }
}

async fn pay(service: &Eventos, order_id: OrderId, payment: &PaymentIntent) -> Result<Fulfilment> {
    let attendees = match guests(&payment.metadata)? {
        named if !named.is_empty() => named,
        _ => buyers_own(service, order_id).await?,
    };
    let received = Amount { amount_cents: payment.amount_received, currency: payment.currency.clone() };
    let payment = Payment { order_id, payment_intent_id: payment.id.clone(), paid_at: payment.at, attendees };
    fulfil_if(service, &payment, &received).await
}

async fn refunded(service: &Eventos, charge: &RefundedCharge) -> Result<Done> {
    let Some(payment_intent) = charge.payment_intent.as_deref() else { return Ok(Done::Nothing) };
    let order_id = match order_of(&charge.metadata)? {
        Some(named) => Some(named),
        None => paid_by(service, payment_intent).await?,
    };
    match order_id {
        None => Ok(Done::Nothing),
        Some(order_id) if !charge.refunded => {
            Ok(Done::PartialRefund { order_id, amount_refunded: charge.amount_refunded })
        }
        Some(order_id) => Ok(Done::Refund(refund_payment(service, order_id, payment_intent).await?)),
    }
}

fn order_of(metadata: &BTreeMap<String, String>) -> Result<Option<OrderId>> {
    metadata.get("order_id").map(|id| id.parse()).transpose()
}

fn guests(metadata: &BTreeMap<String, String>) -> Result<Vec<Guest>> {
    (1..)
        .map_while(|number: u32| metadata.get(&format!("attendee_{number}")))
        .map(|text| serde_json::from_str(text).map_err(|problem| Error::invalid_json("metadata.attendee", &problem)))
        .collect()
}

#[derive(Projection)]
#[projection(of = Order)]
struct Bought {
    id: OrderId,
    quantity: i32,
    customer: Option<Buyer>,
}

async fn buyers_own(service: &Eventos, order_id: OrderId) -> Result<Vec<Guest>> {
    let Bought { id, quantity, customer } =
        service.orders().select::<Bought>().filter(Order::ID.eq(order_id)).single().await?;
    let Some(Buyer { email, full_name }) = customer else {
        return Err(Error::plain(ErrorKind::NotFound, format!("the customer of the order {id} is gone")));
    };
    let guest = Guest { full_name: full_name.unwrap_or_else(|| email.clone()), email, phone: None };
    Ok(vec![guest; usize::try_from(quantity).unwrap_or_default()])
}

async fn paid_by(service: &Eventos, payment_intent: &str) -> Result<Option<OrderId>> {
    let paid = Order::STRIPE_PAYMENT_INTENT_ID.eq(payment_intent);
    Ok(service.orders().select::<Bought>().filter(paid).maybe_single().await?.map(|order| order.id))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may")]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_test_secret";
    const BODY: &[u8] = br#"{"id":"evt_1","object":"event","type":"payment_intent.created","data":{"object":{}}}"#;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn signature(secret: &str, seconds: i64, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{seconds}.").as_bytes());
        mac.update(body);
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn read(header: &str, now: i64) -> std::result::Result<WebhookEvent, String> {
        let webhook = Webhook::new(SigningSecret::new(SECRET));
        webhook.read(BODY, header, at(now)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_signature_known_from_elsewhere_fits() {
        // Computed with OpenSSL: printf '1750000000.{}' | openssl dgst -sha256 -hmac whsec_test_secret
        let header = "t=1750000000,v1=724a6568482dadaf7a5f693eda34cde452615b1397de3512115f0f3af3d7eb93";
        let webhook = Webhook::new(SigningSecret::new(SECRET));
        assert!(webhook.verify(b"{}", header, at(1_750_000_000)).is_ok());
    }

    #[test]
    fn one_of_several_signatures_is_enough() {
        let good = signature(SECRET, 1_750_000_000, BODY);
        let other = signature("whsec_other", 1_750_000_000, BODY);
        let event = WebhookEvent::Other("payment_intent.created".into());
        for header in [
            format!("t=1750000000,v1={good}"),
            format!("t=1750000000,v1={other},v1={good}"),
            format!("t=1750000000, v1={good}, v0={other}"),
            format!("v1={good},t=1750000000"),
        ] {
            assert_eq!(read(&header, 1_750_000_000), Ok(event.clone()), "{header}");
        }
        let rolled = Webhook::new(SigningSecret::new("whsec_new")).or(SigningSecret::new(SECRET));
        assert!(rolled.read(BODY, &format!("t=1750000000,v1={good}"), at(1_750_000_000)).is_ok());
    }

    #[test]
    fn what_is_not_stripes_is_refused() {
        let good = signature(SECRET, 1_750_000_000, BODY);
        let unfit = "stripe-signature: no signature fits: this is not Stripe's, or the secret is another endpoint's";
        for (header, message) in [
            (String::new(), "stripe-signature: there is no time in it: pass the header as it came"),
            (format!("v1={good}"), "stripe-signature: there is no time in it: pass the header as it came"),
            (format!("t=soon,v1={good}"), "stripe-signature: its time is none"),
            (format!("t=99999999999999999,v1={good}"), "stripe-signature: its time is none"),
            ("t=1750000000".into(), unfit),
            ("t=1750000000,v1=".into(), unfit),
            (format!("t=1750000000,v0={good}"), unfit),
            (format!("t=1750000001,v1={good}"), unfit),
            (format!("t=1750000000,v1={}", &good[1..]), unfit),
            (format!("t=1750000000,v1={}zz", &good[2..]), unfit),
            (format!("t=1750000000,v1={}", signature("whsec_other", 1_750_000_000, BODY)), unfit),
            (format!("t=1750000000,v1={}", signature(SECRET, 1_750_000_000, b"{}")), unfit),
            ("t=1750000000,v1=é".into(), unfit),
        ] {
            assert_eq!(read(&header, 1_750_000_000), Err(message.into()), "{header}");
        }
    }

    #[test]
    fn a_webhook_is_taken_for_five_minutes() {
        let header = format!("t=1750000000,v1={}", signature(SECRET, 1_750_000_000, BODY));
        for (now, is_taken) in [(-301, false), (-300, true), (0, true), (300, true), (301, false)] {
            let answer = read(&header, 1_750_000_000 + now);
            assert_eq!(answer.is_ok(), is_taken, "after {now} s: {answer:?}");
        }
        let patient = Webhook::new(SigningSecret::new(SECRET)).tolerance(TimeDelta::hours(1));
        assert!(patient.read(BODY, &header, at(1_750_003_600)).is_ok());
    }

    #[test]
    fn a_body_that_is_no_event_is_an_error() {
        for body in ["", "[]", r#"{"type":"payment_intent.succeeded"}"#] {
            let header = format!("t=1750000000,v1={}", signature(SECRET, 1_750_000_000, body.as_bytes()));
            let webhook = Webhook::new(SigningSecret::new(SECRET));
            let error = webhook.read(body.as_bytes(), &header, at(1_750_000_000)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        }
        let body = br#"{"type":"payment_intent.succeeded","data":{"object":{"id":"pi_1"}}}"#;
        let header = format!("t=1750000000,v1={}", signature(SECRET, 1_750_000_000, body));
        let error = Webhook::new(SigningSecret::new(SECRET)).read(body, &header, at(1_750_000_000)).unwrap_err();
        assert_eq!(error.to_string(), "unexpected answer at data.object: missing field `amount`");
    }

    #[test]
    fn what_is_written_on_a_payment_is_read_back() {
        let order_id: OrderId = "01111111-1111-4111-8111-111111111111".parse().unwrap();
        let guests_written: Vec<Guest> = (0..20)
            .map(|number| Guest { full_name: format!("Guest {number}"), email: "a@example.com".into(), phone: None })
            .collect();
        let written = metadata(order_id, &guests_written).unwrap();
        assert!(written.len() <= 50 && written.values().all(|value| value.chars().count() <= 500));
        assert_eq!(order_of(&written).unwrap(), Some(order_id));
        assert_eq!(guests(&written).unwrap(), guests_written);
        let long = Guest { full_name: "x".repeat(500), email: "a@example.com".into(), phone: None };
        assert_eq!(metadata(order_id, &[long]).unwrap_err().kind(), ErrorKind::InvalidInput);
        assert!(order_of(&BTreeMap::from([("order_id".into(), "17".into())])).is_err());
    }

    #[test]
    fn secrets_are_not_shown() {
        let webhook = Webhook::new(SigningSecret::new(SECRET));
        assert!(!format!("{webhook:?}").contains("secret_") && !format!("{webhook:?}").contains(SECRET));
    }
}
