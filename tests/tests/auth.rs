//! Accounts and sessions against a real auth server, from sign-up to the last refusal.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use eventos_backend::{Backend, Endpoint, Options};
use eventos_core::auth::{
    AccessToken, Auth, FileStore, MemoryStore, Session, SessionStore, SignOutScope, SignUp, TokenProvider,
};
use eventos_core::host::{BoxFuture, Host, NativeHost};
use eventos_core::wire::{Request, Response};
use eventos_core::{ErrorKind, Eventos, Order, Profile, ProfileId, Result, ServerCode};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery staple";

#[tokio::test]
async fn a_person_signs_up_and_has_a_profile() {
    let Some(server) = Server::with_accounts().await else { return };
    let person = server.new_person("profile").await;
    let profile =
        server.eventos().profiles().select::<Profile>().filter(Profile::ID.eq(person.id)).single().await.unwrap();
    assert_eq!(profile.full_name.as_deref(), Some("Sarah Johnson"));
    assert_eq!(profile.email, person.email);
    server.remove(person).await;
}

#[tokio::test]
async fn requests_carry_the_token_of_whoever_is_signed_in() {
    let Some(server) = Server::with_accounts().await else { return };
    let person = server.new_person("token").await;
    let eventos = server.eventos();
    let auth = eventos.auth().unwrap();
    let mine = || eventos.profiles().update().set(Profile::COMPANY, "EventOS Inc").filter(Profile::ID.eq(person.id));

    let refused = mine().await.unwrap_err();
    assert!(refused.is_forbidden(), "a visitor changes no profile: {refused}");

    let session = auth.sign_in_with_password(&person.email, PASSWORD).await.unwrap();
    assert_eq!((session.user_id(), session.email()), (person.id, Some(person.email.as_str())));
    assert!(session.expires_at() > Utc::now());
    mine().returning::<Profile>().expect_one().await.unwrap();
    assert!(eventos.orders().select::<Order>().limit(1).await.unwrap().is_empty());
    let user = auth.user().await.unwrap();
    assert_eq!((user.id, user.email.as_deref()), (person.id, Some(person.email.as_str())));
    assert_eq!(user.metadata.unwrap()["full_name"], "Sarah Johnson");

    let refreshed = auth.refresh().await.unwrap();
    assert_ne!(secret(&refreshed, "refresh_token"), secret(&session, "refresh_token"));
    mine().returning::<Profile>().expect_one().await.unwrap();

    auth.sign_out().await.unwrap();
    assert_eq!(auth.session().await.unwrap(), None);
    assert!(mine().await.unwrap_err().is_forbidden());

    let thief = server.auth_with(keeping(&refreshed).await);
    let error = thief.refresh().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignedOut, "the server forgot the session too: {error}");
    server.remove(person).await;
}

#[tokio::test]
async fn signing_out_elsewhere_leaves_this_session() {
    let Some(server) = Server::with_accounts().await else { return };
    let person = server.new_person("elsewhere").await;
    let (here, there) = (server.auth(), server.auth());
    here.sign_in_with_password(&person.email, PASSWORD).await.unwrap();
    there.sign_in_with_password(&person.email, PASSWORD).await.unwrap();
    here.sign_out_of(SignOutScope::OtherSessions).await.unwrap();
    assert_eq!(there.refresh().await.unwrap_err().kind(), ErrorKind::SignedOut);
    here.refresh().await.unwrap();
    server.remove(person).await;
}

#[tokio::test]
async fn a_wrong_password_and_a_second_account_are_told_by_code() {
    let Some(server) = Server::with_accounts().await else { return };
    let person = server.new_person("wrong").await;
    let auth = server.auth();
    let error = auth.sign_in_with_password(&person.email, "not the password").await.unwrap_err();
    assert_eq!(error.server().unwrap().code, ServerCode::InvalidCredentials);
    assert!(!error.to_string().contains("not the password"));
    assert_eq!(auth.session().await.unwrap(), None);

    // A server that sends e-mails does not tell who has an account.
    if server.endpoint.is_embedded {
        let error = auth.sign_up(person.email.as_str(), PASSWORD).await.unwrap_err();
        assert_eq!(error.server().unwrap().code, ServerCode::UserAlreadyExists);
    }
    let error = auth.sign_up(email("weak"), "123").await.unwrap_err();
    assert_eq!(error.server().unwrap().code, ServerCode::WeakPassword);
    server.remove(person).await;
}

