//! The server under attack, and whose requests reach it.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use eventos_backend::{Backend, Endpoint, Options};
use eventos_tests::sql;
use reqwest::{Method, RequestBuilder};
use serde_json::{Map, Value};
use tokio_postgres::Client;

use crate::world::World;

/// Those who have an account: two customers and two organizers, of whom the second of each is a stranger
/// to the rows of the first.
pub(crate) const MEMBERS: [&str; 4] = ["customer", "stranger", "organizer", "rival"];

/// Whoever comes without the service's key.
pub(crate) const CLIENTS: [&str; 5] = ["visitor", "customer", "stranger", "organizer", "rival"];

/// The server that the environment names, else an embedded one for all tests of this program. One test
/// at a time has it: each compares all rows before and after.
pub(crate) struct Server {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) database: Client,
    http: reqwest::Client,
    digest: String,
    _turn: Turn,
}

impl Server {
    pub(crate) async fn at_hand() -> Self {
        let turn = Turn::wait();
        let endpoint = endpoint();
        let url = endpoint.db_url.as_deref().expect("this test looks into the database: set EVENTOS_DB_URL");
        let database = sql::connect(url).await.unwrap();
        let rows = database.query_one(ROWS_OF_ALL_TABLES, &[]).await.unwrap().get::<_, String>(0);
        let digest = format!("select md5(string_agg(line, e'\\n' order by line)) from ({rows}) as rows (line)");
        Self { endpoint, database, http: reqwest::Client::new(), digest, _turn: turn }
    }

    /// All that the tables hold, in short: on a foreign server, what knows the world's rows.
    pub(crate) async fn digest(&self, world: &World) -> String {
        let digest = if self.endpoint.is_embedded {
            self.digest.clone()
        } else {
            self.digest.replace("rows (line)", &format!("rows (line) where line ~ '{}'", world.ids().join("|")))
        };
        self.database.query_one(&digest, &[]).await.unwrap().get::<_, Option<String>>(0).unwrap_or_default()
    }

    /// Sends a request as `actor`: its verb and its path under `/rest/v1`, such as `PATCH orders?id=eq.$paid`, with
    /// ids for the labels in it and in the body.
    ///
    /// `MERGE` and `IGNORE` are upserts. Whatever makes rows or calls a function sends the usual body for it with
    /// `body` laid over, or as many of these as there are objects in it.
    pub(crate) async fn ask(&self, world: &World, actor: &str, request: &str, body: &str) -> Answer {
        self.ask_with(world, actor, request, body, |request| request).await
    }

    /// As [`ask`](Self::ask), with headers that `dress` adds.
    pub(crate) async fn ask_with(
        &self,
        world: &World,
        actor: &str,
        request: &str,
        body: &str,
        dress: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Answer {
        let (verb, path) = request.split_once(' ').unwrap();
        let (method, preference) = match verb {
            "MERGE" => (Method::POST, "resolution=merge-duplicates,return=representation"),
            "IGNORE" => (Method::POST, "resolution=ignore-duplicates,return=representation"),
            _ => (verb.parse().unwrap(), "return=representation"),
        };
        let body = match verb {
            "POST" | "MERGE" | "IGNORE" | "PUT" => over_the_usual(path, body),
            _ => body.to_owned(),
        };
        let (key, token) = self.credentials(world, actor);
        let mut request = self
            .http
            .request(method, format!("{}/rest/v1/{}", self.endpoint.url, world.fill_for(actor, path)))
            .header("apikey", key)
            .header("Prefer", preference)
            .bearer_auth(token.as_deref().unwrap_or(key));
        if !body.is_empty() {
            request = request.header("Content-Type", "application/json").body(world.fill_for(actor, &body));
        }
        let response = dress(request).send().await.unwrap();
        let status = response.status().as_u16();
        let range = response.headers().get("content-range").map(|range| range.to_str().unwrap().to_owned());
        let text = response.text().await.unwrap();
        Answer { status, range, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }

    fn credentials(&self, world: &World, actor: &str) -> (&'static str, Option<String>) {
        match actor {
            "visitor" => (&self.endpoint.anon_key, None),
            "service" => (&self.endpoint.service_key, None),
            _ => {
                let id = world.id(actor);
                let token = self.endpoint.user_token(id, &format!("{id}@example.com")).unwrap();
                (&self.endpoint.anon_key, Some(token))
            }
        }
    }
}

/// As long as it lasts, the other tests of this program wait.
struct Turn(#[expect(dead_code, reason = "its end is what matters")] MutexGuard<'static, ()>);

impl Turn {
    fn wait() -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        Self(TURN.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn endpoint() -> &'static Endpoint {
    static SERVER: OnceLock<(Endpoint, Option<Backend>)> = OnceLock::new();
    let (endpoint, _) = SERVER.get_or_init(|| match Endpoint::from_env().unwrap() {
        Some(named) => (named, None),
        None => {
            let backend = Backend::start(Options::throwaway().seeds([])).unwrap();
            (backend.endpoint().clone(), Some(backend))
        }
    });
    endpoint
}

/// A query for the rows of every table, whichever there are, as text. A row whose `updated_at` moved, and nothing
/// else, is the same.
const ROWS_OF_ALL_TABLES: &str = "
    select string_agg(format('select %L || (to_jsonb(line) - ''updated_at'')::text from %s as line',
                             pg_class.oid::regclass || ' ', pg_class.oid::regclass),
                      ' union all ' order by pg_class.oid)
      from pg_class
     where relkind in ('r', 'p')
       and (relnamespace in (select oid from pg_namespace where nspname in ('public', 'eventos'))
            or pg_class.oid = 'auth.users'::regclass)";

/// What the server said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) range: Option<String>,
    pub(crate) body: Value,
}

/// The usual body of what is sent there, with what this one says instead; other bodies as they are.
fn over_the_usual(path: &str, body: &str) -> String {
    let target = path.split('?').next().unwrap_or_default();
    let Some(usual) = World::usual_body(target) else {
        return body.to_owned();
    };
    let usual: Map<String, Value> = serde_json::from_str(usual).unwrap();
    let laid_over = |changes: &Value| {
        let mut body = usual.clone();
        body.extend(changes.as_object().unwrap().clone());
        Value::Object(body)
    };
    let given = if body.is_empty() { "{}" } else { body };
    let given: Value = serde_json::from_str(given).unwrap_or_else(|error| panic!("{given}: {error}"));
    match &given {
        Value::Array(several) => several.iter().map(laid_over).collect::<Value>().to_string(),
        one => laid_over(one).to_string(),
    }
}
