//! A user's session: two tokens, whose they are and until when they last.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::AccessToken;
use crate::error::{Error, Result};
use crate::json::Fields;
use crate::schema::ProfileId;

/// A signed-in user's session, as the auth server gave it. It changes only by being replaced.
///
/// ```
/// use eventos_core::auth::Session;
///
/// /// What a device shows about itself.
/// fn status(session: &Session) -> String {
///     let who = session.email().unwrap_or("somebody without an e-mail");
///     format!("{who}, good until {}", session.expires_at().format("%H:%M UTC"))
/// }
/// # let session = Session::from_json(
/// #     r#"{"version":1,"user_id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com",
/// #         "access_token":"a","refresh_token":"r",
/// #         "issued_at":"2025-06-15T09:00:00Z","expires_at":"2025-06-15T10:00:00Z"}"#,
/// # )?;
/// # assert_eq!(status(&session), "michael@example.com, good until 10:00 UTC");
/// # Ok::<(), eventos_core::Error>(())
/// ```
///
/// [`Auth::sign_in_with_password`](super::Auth::sign_in_with_password) and [`Auth::session`](super::Auth::session) give
/// one.
///
/// Its times are in UTC and those of this device's clock, whatever the server's clock says; only where the server does
/// not say for how long the token lasts, the server's clock tells when it expires. `Debug` shows neither the tokens nor
/// the e-mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    pub(super) user_id: ProfileId,
    pub(super) email: Option<String>,
    pub(super) access_token: AccessToken,
    pub(super) refresh_token: RefreshToken,
    pub(super) issued_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// The secret that buys the next session. It is good for one use.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct RefreshToken(String);

/// How long before its end a session is refreshed, so that a request never arrives with a token that has just expired.
const LONGEST_MARGIN: TimeDelta = TimeDelta::seconds(60);

impl Session {
    /// Whose session it is: the id of the account and of the [`Profile`](crate::Profile).
    ///
    /// ```
    /// use eventos_core::auth::Session;
    /// use eventos_core::{Profile, query::from};
    ///
    /// # let session = Session::from_json(
    /// #     r#"{"version":1,"user_id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com",
    /// #         "access_token":"a","refresh_token":"r",
    /// #         "issued_at":"2025-06-15T09:00:00Z","expires_at":"2025-06-15T10:00:00Z"}"#,
    /// # )?;
    /// let me = from::<Profile>().select::<Profile>().filter(Profile::ID.eq(session.user_id()));
    /// assert_eq!(me.to_request()?.query, "select=*&id=eq.22222222-2222-4222-8222-222222222222");
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn user_id(&self) -> ProfileId {
        self.user_id
    }

    /// The user's e-mail, where the account has one.
    ///
    /// It is the one that the account had when the session was issued or last refreshed. [`Session`] has an example.
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// The token that requests carry.
    ///
    /// [`AccessToken::expose`] has an example.
    pub fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// When the access token expires, in UTC. The session itself goes on: it is refreshed in the last minute before.
    ///
    /// ```
    /// use eventos_core::auth::Session;
    /// # use chrono::{DateTime, Utc};
    ///
    /// # let session = Session::from_json(
    /// #     r#"{"version":1,"user_id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com",
    /// #         "access_token":"a","refresh_token":"r",
    /// #         "issued_at":"2025-06-15T09:00:00Z","expires_at":"2025-06-15T10:00:00Z"}"#,
    /// # )?;
    /// # let now: DateTime<Utc> = "2025-06-15T09:15:00Z".parse().unwrap();
    /// // `now` by the clock of the host: `eventos.host().now()`.
    /// let left = session.expires_at() - now;
    /// assert_eq!(left.num_minutes(), 45);
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at
    }

    /// The whole session as a JSON text, for a [`SessionStore`](super::SessionStore). It is a secret: whoever has it is
    /// the user until they sign out. Its times are written as RFC 3339, in UTC.
    ///
    /// ```
    /// use eventos_core::auth::Session;
    ///
    /// # let session = Session::from_json(
    /// #     r#"{"version":1,"user_id":"22222222-2222-4222-8222-222222222222","email":"michael@example.com",
    /// #         "access_token":"a","refresh_token":"r",
    /// #         "issued_at":"2025-06-15T09:00:00Z","expires_at":"2025-06-15T10:00:00Z"}"#,
    /// # )?;
    /// let text = session.to_json();
    /// assert_eq!(Session::from_json(&text)?, session);
    /// # Ok::<(), eventos_core::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        serde_json::json!({
            "version": FORMAT,
            "user_id": self.user_id,
            "email": self.email,
            "access_token": self.access_token.expose(),
            "refresh_token": self.refresh_token.expose(),
            "issued_at": self.issued_at,
            "expires_at": self.expires_at,
        })
        .to_string()
    }

    /// Reads what [`to_json`](Session::to_json) wrote. A session whose access token has expired is read all the same.
    ///
    /// ```
    /// use eventos_core::{ErrorKind, auth::Session};
    ///
    /// let error = Session::from_json("{\"half\": \"a sess").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Storage);
    /// assert!(!error.to_string().contains("sess\""));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Storage`](crate::ErrorKind::Storage) where the text is damaged, or written by a version that this one does not
    /// know.
    pub fn from_json(text: &str) -> Result<Session> {
        // What is wrong with it could quote the text, which is secret.
        read(text).map_err(|_| {
            Error::storage("the stored session is damaged or of another version: sign in again, which replaces it")
        })
    }

    /// Whether it is time for the next one.
    ///
    /// A clock that shows a time before the session was issued has been set back: its word on the expiry is worth
    /// nothing.
    pub(super) fn needs_refresh(&self, now: DateTime<Utc>) -> bool {
        let lifetime = self.expires_at.signed_duration_since(self.issued_at);
        let margin = LONGEST_MARGIN.min(lifetime / 2);
        // Times at the ends of the calendar come from a damaged store: such a session is worth a refresh.
        let (due, since) =
            (self.expires_at.checked_sub_signed(margin), self.issued_at.checked_sub_signed(LONGEST_MARGIN));
        due.is_none_or(|due| now >= due) || since.is_none_or(|since| now < since)
    }

    /// Whether the server still takes the access token, as far as this device's clock can tell.
    pub(super) fn is_valid(&self, now: DateTime<Utc>) -> bool {
        now < self.expires_at
    }
}

