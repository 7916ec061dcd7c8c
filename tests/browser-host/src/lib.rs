//! On wasm32 a host may hold what cannot leave its thread, as a browser's objects, and so may every future over it.
//!
//! That this compiles is the test; `cargo xtask test wasm` does. Natively there is nothing here: there the opposite holds,
//! and `tests/compile/tests/compile_pass/futures_are_send.rs` shows it.

#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use eventos_core::host::{BoxFuture, Host};
use eventos_core::wire::{Request, Response};
use eventos_core::{Event, EventStatus, Eventos, Result, Ticket, TicketStatus};

/// A page of a browser: shared within its thread alone.
#[derive(Clone, Debug, Default)]
pub struct Page {
    sent: Rc<RefCell<Vec<String>>>,
}

impl Host for Page {
    fn send<'a>(&'a self, _: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        let sent = Rc::clone(&self.sent);
        Box::pin(async move {
            sent.borrow_mut().push(request.target());
            Ok(Response { status: 200, headers: Vec::new(), body: b"[]".to_vec() })
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        let sent = Rc::clone(&self.sent);
        Box::pin(async move { drop(sent) })
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        bytes.fill(0);
        Ok(())
    }
}

/// Reads, pages and writes over such a host.
///
/// # Errors
///
/// As any query.
pub async fn visit(page: Page) -> Result<usize> {
    let eventos = Eventos::builder("https://example.supabase.co", "anon-key").host(Arc::new(page)).build()?;
    let events = eventos.events().select::<Event>().filter(Event::STATUS.eq(EventStatus::Published)).await?;
    let all = eventos.events().select::<Event>().pages(100).collect().await?;
    let update = eventos.tickets().update().set(Ticket::STATUS, TicketStatus::Cancelled);
    update.filter(Ticket::STATUS.eq(TicketStatus::Active)).await?;
    Ok(events.len() + all.len())
}