#[tokio::test]
async fn a_token_that_is_garbage_or_expired_is_told_apart_from_a_missing_right() {
    let server = Server::at_hand();
    let mut tokens = vec![AccessToken::new("garbage"), AccessToken::new("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl")];
    if server.endpoint.jwt_secret.is_some() {
        let claims =
            json!({ "role": "authenticated", "sub": "22222222-2222-4222-8222-222222222222", "exp": 1_000_000_000 });
        tokens.push(AccessToken::new(server.endpoint.token(&claims).unwrap()));
    }
    for token in tokens {
        let eventos = server.eventos().with_tokens(Arc::new(token.clone()));
        let error = eventos.events().select::<eventos_core::Event>().limit(1).await.unwrap_err();
        assert!(error.is_unauthenticated() && !error.is_forbidden(), "{error}");
        assert!(error.code().starts_with("PGRST30"), "{error}");
        assert!(!format!("{error} {error:?}").contains(token.expose()));
    }
}

#[tokio::test]
async fn many_requests_at_the_end_of_a_token_send_one_refresh() {
    let Some(server) = Server::with_accounts().await else { return };
    let person = server.new_person("many").await;
    let session = server.auth().sign_in_with_password(&person.email, PASSWORD).await.unwrap();
    let store = keeping(&ending(&session)).await;
    let host = Arc::new(CountingHost { inner: NativeHost::new().unwrap(), refreshes: AtomicUsize::new(0) });
    let eventos = server.builder().host(host.clone()).sessions(store.clone()).build().unwrap();

    let requests = (0..20).map(|_| tokio::spawn(eventos.orders().select::<Order>().limit(1).into_future()));
    for request in requests.collect::<Vec<_>>() {
        request.await.unwrap().unwrap();
    }
    assert_eq!(host.refreshes.load(Ordering::Relaxed), 1);
    assert_ne!(store.load().await.unwrap().unwrap(), session);
    server.remove(person).await;
}

#[tokio::test]
async fn a_refresh_whose_caller_left_is_there_for_the_next() {
    let Some(server) = Server::with_accounts().await else { return };
    let person = server.new_person("left").await;
    let session = server.auth().sign_in_with_password(&person.email, PASSWORD).await.unwrap();
    let host = Arc::new(CountingHost { inner: NativeHost::new().unwrap(), refreshes: AtomicUsize::new(0) });
    let store = keeping(&ending(&session)).await;
    let auth =
        Auth::builder(&server.endpoint.url, &server.endpoint.anon_key).host(host.clone()).store(store).build().unwrap();

    let left = tokio::time::timeout(Duration::from_micros(1), auth.access_token()).await;
    assert!(left.is_err(), "it left before the answer");
    assert_eq!(host.refreshes.load(Ordering::Relaxed), 1);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_ne!(auth.session().await.unwrap().unwrap(), session);
    assert_eq!(host.refreshes.load(Ordering::Relaxed), 1);
    server.remove(person).await;
}

#[tokio::test]
async fn two_processes_share_a_session_in_a_file() {
    let Some(server) = Server::with_accounts().await else { return };
    let person = server.new_person("file").await;
    let path = std::env::temp_dir().join(format!("eventos-shared-session-{}.json", std::process::id()));
    let session = server.auth().sign_in_with_password(&person.email, PASSWORD).await.unwrap();
    FileStore::new(&path).save(&ending(&session)).await.unwrap();

    let process = || server.auth_with(Arc::new(FileStore::new(&path)));
    let (one, two) = (process(), process());
    let refreshed = one.session().await.unwrap().unwrap();
    assert_ne!(refreshed, session);
    assert_eq!(two.session().await.unwrap().unwrap(), refreshed);
    one.sign_out().await.unwrap();
    assert!(!path.exists());
    assert_eq!(process().session().await.unwrap(), None);
    assert_eq!(two.refresh().await.unwrap_err().kind(), ErrorKind::SignedOut);
    server.remove(person).await;
}

#[tokio::test]
async fn a_service_client_signs_nobody_in() {
    let server = Server::at_hand();
    let Endpoint { url, service_key, .. } = &server.endpoint;
    let service = Eventos::builder(url, service_key).build().unwrap();
    assert_eq!(service.auth().unwrap_err().kind(), ErrorKind::InvalidInput);
    let kept = Eventos::builder(url, service_key).sessions(Arc::new(MemoryStore::new())).build();
    assert_eq!(kept.unwrap_err().kind(), ErrorKind::InvalidInput);
    let acting = server.eventos().with_tokens(Arc::new(AccessToken::new("someone's")));
    assert_eq!(acting.auth().unwrap_err().kind(), ErrorKind::InvalidInput);
}

