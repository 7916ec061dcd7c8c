//! The e-mail that a customer gets for a paid order: step 8 of a purchase.

use std::fmt::Write;

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::fulfilment::{Fulfilled, IssuedTicket};
use crate::schema::Cents;

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
        let Mail { to, subject, text, html } = mail(&Paid::of(self));
        OrderConfirmation { to, subject, text, html, tickets: self.tickets.clone() }
    }
}

/// The same, of a paid order that is told as JSON.
pub(super) fn confirmation_json(fulfilled: &Value) -> Value {
    let Mail { to, subject, text, html } = mail(&Paid::of_json(fulfilled));
    json!({ "to": to, "subject": subject, "text": text, "html": html, "tickets": fulfilled.get("tickets") })
}

struct Mail {
    to: Option<String>,
    subject: String,
    text: String,
    html: String,
}

/// What a confirmation tells of a paid order.
struct Paid<'a> {
    number: &'a str,
    quantity: i64,
    total: Cents,
    event: Option<&'a str>,
    start_at: Option<DateTime<Utc>>,
    /// The venue's name, address and city.
    place: Option<[&'a str; 3]>,
    customer: Option<&'a str>,
    email: Option<&'a str>,
    /// Each ticket's number, and who holds it.
    tickets: Vec<(&'a str, &'a str)>,
}

impl<'a> Paid<'a> {
    fn of(Fulfilled { order, tickets, .. }: &'a Fulfilled) -> Paid<'a> {
        let event = order.event.as_ref();
        let customer = order.customer.as_ref();
        let holder = |ticket: &'a IssuedTicket| ticket.attendee.as_ref().map_or("", |attendee| &attendee.full_name);
        Paid {
            number: order.order_number.as_str(),
            quantity: order.quantity.into(),
            total: order.total_cents,
            event: event.map(|event| event.name.as_str()),
            start_at: event.map(|event| event.start_at),
            place: event.and_then(|event| event.venue.as_ref()).map(|at| [&*at.name, &*at.address, &*at.city]),
            customer: customer.and_then(|customer| customer.full_name.as_deref()),
            email: customer.map(|customer| customer.email.as_str()),
            tickets: tickets.iter().map(|ticket| (ticket.ticket_number.as_str(), holder(ticket))).collect(),
        }
    }

    fn of_json(fulfilled: &'a Value) -> Paid<'a> {
        let text = |path: &str| fulfilled.pointer(path).and_then(Value::as_str);
        let venue = |name: &str| text(&format!("/order/event/venue/{name}"));
        let place = || Some([venue("name")?, venue("address")?, venue("city")?]);
        let start = text("/order/event/start_at").and_then(|time| DateTime::parse_from_rfc3339(time).ok());
        let whole = |path: &str| fulfilled.pointer(path).and_then(Value::as_i64).unwrap_or_default();
        let tickets = fulfilled.pointer("/tickets").and_then(Value::as_array).into_iter().flatten().map(|ticket| {
            let text = |path| ticket.pointer(path).and_then(Value::as_str).unwrap_or_default();
            (text("/ticket_number"), text("/attendee/full_name"))
        });
        Paid {
            number: text("/order/order_number").unwrap_or_default(),
            quantity: whole("/order/quantity"),
            total: Cents::new(whole("/order/total_cents")),
            event: text("/order/event/name"),
            start_at: start.map(|start| start.to_utc()),
            place: place(),
            customer: text("/order/customer/full_name"),
            email: text("/order/customer/email"),
            tickets: tickets.collect(),
        }
    }
}

fn mail(paid: &Paid<'_>) -> Mail {
    let event = paid.event.unwrap_or("your event");
    let greeting = paid.customer.map_or_else(|| String::from("Hello,"), |name| format!("Hello {name},"));
    let count = match paid.quantity {
        1 => String::from("1 ticket"),
        count => format!("{count} tickets"),
    };
    let lines: Vec<(&str, String)> = [
        Some(("Order", paid.number.to_owned())),
        Some(("Event", event.to_owned())),
        paid.start_at.map(|start| ("Starts", start_line(start))),
        paid.place.map(|place| ("Place", place.join(", "))),
        Some(("Paid", format!("{} for {count}", paid.total))),
    ]
    .into_iter()
    .flatten()
    .collect();
    Mail {
        to: paid.email.map(one_line),
        subject: one_line(&format!("Your tickets for {event} ({})", paid.number)),
        text: text(&greeting, &lines, &paid.tickets),
        html: html(&greeting, &lines, &paid.tickets),
    }
}

/// `Sunday, 15 June 2025, 13:00 UTC`.
fn start_line(start: DateTime<Utc>) -> String {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let day = DAYS.get(start.weekday().num_days_from_monday() as usize).unwrap_or(&"");
    let month = MONTHS.get(start.month0() as usize).unwrap_or(&"");
    let (date, year, hour, minute) = (start.day(), start.year(), start.hour(), start.minute());
    format!("{day}, {date} {month} {year}, {hour:02}:{minute:02} UTC")
}

const CLOSING: &str =
    "Show the code of each ticket at the door. It admits one person, once: share it with nobody else.";

fn text(greeting: &str, lines: &[(&str, String)], tickets: &[(&str, &str)]) -> String {
    let mut text = format!("{greeting}\n\nthank you for your order.\n\n");
    for (label, value) in lines {
        let _ = writeln!(text, "{label:8}{value}");
    }
    text.push('\n');
    for (number, holder) in tickets {
        let _ = writeln!(text, "{number}  {holder}");
    }
    let _ = write!(text, "\n{CLOSING}\n");
    text
}

fn html(greeting: &str, lines: &[(&str, String)], tickets: &[(&str, &str)]) -> String {
    let mut html = format!("<p>{}</p>\n<p>thank you for your order.</p>\n<table>\n", escape(greeting));
    for (label, value) in lines {
        let _ = writeln!(html, "<tr><th align=\"left\">{label}</th><td>{}</td></tr>", escape(value));
    }
    html.push_str("</table>\n");
    for (number, holder) in tickets {
        let (number, holder) = (escape(number), escape(holder));
        let _ = writeln!(
            html,
            "<p><img src=\"cid:{number}\" width=\"200\" height=\"200\" alt=\"QR code of ticket {number}\"><br>{number}<br>{holder}</p>",
        );
    }
    let _ = writeln!(html, "<p>{CLOSING}</p>");
    html
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