/// The version of the JSON text.
const FORMAT: u32 = 1;

fn read(text: &str) -> Result<Session> {
    let mut stored = Fields::parse("session", text)?;
    if stored.number::<u32>("version")? != FORMAT {
        return Err(Error::invalid_input("version", "another"));
    }
    Ok(Session {
        user_id: stored.id("user_id")?,
        email: stored.maybe_text("email")?,
        access_token: AccessToken::new(stored.text("access_token")?),
        refresh_token: RefreshToken::new(stored.text("refresh_token")?),
        issued_at: stored.time("issued_at")?,
        expires_at: stored.time("expires_at")?,
    })
}

impl RefreshToken {
    pub(super) fn new(token: String) -> RefreshToken {
        RefreshToken(token)
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("user_id", &self.user_id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2025-06-15T{time}Z").parse().unwrap()
    }

    fn session(issued_at: &str, expires_at: &str) -> Session {
        Session {
            user_id: ProfileId::from_random_bytes([7; 16]),
            email: Some(String::from("sarah@example.com")),
            access_token: AccessToken::new("access-secret"),
            refresh_token: RefreshToken::new(String::from("refresh-secret")),
            issued_at: at(issued_at),
            expires_at: at(expires_at),
        }
    }

    #[test]
    fn an_hour_ends_a_minute_early() {
        let session = session("09:00:00", "10:00:00");
        assert!(!session.needs_refresh(at("09:00:00")));
        assert!(!session.needs_refresh(at("09:58:59")));
        assert!(session.needs_refresh(at("09:59:00")));
        assert!(session.is_valid(at("09:59:59")));
        assert!(!session.is_valid(at("10:00:00")));
    }

    #[test]
    fn a_minute_ends_half_a_minute_early() {
        let session = session("09:00:00", "09:01:00");
        assert!(!session.needs_refresh(at("09:00:29")));
        assert!(session.needs_refresh(at("09:00:30")));
    }

    #[test]
    fn a_clock_that_was_set_back_asks_for_a_refresh() {
        let session = session("09:00:00", "10:00:00");
        assert!(!session.needs_refresh(at("08:59:30")));
        assert!(session.needs_refresh(at("08:30:00")));
    }

    #[test]
    fn comes_back_from_json_as_it_was() {
        let session = session("09:00:00", "10:00:00");
        assert_eq!(Session::from_json(&session.to_json()).unwrap(), session);
    }

    #[test]
    fn refuses_json_of_another_version() {
        let text = session("09:00:00", "10:00:00").to_json().replace("\"version\":1", "\"version\":2");
        let error = Session::from_json(&text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the stored session is damaged or of another version: sign in again, which replaces it"
        );
    }

    #[test]
    fn a_session_from_a_damaged_store_is_worth_a_refresh() {
        let now = "2025-06-15T12:45:00Z".parse().unwrap();
        for end in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            for (issued_at, expires_at) in [(end, now), (now, end), (end, end)] {
                let session = Session { issued_at, expires_at, ..session("09:00:00", "10:00:00") };
                let _ = session.needs_refresh(now);
            }
        }
        assert!(Session { expires_at: DateTime::<Utc>::MIN_UTC, ..session("09:00:00", "10:00:00") }.needs_refresh(now));
    }

    #[test]
    fn debug_shows_neither_tokens_nor_e_mail() {
        let shown = format!("{:?}", session("09:00:00", "10:00:00"));
        assert!(!shown.contains("secret") && !shown.contains("sarah"), "{shown}");
    }
}
