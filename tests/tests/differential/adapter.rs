//! A query sent through the crate `postgrest` means what it means on its own, or is refused.

use std::time::Duration;

use eventos_core::query::{Call, Count, Explain, Query, from};
use eventos_core::{Event, EventStatus, NewVenue, OrderId, Ticket, TicketStatus, Venue};
use eventos_tests::seeded;
use postgrest::Postgrest;
use serde_json::{Value, json};

use crate::normal::ours;
use crate::postgrest_rs::built;
use crate::projections::*;

#[test]
fn a_query_arrives_as_it_is() {
    let client = Postgrest::new("http://localhost").insert_header("apikey", "key");
    let hostile = "a,b.c:(d) \"e\" \\ & = ; + % * é '\n";
    let venue = || NewVenue { name: hostile.into(), address: "B".into(), capacity: 10 };
    let used = Ticket::STATUS.eq(TicketStatus::Used);
    for query in [
        from::<Event>()
            .select::<Upcoming>()
            .filter(Event::NAME.eq(hostile) | Event::NAME.contains(hostile))
            .into_query(),
        from::<Event>()
            .select::<AtVenue>()
            .embed(Event::VENUE, |venue| venue.filter(Venue::CITY.eq(hostile)))
            .limit(0)
            .into_query(),
        from::<Event>()
            .select::<EventKey>()
            .order(Event::ID.desc())
            .range(20, 39)
            .with_count(Count::Exact)
            .into_query(),
        from::<Event>().select::<EventKey>().single().schema("private").into_query(),
        from::<Venue>().insert(venue()).into_query(),
        from::<Venue>()
            .insert_many([venue().into(), venue().set(Venue::CITY, hostile)])
            .returning::<VenueKey>()
            .into_query(),
        from::<Venue>().upsert(venue()).returning::<VenueKey>().rollback().into_query(),
        from::<Ticket>()
            .update()
            .set(Ticket::STATUS, TicketStatus::Active)
            .filter(used.clone())
            .returning::<Admitted>()
            .expect_one()
            .into_query(),
        from::<Ticket>().delete().filter(used.clone()).returning::<TicketKey>().into_query(),
        Call::<Value>::new("check_in", json!({ "p_code": hostile })).unwrap().into_query(),
    ] {
        assert_eq!(built(query.to_postgrest(&client).unwrap()), ours(&query.to_request().unwrap()));
    }
}

#[test]
fn what_the_crate_would_drop_is_refused() {
    let client = Postgrest::new("http://localhost");
    let events = || from::<Event>().select::<EventKey>();
    let update = || {
        let order: OrderId = "01111111-1111-4111-8111-111111111111".parse().unwrap();
        from::<Ticket>().update().set(Ticket::STATUS, TicketStatus::Used).filter(Ticket::ORDER_ID.eq(order))
    };
    for query in [
        events().count(Count::Exact).into_query(),
        events().csv().into_query(),
        events().explain(Explain::default()).into_query(),
        events().header("x-trace", "1").into_query(),
        events().timeout(Duration::from_secs(1)).into_query(),
        update().into_query(),
        update().affected().into_query(),
        update().max_affected(1).returning::<TicketKey>().into_query(),
        update().returning::<TicketKey>().rollback().into_query(),
        events().schema("a\nb").into_query(),
    ] {
        assert!(query.to_postgrest(&client).is_err(), "{query:?}");
    }
}

#[tokio::test]
async fn a_server_answers_it() {
    let server = seeded::server().unwrap();
    let client = Postgrest::new(format!("{}/rest/v1", server.url)).insert_header("apikey", &server.anon_key);
    let query: Query =
        from::<Event>().select::<EventName>().filter(Event::STATUS.eq(EventStatus::Published)).limit(3).into_query();
    let answer = query.to_postgrest(&client).unwrap().execute().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let rows: Vec<Value> = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row["name"].is_string()), "{rows:?}");
}
