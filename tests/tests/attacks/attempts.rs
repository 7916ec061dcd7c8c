//! Attempts that must come to nothing.

use std::fmt::Write as _;

use crate::server::{Answer, CLIENTS, MEMBERS, Server};
use crate::world::World;

/// What is tried, by whom, with which request and body, and how it is refused.
///
/// Those who try are named, with spaces between them; `members` are all who have an account, `clients` these and
/// visitors. The refusal is the code of an error, and maybe a word of its message after it; or `outcome` and the one
/// in the answer; or `nothing`, when no row was found; or `null`, when a function gives nothing; or `404`, whatever
/// the code.
pub(crate) type Attempt = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// Makes every attempt and holds its answer against the refusal. Nothing may have changed after it.
pub(crate) async fn all_are_refused(attempts: &[Attempt]) {
    let server = Server::at_hand().await;
    let mut world = World::create(&server.database).await;
    let mut before = server.digest(&world).await;
    let mut wrong = String::new();
    for (what, who, request, body, refusal) in attempts {
        for actor in actors(who) {
            let answer = server.ask(&world, actor, request, body).await;
            if let Some(fault) = fault(&world, actor, &answer, refusal) {
                writeln!(wrong, "{actor}: {what}: {fault}").unwrap();
            }
            if server.digest(&world).await != before {
                writeln!(wrong, "{actor}: {what}: rows changed: {answer:?}").unwrap();
                world.remove(&server.database).await;
                world = World::create(&server.database).await;
                before = server.digest(&world).await;
            }
        }
    }
    world.remove(&server.database).await;
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn actors(who: &'static str) -> Vec<&'static str> {
    match who {
        "clients" => CLIENTS.into(),
        "members" => MEMBERS.into(),
        named => named.split(' ').inspect(|actor| assert!(CLIENTS.contains(actor), "{actor}")).collect(),
    }
}

/// How an answer is not the refusal that it should be.
pub(crate) fn fault(world: &World, actor: &str, answer: &Answer, refusal: &str) -> Option<String> {
    let text = answer.body.to_string();
    if let Some(secret) = world.told(actor, &text) {
        return Some(format!("told {secret}: {answer:?}"));
    }
    (!is_refused(actor, answer, refusal)).then(|| format!("{answer:?}, not {refusal}"))
}

fn is_refused(actor: &str, answer: &Answer, refusal: &str) -> bool {
    let (kind, detail) = refusal.split_once(' ').unwrap_or((refusal, ""));
    let status = answer.status;
    match kind {
        "nothing" => matches!(status, 200 | 201) && answer.body.as_array().is_some_and(Vec::is_empty),
        "null" => status == 200 && answer.body.is_null(),
        "404" => status == 404,
        "outcome" => status == 200 && answer.body["outcome"] == detail,
        code => {
            let said = match answer.body["code"].as_str().unwrap_or_default() {
                "23001" => "23503", // a row that others refer to, since PostgreSQL 18
                said => said,
            };
            let message = answer.body["message"].as_str().unwrap_or_default();
            said == code && status_of(code, actor).contains(&status) && message.contains(detail)
        }
    }
}

/// The statuses that go with the code of an error.
fn status_of(code: &str, actor: &str) -> &'static [u16] {
    match code {
        "42501" if actor == "visitor" => &[401],
        "42501" => &[403],
        "23503" => &[409, 400],
        "23505" => &[409],
        "PGRST106" => &[406],
        "PGRST202" => &[404],
        _ => &[400],
    }
}
