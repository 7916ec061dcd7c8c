//! What an organizer's events brought in.

use serde::{Deserialize, Serialize};

use super::answer::Holds;
use super::function::{Call, Function, typed};
use crate::client::Eventos;
use crate::error::Result;
use crate::schema::{Cents, EventId, ProfileId};

static EVENT_REVENUE: Function = Function::new("event_revenue", "20251110000000_check_in.sql", Holds::List(&EVENT));

/// What one event brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EventRevenue {
    /// The event.
    pub event_id: EventId,
    /// Its title.
    pub event_name: String,
    /// Paid orders.
    pub orders: u64,
    /// Tickets in them.
    pub tickets: i64,
    /// What they paid in all.
    #[serde(rename = "revenue_cents")]
    pub revenue: Cents,
}

/// What each event of an organizer brought in, the most first; events without a paid order are left out.
///
/// Two events of the same title stay two. Every paid order counts, however many there are.
///
/// ```no_run
/// use eventos_core::flows::revenue::revenue;
/// use eventos_core::{Cents, Eventos, ProfileId};
///
/// # async fn run(eventos: Eventos, organizer_id: ProfileId) -> eventos_core::Result<()> {
/// let events = revenue(&eventos, organizer_id).await?;
/// for event in &events {
///     println!("{}: {} ({} tickets)", event.event_name, event.revenue, event.tickets);
/// }
/// let total: Cents = events.iter().map(|event| event.revenue).sum();
/// println!("{total} in all");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As [any query](crate::query#errors).
pub async fn revenue(eventos: &Eventos, organizer_id: ProfileId) -> Result<Vec<EventRevenue>> {
    typed(summing(organizer_id)?.make(eventos).await?)
}

pub(super) fn summing(organizer_id: ProfileId) -> Result<Call> {
    EVENT_REVENUE.with(serde_json::json!({ "organizer_id": organizer_id }))
}

const EVENT: Holds = Holds::Object(&[
    ("event_id", Holds::Id),
    ("event_name", Holds::Text),
    ("orders", Holds::Whole),
    ("tickets", Holds::Whole),
    ("revenue_cents", Holds::Whole),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_answer_as_their_types_say() {
        EVENT_REVENUE.assert_answers::<Vec<EventRevenue>>();
    }
}
