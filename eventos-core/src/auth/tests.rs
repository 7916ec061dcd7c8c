//! The story of a session, told to a host whose answers and clock are fixed.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::error::ErrorKind;
use crate::host::{Host, RecordingHost, RetryPolicy};
use crate::wire::{Request, Response};

const USER: &str = "22222222-2222-4222-8222-222222222222";

fn start() -> DateTime<Utc> {
    "2025-06-15T09:00:00Z".parse().unwrap()
}

/// The server's answer to a sign-in or a refresh: tokens `access-<name>` and `refresh-<name>`, good for an hour.
fn grant(name: &str) -> String {
    format!(
        r#"{{"access_token":"access-{name}","refresh_token":"refresh-{name}","token_type":"bearer","expires_in":3600,
            "expires_at":1,"user":{{"id":"{USER}","email":"michael@example.com","user_metadata":{{}}}}}}"#
    )
}

const REFUSAL: &str = r#"{"code":400,"error_code":"refresh_token_not_found","msg":"Invalid Refresh Token"}"#;

/// An [`Auth`] with all that a test wants to look at.
struct Scene {
    host: Arc<GatedHost>,
    store: Arc<MemoryStore>,
    auth: Auth,
}

impl Scene {
    fn new() -> Scene {
        Scene::with_retry(RetryPolicy::never())
    }

    fn with_retry(retry: RetryPolicy) -> Scene {
        let host = Arc::new(GatedHost::new());
        let store = Arc::new(MemoryStore::new());
        let auth = auth_with(&host, store.clone(), retry);
        Scene { host, store, auth }
    }

