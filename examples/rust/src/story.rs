//! The four examples of the specification, one after the other.

use anyhow::{Context, Result, bail};
use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
use eventos_core::flows::check_in::Door;
use eventos_core::flows::door_tokens::{self, NewDoorToken};
use eventos_core::flows::fulfilment::{self, Fulfilled, Fulfilment, Guest, Payment};
use eventos_core::flows::listing::{self, EventCard};
use eventos_core::flows::purchase::{self, Placement, Purchase};
use eventos_core::flows::{dashboard, revenue};
use eventos_core::{Attendee, Event, Order, Ticket};

use crate::cast::Cast;
use crate::print;

/// Plays all four.
pub(crate) async fn play(cast: &Cast) -> Result<()> {
    print::title("EventOS sells a ticket and lets its holder in");
    let fulfilled = buy(cast).await?;
    run_the_dashboard(cast).await?;
    check_in(cast, &fulfilled).await?;
    count_the_revenue(cast).await
}

/// Example 1: a complete ticket purchase.
async fn buy(cast: &Cast) -> Result<Fulfilled> {
    print::chapter("1", "A visitor looks for something to go to");
    let events = listing::upcoming(&cast.visitor, 8).await?;
    print::events(&events);
    let event = &chosen(events, cast).await?;

    print::chapter("2", &format!("{} buys two tickets for {}", cast.customer_name, event.name));
    let wish = Purchase { order_id: cast.order_id, customer_id: cast.customer_id, event_id: event.id, quantity: 2 };
    let order = match purchase::place(&cast.customer, &wish).await? {
        Placement::Placed(order) => order,
        Placement::SoldOut { available } => bail!("{} has only {available} tickets left", event.name),
        other => bail!("{} cannot be bought: {other:?}", event.name),
    };
    print::order("placed", &order.order_number, order.total_cents, &order.payment_status);

    // Here a shop shows Stripe's payment element; its webhook then reaches the service, which confirms the payment.
    let payment = Payment {
        order_id: order.id,
        payment_intent_id: format!("pi_demo_{}", order.id),
        paid_at: cast.service.host().now(),
        attendees: vec![
            guest("John Doe", "john@example.com", "+1-416-555-1111"),
            guest("Jane Smith", "jane@example.com", "+1-416-555-2222"),
        ],
    };
    let Fulfilment::Fulfilled(fulfilled) = fulfilment::fulfil(&cast.service, &payment).await? else {
        bail!("the order {} can no longer be paid", order.order_number);
    };
    let paid = &fulfilled.order;
    print::order("paid", &paid.order_number, paid.total_cents, &paid.payment_status);
    for ticket in &fulfilled.tickets {
        let symbol = Symbol::encode(ticket.qr_code.as_str(), ErrorCorrection::M).context("draw the ticket's code")?;
        let holder = ticket.attendee.as_ref().map_or("", |attendee| &attendee.full_name);
        print::ticket(&ticket.ticket_number, holder, &symbol.to_terminal());
    }
    print::mail(&fulfilled.confirmation());
    Ok(*fulfilled)
}

/// The first event on sale whose doors the organizer of this story can open, and which has seats left.
async fn chosen(events: Vec<EventCard>, cast: &Cast) -> Result<EventCard> {
    if let Some(made) = cast.made_event {
        return Ok(cast.visitor.events().select::<EventCard>().filter(Event::ID.eq(made)).single().await?);
    }
    let is_organizers = |event: &EventCard| {
        event.organizer.as_ref().is_some_and(|organizer| organizer.full_name.as_deref() == Some(cast.organizer_name))
    };
    let has_seats = |event: &EventCard| event.stats.as_ref().is_none_or(|stats| stats.tickets_available >= 2);
    let mut events = events.into_iter().filter(is_organizers);
    events.find(has_seats).context("no event with two free seats is on sale: apply migrations/seed to the server")
}

fn guest(full_name: &str, email: &str, phone: &str) -> Guest {
    Guest { full_name: full_name.into(), email: email.into(), phone: Some(phone.into()) }
}

/// Example 2: the organizer's dashboard.
async fn run_the_dashboard(cast: &Cast) -> Result<()> {
    print::chapter("3", &format!("{} looks at the sales", cast.organizer_name));
    print::dashboard(&dashboard::dashboard(&cast.organizer, cast.organizer_id).await?);
    Ok(())
}

/// Example 3: check-in at the door, and the same code a second time.
async fn check_in(cast: &Cast, fulfilled: &Fulfilled) -> Result<()> {
    print::chapter("4", "At the door");
    let event_id = fulfilled.order.event_id;
    let ticket = fulfilled.tickets.first().context("the order has no tickets")?;
    let north = Door::new(cast.organizer.clone(), event_id).device("phone 1").gate("North");
    let first = north.check_in(&north.read(ticket.qr_code.as_str())?).await?;
    print::verdict(&first);

    // The phone at the other gate has no account: the organizer gave it a token.
    let wish = NewDoorToken { event_id, label: "phone 2".into(), expires_at: None, window: None };
    let issued = door_tokens::issue(&cast.organizer, &wish).await?;
    let south = Door::new(cast.visitor.clone(), event_id).token(issued.token).device("phone 2").gate("South");
    let second = south.check_in(&south.read(ticket.qr_code.as_str())?).await?;
    print::verdict(&second);
    let unknown = south.check_in(&south.read("not a ticket")?).await?;
    print::verdict(&unknown);
    door_tokens::revoke(&cast.organizer, issued.details.token_id).await?;
    if !first.outcome.is_admitted() || second.outcome.is_admitted() || unknown.outcome.is_admitted() {
        bail!("the door should admit the ticket once, and nothing else");
    }
    Ok(())
}

/// Example 4: revenue by event.
async fn count_the_revenue(cast: &Cast) -> Result<()> {
    print::chapter("5", "What the events brought in");
    print::revenue(&revenue::revenue(&cast.organizer, cast.organizer_id).await?);
    Ok(())
}

/// Removes the rows that were made.
pub(crate) async fn tidy(cast: &Cast) -> Result<()> {
    let order = cast.order_id;
    cast.service.tickets().delete().filter(Ticket::ORDER_ID.eq(order)).await?;
    cast.service.attendees().delete().filter(Attendee::ORDER_ID.eq(order)).await?;
    cast.service.orders().delete().filter(Order::ID.eq(order)).await?;
    if let Some(made) = cast.made_event {
        cast.service.events().delete().filter(Event::ID.eq(made)).await?;
        print::note("The two accounts that were made stay: delete them in the project's list of users.");
    }
    Ok(())
}
