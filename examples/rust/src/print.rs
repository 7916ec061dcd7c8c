//! What a person sees. Colours appear on terminals only.

use anstream::println;
use chrono::{DateTime, Utc};
use eventos_core::codes::{OrderNumber, TicketNumber};
use eventos_core::flows::check_in::{CheckIn, Outcome};
use eventos_core::flows::confirmation::OrderConfirmation;
use eventos_core::flows::dashboard::OrganizedEvent;
use eventos_core::flows::listing::EventCard;
use eventos_core::flows::revenue::EventRevenue;
use eventos_core::{Cents, PaymentStatus};

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";
const CYAN: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

pub(crate) fn title(text: &str) {
    println!("\n{BOLD}{text}{PLAIN}");
}

pub(crate) fn chapter(number: &str, text: &str) {
    println!("\n{CYAN}{number}{PLAIN}  {BOLD}{text}{PLAIN}\n");
}

pub(crate) fn events(events: &[EventCard]) {
    table(
        &["Event", "Type", "Starts (UTC)", "Venue", "Organizer", "Price", "Left"],
        events.iter().map(|event| {
            vec![
                event.name.clone(),
                event.r#type.to_string(),
                day_and_time(event.start_at),
                event.venue.as_ref().map_or_else(String::new, |venue| format!("{}, {}", venue.name, venue.city)),
                event.organizer.as_ref().and_then(|organizer| organizer.full_name.clone()).unwrap_or_default(),
                event.price_cents.to_string(),
                event.stats.as_ref().map_or_else(String::new, |stats| stats.tickets_available.to_string()),
            ]
        }),
    );
}

pub(crate) fn order(what: &str, number: &OrderNumber, total: Cents, status: &PaymentStatus) {
    println!("   Order {BOLD}{number}{PLAIN} {what}: {total} {DIM}({status}){PLAIN}");
}

pub(crate) fn ticket(number: &TicketNumber, holder: &str, symbol: &str) {
    println!("\n   Ticket {BOLD}{number}{PLAIN}  {holder}\n");
    for line in symbol.lines() {
        println!("   {line}");
    }
}

pub(crate) fn mail(mail: &OrderConfirmation) {
    let to = mail.to.as_deref().unwrap_or("nobody");
    println!("\n   {DIM}The confirmation to {to}:{PLAIN}\n");
    println!("   {DIM}│{PLAIN} {BOLD}{}{PLAIN}", mail.subject);
    for line in mail.text.lines() {
        println!("   {DIM}│{PLAIN} {line}");
    }
}

pub(crate) fn dashboard(events: &[OrganizedEvent]) {
    table(
        &["Event", "Status", "Starts (UTC)", "Sales", "Door"],
        events.iter().map(|event| {
            vec![
                event.name.clone(),
                event.status.to_string(),
                day_and_time(event.start_at),
                event.stats.as_ref().map_or_else(String::new, ToString::to_string),
                event.stats.as_ref().map_or_else(String::new, |stats| stats.check_in_line()),
            ]
        }),
    );
}

pub(crate) fn verdict(answer: &CheckIn) {
    let holder = answer.attendee.as_ref().map_or("", |attendee| attendee.full_name.as_str());
    match &answer.outcome {
        Outcome::Admitted => println!("   {GREEN}{BOLD} ✓ {PLAIN} {GREEN}Welcome {holder}!{PLAIN}"),
        Outcome::AlreadyUsed { first_scan } => {
            let at =
                first_scan.at.map_or_else(|| String::from("before"), |at| at.format("at %H:%M:%S UTC").to_string());
            let gate = first_scan.gate.as_deref().map_or_else(String::new, |gate| format!(", at the gate {gate}"));
            println!("   {RED}{BOLD} ✗ {PLAIN} {RED}{holder} was let in already, {at}{gate}{PLAIN}");
        }
        Outcome::UnknownCode => println!("   {RED}{BOLD} ✗ {PLAIN} {RED}This is no ticket{PLAIN}"),
        other => println!("   {RED}{BOLD} ✗ {PLAIN} {RED}Refused: {}{PLAIN}", other.as_str()),
    }
}

pub(crate) fn revenue(events: &[EventRevenue]) {
    let total: Cents = events.iter().map(|event| event.revenue).sum();
    table(
        &["Event", "Orders", "Tickets", "Revenue"],
        events.iter().map(|event| {
            vec![
                event.event_name.clone(),
                event.orders.to_string(),
                event.tickets.to_string(),
                format!("{} CAD", event.revenue),
            ]
        }),
    );
    println!("\n   {BOLD}{total} CAD{PLAIN} in all\n");
}

pub(crate) fn note(text: &str) {
    println!("   {DIM}{text}{PLAIN}\n");
}

pub(crate) fn failed(problem: &anyhow::Error) {
    println!("\n   {RED}{BOLD} ✗ {PLAIN} {RED}{problem:#}{PLAIN}\n");
}

fn day_and_time(instant: DateTime<Utc>) -> String {
    instant.format("%a %-d %b %Y %H:%M").to_string()
}

/// Columns as wide as their widest cell.
fn table(titles: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let rows: Vec<Vec<String>> = rows.collect();
    let width = |column: usize, title: &str| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([title.chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = titles.iter().enumerate().map(|(column, title)| width(column, title)).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells.zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    println!("   {DIM}{}{PLAIN}", line(&mut titles.iter().copied()));
    for row in &rows {
        println!("   {}", line(&mut row.iter().map(String::as_str)));
    }
}