    /// Somebody signed in at the start, with the tokens of `first`.
    fn signed_in() -> Scene {
        let scene = Scene::new();
        scene.host.answers.answer(200, &grant("first"));
        block_on(scene.auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap();
        scene
    }

    fn token(&self) -> Result<Option<String>> {
        token(&self.auth)
    }

    fn stored(&self) -> Option<Session> {
        block_on(self.store.load()).unwrap()
    }

    fn advance(&self, seconds: u64) {
        self.host.answers.advance(Duration::from_secs(seconds));
    }

    /// The requests so far, as method, target and body.
    fn sent(&self) -> Vec<String> {
        let exchanges = self.host.answers.exchanges();
        exchanges.iter().map(|exchange| sent(&exchange.request)).collect()
    }
}

fn auth_with(host: &Arc<GatedHost>, store: Arc<dyn SessionStore>, retry: RetryPolicy) -> Auth {
    Auth::builder("https://example.supabase.co", "anon-key")
        .host(host.clone())
        .store(store)
        .retry(retry)
        .build()
        .unwrap()
}

fn token(auth: &Auth) -> Result<Option<String>> {
    Ok(block_on(auth.access_token())?.map(|token| token.expose().to_owned()))
}

fn sent(request: &Request) -> String {
    format!("{} {} {}", request.method.as_str(), request.target(), request.body.as_deref().unwrap_or_default())
}

#[test]
fn a_sign_in_asks_for_a_grant_and_keeps_it() {
    let scene = Scene::signed_in();
    let exchange = &scene.host.answers.exchanges()[0];
    assert_eq!(exchange.base, "https://example.supabase.co/auth/v1");
    assert_eq!(
        sent(&exchange.request),
        r#"POST /token?grant_type=password {"email":"michael@example.com","password":"correct horse"}"#
    );
    assert_eq!(exchange.request.header("apikey"), Some("anon-key"));
    assert_eq!(exchange.request.header("content-type"), Some("application/json"));
    assert_eq!(exchange.request.header("authorization"), None);

    let session = block_on(scene.auth.session()).unwrap().unwrap();
    assert_eq!(session.user_id().to_string(), USER);
    assert_eq!(session.email(), Some("michael@example.com"));
    assert_eq!(session.expires_at(), start() + TimeDelta::hours(1), "by this device's clock, not the server's");
    assert_eq!(scene.stored(), Some(session));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-first"));
    assert_eq!(scene.sent().len(), 1);
}

#[test]
fn the_servers_clock_counts_where_it_gives_no_duration() {
    let scene = Scene::new();
    let by_the_server = start() + TimeDelta::minutes(30);
    let answer = grant("first").replace("\"expires_in\":3600,", "");
    scene
        .host
        .answers
        .answer(200, &answer.replace("\"expires_at\":1", &format!("\"expires_at\":{}", by_the_server.timestamp())));
    let session = block_on(scene.auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap();
    assert_eq!(session.expires_at(), by_the_server);
}

#[test]
fn a_wrong_password_is_the_servers_error_and_signs_nobody_in() {
    let scene = Scene::new();
    scene
        .host
        .answers
        .answer(400, r#"{"code":400,"error_code":"invalid_credentials","msg":"Invalid login credentials"}"#);
    let error = block_on(scene.auth.sign_in_with_password("michael@example.com", "wrong")).unwrap_err();
    assert_eq!(error.code(), "invalid_credentials");
    assert_eq!(scene.token().unwrap(), None);
    assert_eq!(scene.stored(), None);
}

#[test]
fn nothing_is_sent_for_an_empty_e_mail_or_password() {
    let scene = Scene::new();
    for (email, password) in [("", "correct horse"), (" ", "correct horse"), ("michael@example.com", "")] {
        let error = block_on(scene.auth.sign_in_with_password(email, password)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        let error = block_on(scene.auth.sign_up(email, password).into_future()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    assert!(scene.sent().is_empty());
}

#[test]
fn a_sign_up_may_sign_in_at_once() {
    let scene = Scene::new();
    scene.host.answers.answer(200, &grant("first"));
    let sign_up = scene.auth.sign_up("sarah@example.com", "correct horse").full_name("Sarah Johnson");
    let SignUp::SignedIn(session) = block_on(sign_up.into_future()).unwrap() else { panic!("no session") };
    assert_eq!(scene.stored(), Some(session));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-first"));
    assert_eq!(
        scene.sent(),
        [
            r#"POST /signup {"data":{"full_name":"Sarah Johnson"},"email":"sarah@example.com","password":"correct horse"}"#
        ]
    );
}

#[test]
fn a_sign_up_may_wait_for_the_e_mail() {
    let user = format!(
        r#"{{"id":"{USER}","email":"sarah@example.com","email_confirmed_at":null,"user_metadata":{{"full_name":"Sarah"}}}}"#
    );
    for answer in [user.clone(), format!(r#"{{"user":{user},"session":null}}"#)] {
        let scene = Scene::new();
        scene.host.answers.answer(200, &answer);
        let sign_up = block_on(scene.auth.sign_up("sarah@example.com", "correct horse").into_future()).unwrap();
        let SignUp::ConfirmEmail(user) = sign_up else { panic!("signed in") };
        assert_eq!(user.id.to_string(), USER);
        assert_eq!(user.email.as_deref(), Some("sarah@example.com"));
        assert_eq!(user.email_confirmed_at, None);
        assert_eq!(user.metadata.unwrap()["full_name"], "Sarah");
        assert_eq!(scene.token().unwrap(), None);
        assert_eq!(scene.stored(), None);
    }
}

#[test]
fn a_token_is_refreshed_a_minute_before_it_expires() {
    let scene = Scene::signed_in();
    scene.advance(3539);
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-first"));
    scene.advance(1);
    scene.host.answers.answer(200, &grant("second"));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-second"));
    assert_eq!(scene.sent()[1], r#"POST /token?grant_type=refresh_token {"refresh_token":"refresh-first"}"#);
    assert_eq!(scene.stored().unwrap().access_token().expose(), "access-second");
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-second"));
    assert_eq!(scene.sent().len(), 2);
}

#[test]
fn fifty_callers_wait_for_one_refresh() {
    let scene = Scene::signed_in();
    scene.advance(3600);
    scene.host.answers.answer(200, &grant("second"));
    scene.host.close();
    let mut callers: Vec<Waiter> = (0..50).map(|_| Waiter::new(&scene.auth)).collect();
    for caller in &mut callers {
        assert!(caller.poll().is_pending());
    }
    scene.host.open();
    for caller in &mut callers {
        assert_eq!(caller.token().unwrap().as_deref(), Some("access-second"));
    }
    assert_eq!(scene.sent().len(), 2, "the sign-in and one refresh");
}

#[test]
fn a_caller_who_goes_away_takes_nothing_with_them() {
    let scene = Scene::signed_in();
    scene.advance(3600);
    scene.host.answers.answer(200, &grant("second"));
    scene.host.close();
    let mut first = Waiter::new(&scene.auth);
    let mut second = Waiter::new(&scene.auth);
    assert!(first.poll().is_pending());
    assert!(second.poll().is_pending());
    drop(first);
    scene.host.open();
    assert_eq!(second.token().unwrap().as_deref(), Some("access-second"));
    assert_eq!(scene.sent().len(), 2);
}

#[test]
fn a_refresh_that_everyone_left_is_finished_by_the_next_caller() {
    let scene = Scene::signed_in();
    scene.advance(3600);
    scene.host.answers.answer(200, &grant("second"));
    scene.host.close();
    let mut caller = Waiter::new(&scene.auth);
    assert!(caller.poll().is_pending());
    drop(caller);
    scene.host.open();
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-second"));
    assert_eq!(scene.sent().len(), 2, "the answer to the request that was sent is not lost");
}

#[test]
fn a_refused_refresh_ends_the_session() {
    let scene = Scene::signed_in();
    scene.advance(3600);
    scene.host.answers.answer(400, REFUSAL);
    scene.host.close();
    let mut callers = [Waiter::new(&scene.auth), Waiter::new(&scene.auth)];
    callers.iter_mut().for_each(|caller| assert!(caller.poll().is_pending()));
    scene.host.open();
    for caller in &mut callers {
        let error = caller.token().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SignedOut);
        assert_eq!(error.to_string(), "the session has ended (refresh_token_not_found): sign in again");
    }
    assert_eq!(scene.stored(), None);
    assert_eq!(scene.token().unwrap(), None);
    assert_eq!(scene.sent().len(), 2);
}

#[test]
fn every_refusal_of_the_auth_server_ends_the_session_and_nothing_else_does() {
    for (status, body, ends) in [
        (400, REFUSAL, true),
        (
            400,
            r#"{"code":400,"error_code":"refresh_token_already_used","msg":"Invalid Refresh Token: Already Used"}"#,
            true,
        ),
        (400, r#"{"error":"invalid_grant","error_description":"Invalid Refresh Token"}"#, true),
        (401, r#"{"code":"session_not_found","message":"gone"}"#, true),
        (403, r#"{"code":403,"error_code":"user_banned","msg":"User is banned"}"#, true),
        (401, r#"{"message":"Invalid API key","hint":"Double check your API key"}"#, false),
        (403, "<html>blocked by the office's proxy</html>", false),
        (404, r#"{"message":"no Route matched"}"#, false),
        (429, r#"{"code":429,"error_code":"over_request_rate_limit","msg":"slow down"}"#, false),
        (500, r#"{"code":500,"error_code":"unexpected_failure","msg":"oops"}"#, false),
        (503, "", false),
    ] {
        let scene = Scene::signed_in();
        scene.advance(3600);
        scene.host.answers.answer(status, body);
        let error = scene.token().unwrap_err();
        assert_eq!(error.kind() == ErrorKind::SignedOut, ends, "{status} {body}: {error}");
        assert_eq!(scene.stored().is_none(), ends, "{status} {body}");
    }
}

#[test]
fn a_fault_of_the_network_keeps_the_session() {
    let scene = Scene::signed_in();
    scene.advance(3600);
    scene.host.answers.fail(Error::connect("no route"));
    assert_eq!(scene.token().unwrap_err().kind(), ErrorKind::Connect);
    assert!(scene.stored().is_some());
    scene.host.answers.answer(200, &grant("second"));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-second"));
}

#[test]
fn a_token_that_lasts_is_used_though_its_early_refresh_failed() {
    let scene = Scene::signed_in();
    scene.advance(3545);
    scene.host.answers.fail(Error::timeout("no answer"));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-first"));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-first"));
    assert_eq!(scene.sent().len(), 2, "the refresh is not tried again at once");
    scene.advance(10);
    scene.host.answers.answer(200, &grant("second"));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-second"));
}

#[test]
fn a_token_that_expires_within_the_pause_is_not_used() {
    let scene = Scene::signed_in();
    scene.advance(3595);
    scene.host.answers.fail(Error::connect("no route"));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-first"));
    scene.advance(5);
    scene.host.answers.fail(Error::connect("no route"));
    assert_eq!(scene.token().unwrap_err().kind(), ErrorKind::Connect);
}

#[test]
fn a_refresh_is_repeated_on_a_broken_connection_and_a_sign_in_is_not() {
    let scene = Scene::with_retry(RetryPolicy::default());
    scene.host.answers.fail(Error::connect("reset"));
    block_on(scene.auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap_err();
    assert_eq!(scene.sent().len(), 1);
    scene.host.answers.answer(200, &grant("first"));
    block_on(scene.auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap();
    scene.host.answers.fail(Error::connect("reset"));
    scene.host.answers.answer(200, &grant("second"));
    assert_eq!(block_on(scene.auth.refresh()).unwrap().access_token().expose(), "access-second");
    assert_eq!(scene.sent().len(), 4);
}

#[test]
fn a_refresh_that_is_asked_for_does_not_wait_for_the_end() {
    let scene = Scene::signed_in();
    scene.host.answers.answer(200, &grant("second"));
    assert_eq!(block_on(scene.auth.refresh()).unwrap().access_token().expose(), "access-second");
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-second"));
    let nobody = Scene::new();
    assert_eq!(block_on(nobody.auth.refresh()).unwrap_err().kind(), ErrorKind::SignedOut);
}

#[test]
fn a_refresh_that_is_asked_for_first_thing_refreshes_what_is_stored() {
    let scene = Scene::signed_in();
    let next_run = auth_with(&scene.host, scene.store.clone(), RetryPolicy::never());
    scene.host.answers.answer(200, &grant("second"));
    assert_eq!(block_on(next_run.refresh()).unwrap().access_token().expose(), "access-second");
    assert_eq!(scene.sent().len(), 2);
}

#[test]
fn a_session_is_read_once_from_the_store() {
    let scene = Scene::signed_in();
    let next_run = auth_with(&scene.host, scene.store.clone(), RetryPolicy::never());
    assert_eq!(token(&next_run).unwrap().as_deref(), Some("access-first"));
    block_on(scene.store.clear()).unwrap();
    assert_eq!(token(&next_run).unwrap().as_deref(), Some("access-first"));
    assert_eq!(scene.sent().len(), 1);
}

#[test]
fn a_session_that_another_process_refreshed_is_used() {
    let scene = Scene::signed_in();
    let other = auth_with(&scene.host, scene.store.clone(), RetryPolicy::never());
    scene.advance(3550);
    scene.host.answers.answer(200, &grant("second"));
    assert_eq!(token(&other).unwrap().as_deref(), Some("access-second"));
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-second"));
    assert_eq!(scene.sent().len(), 2, "the second process sends nothing");
}

#[test]
fn a_refused_refresh_looks_for_a_newer_session_in_the_store() {
    let scene = Scene::signed_in();
    scene.advance(3550);
    scene.host.answers.answer(400, REFUSAL);
    scene.host.close();
    let mut waiter = Waiter::new(&scene.auth);
    assert!(waiter.poll().is_pending());
    // Another process was faster with the same refresh token.
    let second = session_named("second", scene.host.now());
    block_on(scene.store.save(&second)).unwrap();
    scene.host.open();
    assert_eq!(waiter.token().unwrap().as_deref(), Some("access-second"));
    assert_eq!(scene.stored(), Some(second));
    assert_eq!(scene.sent().len(), 2);
}

#[test]
fn a_session_that_was_signed_out_elsewhere_has_ended() {
    let scene = Scene::signed_in();
    block_on(scene.store.clear()).unwrap();
    scene.advance(3600);
    let error = scene.token().unwrap_err();
    assert_eq!(error.to_string(), "the session has ended (it was signed out elsewhere): sign in again");
    assert_eq!(scene.token().unwrap(), None);
    assert_eq!(scene.sent().len(), 1, "its refresh token is not used");
}

#[test]
fn a_sign_out_tells_the_server_and_forgets() {
    let scene = Scene::signed_in();
    scene.host.answers.answer(204, "");
    block_on(scene.auth.sign_out()).unwrap();
    let exchange = &scene.host.answers.exchanges()[1];
    assert_eq!(sent(&exchange.request), "POST /logout?scope=local ");
    assert_eq!(exchange.request.header("authorization"), Some("Bearer access-first"));
    assert_eq!(exchange.request.header("apikey"), Some("anon-key"));
    assert_eq!(scene.stored(), None);
    assert_eq!(scene.token().unwrap(), None);
    block_on(scene.auth.sign_out()).unwrap();
    assert_eq!(scene.sent().len(), 2, "without a session there is nothing to tell");
}

#[test]
fn a_sign_out_forgets_though_the_server_fails() {
    let scene = Scene::signed_in();
    scene.host.answers.answer(500, r#"{"error_code":"unexpected_failure","msg":"oops"}"#);
    assert_eq!(block_on(scene.auth.sign_out()).unwrap_err().code(), "unexpected_failure");
    assert_eq!(scene.stored(), None);
    assert_eq!(scene.token().unwrap(), None);
}

#[test]
fn a_sign_out_of_a_session_that_the_server_forgot_is_no_error() {
    let scene = Scene::signed_in();
    scene.host.answers.answer(403, r#"{"error_code":"session_not_found","msg":"gone"}"#);
    block_on(scene.auth.sign_out()).unwrap();
    assert_eq!(scene.stored(), None);
}

#[test]
fn a_sign_out_with_an_expired_token_gets_one_that_the_server_takes() {
    let scene = Scene::signed_in();
    scene.advance(7200);
    scene.host.answers.answer(200, &grant("second"));
    scene.host.answers.answer(204, "");
    block_on(scene.auth.sign_out()).unwrap();
    assert_eq!(scene.host.answers.exchanges()[2].request.header("authorization"), Some("Bearer access-second"));
    assert_eq!(scene.stored(), None);
}

#[test]
fn a_sign_out_with_a_token_that_is_over_by_the_servers_clock_gets_another() {
    let scene = Scene::signed_in();
    scene.host.answers.answer(403, r#"{"error_code":"bad_jwt","msg":"token is expired"}"#);
    scene.host.answers.answer(200, &grant("second"));
    scene.host.answers.answer(204, "");
    block_on(scene.auth.sign_out()).unwrap();
    assert_eq!(scene.host.answers.exchanges()[3].request.header("authorization"), Some("Bearer access-second"));
    assert_eq!(scene.stored(), None);
}

#[test]
fn other_sessions_end_without_this_one() {
    let scene = Scene::signed_in();
    scene.host.answers.answer(204, "");
    block_on(scene.auth.sign_out_of(SignOutScope::OtherSessions)).unwrap();
    assert_eq!(scene.sent()[1], "POST /logout?scope=others ");
    assert_eq!(scene.token().unwrap().as_deref(), Some("access-first"));
    scene.host.answers.answer(204, "");
    block_on(scene.auth.sign_out_of(SignOutScope::AllSessions)).unwrap();
    assert_eq!(scene.sent()[2], "POST /logout?scope=global ");
    assert_eq!(scene.token().unwrap(), None);
}

#[test]
fn a_refresh_under_way_does_not_undo_a_sign_out() {
    let scene = Scene::signed_in();
    scene.advance(3600);
    scene.host.answers.answer(200, &grant("second"));
    scene.host.answers.answer(204, "");
    scene.host.close();
    let mut waiter = Waiter::new(&scene.auth);
    assert!(waiter.poll().is_pending());
    let mut sign_out = pin!(scene.auth.sign_out());
    assert!(poll(sign_out.as_mut()).is_pending());
    scene.host.open();
    let Poll::Ready(result) = poll(sign_out.as_mut()) else { panic!("still waiting") };
    result.unwrap();
    assert_eq!(waiter.token().unwrap().as_deref(), Some("access-second"), "asked before the sign-out");
    assert_eq!(scene.token().unwrap(), None);
    assert_eq!(scene.stored(), None);
    assert_eq!(scene.host.answers.exchanges()[2].request.header("authorization"), Some("Bearer access-second"));
}

#[test]
fn a_sign_out_whose_caller_left_is_finished_before_the_next_request() {
    let host = Arc::new(GatedHost::new());
    let store = Arc::new(FaultyStore { is_slow_to_clear: AtomicBool::new(true), ..FaultyStore::default() });
    let auth = auth_with(&host, store.clone(), RetryPolicy::never());
    host.answers.answer(200, &grant("first"));
    block_on(auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap();
    assert!(poll(pin!(auth.sign_out())).is_pending());
    store.is_slow_to_clear.store(false, Ordering::Relaxed);
    assert_eq!(token(&auth).unwrap(), None);
    assert_eq!(block_on(store.load()).unwrap(), None);
}

#[test]
fn the_account_is_read_with_the_users_token() {
    let scene = Scene::signed_in();
    let user = format!(r#"{{"id":"{USER}","email":"m@example.com","email_confirmed_at":"2025-01-15T10:30:00Z"}}"#);
    scene.host.answers.answer(200, &user);
    let user = block_on(scene.auth.user()).unwrap();
    assert_eq!(user.email_confirmed_at, Some("2025-01-15T10:30:00Z".parse().unwrap()));
    let exchange = &scene.host.answers.exchanges()[1];
    assert_eq!(sent(&exchange.request), "GET /user ");
    assert_eq!(exchange.request.header("authorization"), Some("Bearer access-first"));
    assert_eq!(block_on(Scene::new().auth.user()).unwrap_err().kind(), ErrorKind::SignedOut);
}

#[test]
fn a_store_that_cannot_be_read_fails_every_request_until_a_sign_in() {
    let host = Arc::new(GatedHost::new());
    let store = Arc::new(FaultyStore { fails_to_load: AtomicBool::new(true), ..FaultyStore::default() });
    let auth = auth_with(&host, store.clone(), RetryPolicy::never());
    assert_eq!(token(&auth).unwrap_err().kind(), ErrorKind::Storage);
    assert_eq!(token(&auth).unwrap_err().kind(), ErrorKind::Storage);
    host.answers.answer(200, &grant("first"));
    block_on(auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap();
    assert_eq!(token(&auth).unwrap().as_deref(), Some("access-first"));
}

#[test]
fn a_sign_in_that_cannot_be_stored_is_none() {
    let host = Arc::new(GatedHost::new());
    let store = Arc::new(FaultyStore { fails_to_save: AtomicBool::new(true), ..FaultyStore::default() });
    let auth = auth_with(&host, store, RetryPolicy::never());
    host.answers.answer(200, &grant("first"));
    let error = block_on(auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Storage);
    assert_eq!(token(&auth).unwrap(), None);
}

#[test]
fn a_refresh_that_cannot_be_stored_goes_on_in_memory() {
    let host = Arc::new(GatedHost::new());
    let store = Arc::new(FaultyStore::default());
    let auth = auth_with(&host, store.clone(), RetryPolicy::never());
    host.answers.answer(200, &grant("first"));
    block_on(auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap();
    store.fails_to_save.store(true, Ordering::Relaxed);
    host.answers.answer(200, &grant("second"));
    assert_eq!(block_on(auth.refresh()).unwrap_err().kind(), ErrorKind::Storage);
    assert_eq!(token(&auth).unwrap().as_deref(), Some("access-second"));
    // The store's older session is not mistaken for another process's newer one.
    host.answers.answer(200, &grant("third"));
    host.answers.advance(Duration::from_secs(3600));
    assert_eq!(token(&auth).unwrap().as_deref(), Some("access-third"));
    assert_eq!(
        sent(&host.answers.exchanges()[2].request),
        r#"POST /token?grant_type=refresh_token {"refresh_token":"refresh-second"}"#
    );
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn its_futures_can_move_between_threads() {
    fn can_move<T: Send>(_: T) {}
    let auth = Scene::new().auth;
    can_move(auth.sign_up("", "").into_future());
    can_move(auth.sign_in_with_password("", ""));
    can_move(auth.sign_out());
    can_move(auth.session());
    can_move(auth.refresh());
    can_move(auth.user());
    can_move(auth.access_token());
    can_move::<Arc<dyn TokenProvider>>(Arc::new(auth.clone()));
}

#[test]
fn secrets_stay_out_of_debug_and_errors() {
    let scene = Scene::signed_in();
    let session = block_on(scene.auth.session()).unwrap().unwrap();
    let mut shown = format!("{session:?} {:?} {:?} {:?}", scene.auth, scene.store, SignUp::SignedIn(session.clone()));
    shown += &format!("{:?}", scene.auth.sign_up("michael@example.com", "correct horse"));
    shown += &format!("{:?}", Auth::builder("https://example.supabase.co", "anon-key"));
    shown += &format!("{:?}", scene.host.answers.exchanges());
    scene.advance(3600);
    // An answer with everything in the wrong place.
    for answer in [
        r#"{"access_token":["access-first"],"refresh_token":"refresh-first","user":"correct horse"}"#,
        r#"{"access_token":"access-first","refresh_token":"refresh-first"}"#,
        r#""access-first refresh-first""#,
        "access-first refresh-first",
    ] {
        scene.host.answers.answer(200, answer);
        let error = block_on(scene.auth.refresh()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        shown += &format!("{error} {error:?}");
    }
    for secret in ["access-first", "refresh-first", "correct horse", "anon-key", "michael@example.com"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[cfg(feature = "native")]
mod file {
    use std::fs;

    use super::*;

    /// A folder that is gone after the test.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("eventos-session-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Folder(path)
        }

        fn store(&self) -> FileStore {
            FileStore::new(self.0.join("inner/session.json"))
        }

        fn files(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.join("inner")).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn keeps_the_session_between_runs() {
        let folder = Folder::new("keeps");
        let store = folder.store();
        assert_eq!(block_on(store.load()).unwrap(), None);
        block_on(store.save(&session_named("first", start()))).unwrap();
        block_on(store.save(&session_named("second", start()))).unwrap();
        assert_eq!(block_on(folder.store().load()).unwrap(), Some(session_named("second", start())));
        assert_eq!(folder.files(), ["session.json"]);
        block_on(store.clear()).unwrap();
        block_on(store.clear()).unwrap();
        assert_eq!(block_on(store.load()).unwrap(), None);
        assert!(folder.files().is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn lets_nobody_else_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new("mode");
        let store = folder.store();
        block_on(store.save(&session_named("first", start()))).unwrap();
        fs::set_permissions(store.path(), fs::Permissions::from_mode(0o644)).unwrap();
        block_on(store.save(&session_named("second", start()))).unwrap();
        assert_eq!(fs::metadata(store.path()).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(folder.0.join("inner")).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn names_the_file_that_is_damaged_and_a_sign_in_repairs_it() {
        let folder = Folder::new("damaged");
        let store = folder.store();
        block_on(store.save(&session_named("first", start()))).unwrap();
        let whole = fs::read_to_string(store.path()).unwrap();
        fs::write(store.path(), &whole[..whole.len() / 2]).unwrap();
        let error = block_on(store.load()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Storage);
        let text = format!("{error} {error:?}");
        assert!(text.contains("session.json") && text.contains("sign in again"), "{text}");
        assert!(!text.contains("access-first"), "{text}");

        let host = Arc::new(GatedHost::new());
        let auth = auth_with(&host, Arc::new(folder.store()), RetryPolicy::never());
        assert_eq!(token(&auth).unwrap_err().kind(), ErrorKind::Storage);
        host.answers.answer(200, &grant("second"));
        block_on(auth.sign_in_with_password("michael@example.com", "correct horse")).unwrap();
        assert_eq!(block_on(store.load()).unwrap().unwrap().access_token().expose(), "access-second");
    }

    #[test]
    fn leaves_nothing_behind_where_it_cannot_write() {
        let folder = Folder::new("refused");
        let store = folder.store();
        // A folder in the file's place cannot be replaced by a file.
        fs::create_dir_all(store.path().join("in the way")).unwrap();
        let error = block_on(store.save(&session_named("first", start()))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Storage);
        assert_eq!(folder.files(), ["session.json"]);
    }
}

fn session_named(name: &str, issued_at: DateTime<Utc>) -> Session {
    Session {
        user_id: USER.parse().unwrap(),
        email: None,
        access_token: AccessToken::new(format!("access-{name}")),
        refresh_token: session::RefreshToken::new(format!("refresh-{name}")),
        issued_at,
        expires_at: issued_at + TimeDelta::hours(1),
    }
}

/// A host whose answers wait behind a gate while it is closed, and whose time limits never pass.
struct GatedHost {
    answers: RecordingHost,
    gate: Mutex<Gate>,
}

#[derive(Default)]
struct Gate {
    is_closed: bool,
    waiting: Vec<Waker>,
}

impl GatedHost {
    fn new() -> GatedHost {
        GatedHost { answers: RecordingHost::starting_at(start()), gate: Mutex::default() }
    }

    fn close(&self) {
        self.gate.lock().unwrap().is_closed = true;
    }

    fn open(&self) {
        let mut gate = self.gate.lock().unwrap();
        gate.is_closed = false;
        gate.waiting.drain(..).for_each(Waker::wake);
    }
}

impl Host for GatedHost {
    fn send<'a>(&'a self, base: &'a str, request: &'a Request) -> BoxFuture<'a, Result<Response>> {
        let answer = self.answers.send(base, request);
        Box::pin(async move {
            std::future::poll_fn(|context| {
                let mut gate = self.gate.lock().unwrap();
                if !gate.is_closed {
                    return Poll::Ready(());
                }
                gate.waiting.push(context.waker().clone());
                Poll::Pending
            })
            .await;
            answer.await
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let is_time_limit = duration >= Duration::from_secs(30);
        if is_time_limit { Box::pin(std::future::pending()) } else { self.answers.sleep(duration) }
    }

    fn now(&self) -> DateTime<Utc> {
        self.answers.now()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        self.answers.fill_random(bytes)
    }
}

/// A store in memory that fails, or takes its time, on demand.
#[derive(Default)]
struct FaultyStore {
    inner: MemoryStore,
    fails_to_load: AtomicBool,
    fails_to_save: AtomicBool,
    is_slow_to_clear: AtomicBool,
}

impl SessionStore for FaultyStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<Session>>> {
        match self.fails_to_load.load(Ordering::Relaxed) {
            true => Box::pin(async { Err(Error::storage("the disk is gone")) }),
            false => self.inner.load(),
        }
    }

    fn save<'a>(&'a self, session: &'a Session) -> BoxFuture<'a, Result<()>> {
        match self.fails_to_save.load(Ordering::Relaxed) {
            true => Box::pin(async { Err(Error::storage("the disk is full")) }),
            false => self.inner.save(session),
        }
    }

    fn clear(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async {
            let is_slow = || self.is_slow_to_clear.load(Ordering::Relaxed);
            std::future::poll_fn(|_| if is_slow() { Poll::Pending } else { Poll::Ready(()) }).await;
            self.inner.clear().await
        })
    }
}

/// Someone who waits for a token, polled by hand.
struct Waiter<'a> {
    future: BoxFuture<'a, Result<Option<AccessToken>>>,
    woken: Arc<Woken>,
}

#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl<'a> Waiter<'a> {
    fn new(auth: &'a Auth) -> Waiter<'a> {
        Waiter { future: auth.access_token(), woken: Arc::default() }
    }

    fn poll(&mut self) -> Poll<Result<Option<AccessToken>>> {
        let waker = Waker::from(self.woken.clone());
        self.future.as_mut().poll(&mut Context::from_waker(&waker))
    }

    fn is_woken(&self) -> bool {
        self.woken.0.load(Ordering::Relaxed) > 0
    }

    /// The token, once there is nothing left to wait for. Whoever waits must have been woken.
    fn token(&mut self) -> Result<Option<String>> {
        assert!(self.is_woken(), "forgotten");
        let Poll::Ready(token) = self.poll() else { panic!("still waiting") };
        Ok(token?.map(|token| token.expose().to_owned()))
    }
}

fn poll<T>(future: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// The outcome of a future that has nothing to wait for.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let Poll::Ready(value) = poll(pin!(future)) else { panic!("it waits") };
    value
}
