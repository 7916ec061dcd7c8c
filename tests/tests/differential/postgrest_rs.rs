//! Against the Rust crate `postgrest` 1.6, for what it encodes correctly: single conditions and their raw trees.
//!
//! Left out by name, because it encodes them wrongly or not at all: `in_` (elements are not quoted), `and` and `or` with
//! values that hold commas, dots or parentheses (the caller has to quote), a second `order` (the first is sent twice),
//! `exact_count` and its kind (they ask for one row), counts beside writes (the preference is overwritten), `limit(0)`
//! (a panic), `like` with any or all, `match`, `isdistinct`, HEAD, csv, plans and embedded offsets.

use chrono::{DateTime, Utc};
use eventos_core::query::{OnConflict, TextSearch, from};
use eventos_core::{
    Event, EventId, EventStatus, EventType, NewProfile, Profile, ProfileId, Ticket, TicketStatus, Venue, Visibility,
    wire,
};
use postgrest::{Builder, Postgrest};
use postgrest_grammar::Request;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::normal::{meant, ours};
use crate::projections::*;

const ID: &str = "e1111111-1111-4111-8111-111111111111";

#[test]
fn both_mean_the_same() {
    let client = Postgrest::new("http://localhost");
    let start: DateTime<Utc> = "2025-06-15T13:00:00Z".parse().unwrap();
    let event: EventId = ID.parse().unwrap();
    let profile: ProfileId = ID.parse().unwrap();
    let events = || from::<Event>().select::<EventKey>();
    let venues = || from::<Venue>().select::<VenueKey>();
    let pairs: Vec<(Builder, eventos_core::Result<wire::Request>)> = vec![
        (client.from("events").select("*"), from::<Event>().select::<Event>().to_request()),
        (
            client.from("events").select("id,name,venue:venues!venue_id(name,city)"),
            from::<Event>().select::<WithVenue>().to_request(),
        ),
        (
            client.from("events").select("id").eq("status", "published").neq("visibility", "private"),
            events()
                .filter(Event::STATUS.eq(EventStatus::Published) & Event::VISIBILITY.neq(Visibility::Private))
                .to_request(),
        ),
        (
            client.from("events").select("id").gte("start_at", "2025-06-15T09:00:00-04:00").lt("capacity", "500"),
            events().filter(Event::START_AT.gte(start) & Event::CAPACITY.lt(500)).to_request(),
        ),
        (
            client.from("events").select("id").gt("capacity", "10").lte("capacity", "20"),
            events().filter(Event::CAPACITY.gt(10) & Event::CAPACITY.lte(20)).to_request(),
        ),
        (
            client.from("events").select("id").is("venue_id", "null"),
            events().filter(Event::VENUE_ID.is_null()).to_request(),
        ),
        (
            client.from("events").select("id").not("is", "venue_id", "null"),
            events().filter(Event::VENUE_ID.is_not_null()).to_request(),
        ),
        (
            client.from("events").select("id").in_("type", ["seminar", "workshop"]),
            events().filter(Event::TYPE.in_([EventType::Seminar, EventType::Workshop])).to_request(),
        ),
        (
            client.from("venues").select("id").cs("amenities", r#"{"parking": true}"#),
            venues().filter(Venue::AMENITIES.contains_json(json!({ "parking": true }))).to_request(),
        ),
        (
            client.from("venues").select("id").cd("amenities", r#"{"parking": true}"#),
            venues().filter(Venue::AMENITIES.contained_by_json(json!({ "parking": true }))).to_request(),
        ),
        (
            client.from("events").select("id").wfts("description", "leaders -sales", Some("english")),
            events()
                .filter(Event::DESCRIPTION.search(TextSearch::web("leaders -sales").config("english")))
                .to_request(),
        ),
        (
            client
                .from("events")
                .select("id")
                .fts("description", "a & b", None)
                .plfts("name", "a b", None)
                .phfts("name", "c d", None),
            events()
                .filter(Event::DESCRIPTION.search(TextSearch::raw("a & b")))
                .filter(Event::NAME.search(TextSearch::plain("a b")) & Event::NAME.search(TextSearch::phrase("c d")))
                .to_request(),
        ),
        (
            client.from("events").select("id").or("status.eq.published,visibility.eq.private"),
            events()
                .filter(Event::STATUS.eq(EventStatus::Published) | Event::VISIBILITY.eq(Visibility::Private))
                .to_request(),
        ),
        (
            client.from("events").select("id").and("capacity.gt.1,or(type.eq.seminar,type.eq.workshop)"),
            events()
                .filter(
                    Event::CAPACITY.gt(1) & (Event::TYPE.eq(EventType::Seminar) | Event::TYPE.eq(EventType::Workshop)),
                )
                .to_request(),
        ),
        (client.from("events").select("id").order("start_at.asc"), events().order(Event::START_AT.asc()).to_request()),
        (
            client.from("tickets").select("id").order_with_options("checked_in_at", None::<String>, false, false),
            from::<Ticket>().select::<TicketKey>().order(Ticket::CHECKED_IN_AT.desc().nulls_last()).to_request(),
        ),
        (
            client.from("events").select("id,tickets:tickets!event_id(id)").foreign_table_limit(3, "tickets"),
            from::<Event>().select::<WithTicketKeys>().embed(Event::TICKETS, |tickets| tickets.limit(3)).to_request(),
        ),
        (client.from("events").select("id").limit(10), events().limit(10).to_request()),
        (client.from("events").select("id").range(20, 39), events().range(20, 39).to_request()),
        (
            client.from("profiles").select("full_name").eq("id", ID).single(),
            from::<Profile>().select::<ProfileName>().filter(Profile::ID.eq(profile)).single().to_request(),
        ),
        (client.clone().schema("private").from("events").select("id"), events().schema("private").to_request()),
        (
            client
                .from("profiles")
                .select("id")
                .upsert(json!({ "id": ID, "email": "a@example.com" }).to_string())
                .on_conflict("email"),
            from::<Profile>()
                .upsert(NewProfile { id: profile, email: "a@example.com".into() })
                .on_conflict(Profile::EMAIL, OnConflict::Merge)
                .returning::<ProfileKey>()
                .to_request(),
        ),
        (
            client.from("tickets").select("id").eq("event_id", ID).update(r#"{"status":"cancelled"}"#),
            from::<Ticket>()
                .update()
                .set(Ticket::STATUS, TicketStatus::Cancelled)
                .filter(Ticket::EVENT_ID.eq(event))
                .returning::<TicketKey>()
                .to_request(),
        ),
        (
            client.from("events").select("id").eq("id", ID).delete(),
            from::<Event>().delete().filter(Event::ID.eq(event)).returning::<EventKey>().to_request(),
        ),
        (
            client.rpc("check_in", r#"{"p_code":"+/="}"#),
            eventos_core::query::Call::<Value>::new("check_in", json!({ "p_code": "+/=" })).unwrap().to_request(),
        ),
    ];
    for (theirs, mine) in pairs {
        let request = mine.unwrap();
        assert_eq!(ours(&request), built(theirs), "{}", request.target());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_send_any_text_as_it_is(text in "[ -~é日🎟\n]{0,12}") {
        let client = Postgrest::new("http://localhost");
        let theirs = client.from("venues").select("id").eq("name", &text).neq("address", &text).ilike("city", &text);
        let filter = Venue::NAME.eq(&text) & Venue::ADDRESS.neq(&text) & Venue::CITY.ilike(&text);
        let request = from::<Venue>().select::<VenueKey>().filter(filter).to_request().unwrap();
        prop_assert_eq!(ours(&request), built(theirs));
    }
}

/// What the crate sends, and what that means.
pub(crate) fn built(builder: Builder) -> (Request, Option<Value>) {
    let request = builder.build().build().unwrap();
    let target = match request.url().query() {
        Some(query) => format!("{}?{query}", request.url().path()),
        None => request.url().path().to_owned(),
    };
    let headers: Vec<(&str, &str)> =
        request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    let body = request.body().and_then(|body| body.as_bytes()).filter(|body| !body.is_empty());
    meant(request.method().as_str(), &target, &headers, body.map(|body| serde_json::from_slice(body).unwrap()))
}
