//! The e-mail that a customer gets for a paid order: step 8 of a purchase.

use std::fmt::Write;

use serde::Serialize;

use super::fulfilment::{Fulfilled, IssuedTicket};

/// An order confirmation, ready to mail. The caller sends it.
///
/// ```no_run
/// # #[cfg(feature = "symbol")]
/// # mod example {
/// use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
/// use eventos_core::flows::fulfilment::Fulfilled;
///
/// fn mail(fulfilled: &Fulfilled) {
///     let mail = fulfilled.confirmation();
///     println!("To: {:?}\nSubject: {}\n\n{}", mail.to, mail.subject, mail.text);
///     for ticket in &mail.tickets {
///         // Attached as `cid:` and the ticket's number, for the HTML.
///         let symbol = Symbol::encode(ticket.qr_code.as_str(), ErrorCorrection::M).expect("a ticket's code fits");
///         let png = symbol.to_png(8);
///     }
/// }
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OrderConfirmation {
    /// The customer's address on one line; `None` where their profile is gone.
    pub to: Option<String>,
    /// The subject line.
    pub subject: String,
    /// The message as plain text.
    pub text: String,
    /// The message as HTML. Each ticket's symbol is an image `cid:TICKET-NUMBER`: attach its PNG under this content id.
    pub html: String,
    /// The tickets to attach.
    pub tickets: Vec<IssuedTicket>,
}

impl Fulfilled {
    /// The confirmation to mail to the customer.
    pub fn confirmation(&self) -> OrderConfirmation {
        OrderConfirmation::new(self)
    }
}

impl OrderConfirmation {
    fn new(fulfilled: &Fulfilled) -> OrderConfirmation {
        let order = &fulfilled.order;
        let event = order.event.as_ref();
        let event_name = event.map_or("your event", |event| event.name.as_str());
        let name = order.customer.as_ref().and_then(|customer| customer.full_name.as_deref());
        let greeting = name.map_or_else(|| String::from("Hello,"), |name| format!("Hello {name},"));
        let start = event.map(|event| event.start_at.format("%A, %-d %B %Y, %H:%M UTC").to_string());
        let place = event
            .and_then(|event| event.venue.as_ref())
            .map(|venue| format!("{}, {}, {}", venue.name, venue.address, venue.city));
        let count = match order.quantity {
            1 => String::from("1 ticket"),
            quantity => format!("{quantity} tickets"),
        };
        let lines: Vec<(&str, String)> = [
            Some(("Order", order.order_number.to_string())),
            Some(("Event", event_name.to_owned())),
            start.map(|start| ("Starts", start)),
            place.map(|place| ("Place", place)),
            Some(("Paid", format!("{} for {count}", order.total_cents))),
        ]
        .into_iter()
        .flatten()
        .collect();
        OrderConfirmation {
            to: order.customer.as_ref().map(|customer| one_line(&customer.email)),
            subject: one_line(&format!("Your tickets for {event_name} ({})", order.order_number)),
            text: text(&greeting, &lines, &fulfilled.tickets),
            html: html(&greeting, &lines, &fulfilled.tickets),
            tickets: fulfilled.tickets.clone(),
        }
    }
}

const CLOSING: &str =
    "Show the code of each ticket at the door. It admits one person, once: share it with nobody else.";

fn text(greeting: &str, lines: &[(&str, String)], tickets: &[IssuedTicket]) -> String {
    let mut text = format!("{greeting}\n\nthank you for your order.\n\n");
    for (label, value) in lines {
        let _ = writeln!(text, "{label:8}{value}");
    }
    text.push('\n');
    for ticket in tickets {
        let _ = writeln!(text, "{}  {}", ticket.ticket_number, holder(ticket));
    }
    let _ = write!(text, "\n{CLOSING}\n");
    text
}

fn html(greeting: &str, lines: &[(&str, String)], tickets: &[IssuedTicket]) -> String {
    let mut html = format!("<p>{}</p>\n<p>thank you for your order.</p>\n<table>\n", escape(greeting));
    for (label, value) in lines {
        let _ = writeln!(html, "<tr><th align=\"left\">{label}</th><td>{}</td></tr>", escape(value));
    }
    html.push_str("</table>\n");
    for ticket in tickets {
        let number = escape(ticket.ticket_number.as_str());
        let _ = writeln!(
            html,
            "<p><img src=\"cid:{number}\" width=\"200\" height=\"200\" alt=\"QR code of ticket {number}\"><br>{number}<br>{}</p>",
            escape(holder(ticket)),
        );
    }
    let _ = writeln!(html, "<p>{CLOSING}</p>");
    html
}

fn holder(ticket: &IssuedTicket) -> &str {
    ticket.attendee.as_ref().map_or("", |attendee| attendee.full_name.as_str())
}

/// A line break in a header of a mail would begin another header.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}
