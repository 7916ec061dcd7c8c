//! Queries for services that already hold a client of the crate `postgrest` 1.6 (postgrest-rs).

use super::request::{Method, Request};
use crate::error::{Error, Result};
use crate::query::{Action, Query};

impl Query {
    /// This query as a builder of the crate `postgrest`, to send with its `execute`. Needs the feature `postgrest`.
    ///
    /// The client's own headers and address are kept. The answer is the crate's too: it is neither checked nor retried,
    /// and has no time limit. [`read_json`](Query::read_json) reads its body.
    ///
    /// ```
    /// use eventos_core::{Event, EventStatus, query::from};
    /// use postgrest::Postgrest;
    ///
    /// let client = Postgrest::new("https://example.supabase.co/rest/v1").insert_header("apikey", "anon-key");
    /// let query = from::<Event>().select::<Event>().filter(Event::STATUS.eq(EventStatus::Published)).into_query();
    /// let request = query.to_postgrest(&client)?.build().build().unwrap();
    /// assert_eq!(request.url().as_str(), "https://example.supabase.co/rest/v1/events?select=*&status=eq.published");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) as for [`to_request`](Query::to_request), and for what the crate
    /// cannot say: counting without rows, csv, plans, headers and time limits of the query's own, and updates and deletes
    /// that do not simply give their rows back.
    pub fn to_postgrest(&self, client: &postgrest::Postgrest) -> Result<postgrest::Builder> {
        let request = self.to_request()?;
        self.refuse_what_the_crate_drops(&request)?;
        let mut client = client.clone();
        if let Some(schema) = &self.settings.schema {
            client = client.schema(schema.as_ref());
        }
        // It panics on a header that cannot be one; `to_request` has checked these.
        if let Some(preferences) = request.header("prefer") {
            client = client.insert_header("prefer", preferences);
        }
        // It joins what it is given to the address as it is, so the query is encoded here, once.
        let mut builder = client.from(request.target().trim_start_matches('/'));
        if request.header("accept") == Some(ONE_ROW) {
            builder = builder.single();
        }
        let body = request.body.unwrap_or_default();
        Ok(match request.method {
            Method::Patch => builder.update(body),
            Method::Delete => builder.delete(),
            // Its `insert` would overwrite the preferences; a call is the same POST without that.
            Method::Post => builder.rpc(body),
            Method::Get | Method::Head => builder,
        })
    }

    fn refuse_what_the_crate_drops(&self, request: &Request) -> Result<()> {
        let refused = |what: &'static str| Err(Error::invalid_input("postgrest", what));
        if request.method == Method::Head {
            return refused("the crate cannot count without rows: read them, or send the query with `Eventos`");
        }
        if !matches!(request.header("accept"), Some("application/json" | ONE_ROW)) {
            return refused("the crate reads JSON alone: send csv and plans with `Eventos`");
        }
        if !self.settings.headers.is_empty() || self.settings.timeout.is_some() {
            return refused("the crate sets headers and time limits on its client, not on a query");
        }
        if matches!(self.action, Action::Update(_) | Action::Delete)
            && request.header("prefer") != Some("return=representation")
        {
            return refused(
                "the crate asks updates and deletes for their rows alone: use `returning`, and nothing more",
            );
        }
        Ok(())
    }
}

const ONE_ROW: &str = "application/vnd.pgrst.object+json";