/// The server under test: the one that the environment names, else an embedded one.
struct Server {
    endpoint: Endpoint,
}

/// One for all tests of this file; it stops with the process.
static EMBEDDED: LazyLock<Backend> = LazyLock::new(|| Backend::start(Options::throwaway().seeds([])).unwrap());

struct Person {
    id: ProfileId,
    email: String,
}

impl Server {
    fn at_hand() -> Server {
        let named = Endpoint::from_env().unwrap();
        Server { endpoint: named.unwrap_or_else(|| EMBEDDED.endpoint().clone()) }
    }

    /// A server with accounts; `None`, said aloud, where a bare PostgREST is named.
    async fn with_accounts() -> Option<Server> {
        let server = Server::at_hand();
        let Endpoint { url, anon_key, .. } = &server.endpoint;
        let settings = reqwest::Client::new().get(format!("{url}/auth/v1/settings")).header("apikey", anon_key);
        let has_accounts = settings.send().await.unwrap().status().is_success();
        if !has_accounts {
            eprintln!("skipped: {url} has no auth server");
        }
        has_accounts.then_some(server)
    }

    fn builder(&self) -> eventos_core::Builder {
        Eventos::builder(&self.endpoint.url, &self.endpoint.anon_key)
    }

    fn eventos(&self) -> Eventos {
        self.builder().build().unwrap()
    }

    fn auth(&self) -> Auth {
        self.auth_with(Arc::new(MemoryStore::new()))
    }

    fn auth_with(&self, store: Arc<dyn SessionStore>) -> Auth {
        Auth::builder(&self.endpoint.url, &self.endpoint.anon_key).store(store).build().unwrap()
    }

    /// Somebody with an account: signed up on the embedded server, entered by the administrator on another one, which may
    /// send e-mails and refuses addresses that no e-mail reaches.
    async fn new_person(&self, name: &str) -> Person {
        let email = email(name);
        if self.endpoint.is_embedded {
            let sign_up = self.auth().sign_up(email.as_str(), PASSWORD).full_name("Sarah Johnson").await.unwrap();
            let SignUp::SignedIn(session) = sign_up else { panic!("the embedded server sends no e-mails") };
            return Person { id: session.user_id(), email };
        }
        let data = json!({ "full_name": "Sarah Johnson" });
        let body = json!({ "email": email, "password": PASSWORD, "email_confirm": true, "user_metadata": data });
        let user = self.administer(reqwest::Method::POST, "", body).await;
        Person { id: user["id"].as_str().unwrap().parse().unwrap(), email }
    }

    /// What was made on the embedded server goes with it.
    async fn remove(&self, person: Person) {
        if !self.endpoint.is_embedded {
            self.administer(reqwest::Method::DELETE, &format!("/{}", person.id), json!({})).await;
        }
    }

    async fn administer(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        let Endpoint { url, service_key, .. } = &self.endpoint;
        let response = reqwest::Client::new()
            .request(method, format!("{url}/auth/v1/admin/users{path}"))
            .header("apikey", service_key)
            .bearer_auth(service_key)
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }
}

/// An address that nobody has and no e-mail reaches.
fn email(name: &str) -> String {
    let nanoseconds = Utc::now().timestamp_nanos_opt().unwrap();
    format!("auth-{name}-{nanoseconds}@example.com")
}

async fn keeping(session: &Session) -> Arc<MemoryStore> {
    let store = Arc::new(MemoryStore::new());
    store.save(session).await.unwrap();
    store
}

/// The same session, ten seconds before its end.
fn ending(session: &Session) -> Session {
    let mut json: Value = serde_json::from_str(&session.to_json()).unwrap();
    let time = |seconds: i64| -> DateTime<Utc> { Utc::now() + chrono::TimeDelta::seconds(seconds) };
    json["issued_at"] = json!(time(-3590));
    json["expires_at"] = json!(time(10));
    Session::from_json(&json.to_string()).unwrap()
}

fn secret(session: &Session, name: &str) -> String {
    let json: Value = serde_json::from_str(&session.to_json()).unwrap();
    json[name].as_str().unwrap().to_owned()
}

/// The native host, which counts refreshes.
struct CountingHost {
    inner: NativeHost,
    refreshes: AtomicUsize,
}

impl Host for CountingHost {
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        if request.query == "grant_type=refresh_token" {
            self.refreshes.fetch_add(1, Ordering::Relaxed);
        }
        self.inner.send(base, request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.inner.sleep(duration)
    }

    fn now(&self) -> DateTime<Utc> {
        self.inner.now()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        self.inner.fill_random(bytes)
    }
}
