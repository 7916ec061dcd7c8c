//! Tokens for tests, signed with the server's own secret.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::Endpoint;

const ONE_HOUR: Duration = Duration::from_secs(60 * 60);

impl Endpoint {
    /// A token of the signed-in user with this id and e-mail, good for an hour.
    ///
    /// The user need not exist; what has a foreign key to `auth.users` will say so.
    ///
    /// # Errors
    ///
    /// When the server's secret is not known.
    pub fn user_token(&self, user_id: &str, email: &str) -> Result<String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        self.token(&json!({
            "aud": "authenticated",
            "role": "authenticated",
            "sub": user_id,
            "email": email,
            "iat": now.as_secs(),
            "exp": (now + ONE_HOUR).as_secs(),
        }))
    }

    /// A token with these claims, whatever they are: expired, of another role, without a subject.
    ///
    /// # Errors
    ///
    /// When the server's secret is not known.
    pub fn token(&self, claims: &Value) -> Result<String> {
        let secret =
            self.jwt_secret.as_deref().context("the server's JWT secret is not known: set EVENTOS_JWT_SECRET")?;
        let header = json!({ "alg": "HS256", "typ": "JWT" });
        let signed = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
        mac.update(signed.as_bytes());
        Ok(format!("{signed}.{}", base64url(mac.finalize().into_bytes())))
    }
}

fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(jwt_secret: Option<&str>) -> Endpoint {
        Endpoint {
            url: "http://127.0.0.1".to_owned(),
            anon_key: String::new(),
            service_key: String::new(),
            db_url: None,
            jwt_secret: jwt_secret.map(str::to_owned),
            server: String::new(),
            is_embedded: false,
        }
    }

    #[test]
    fn signs_as_hs256_says() {
        // From `openssl dgst -sha256 -hmac secret` over the first two parts.
        let token = endpoint(Some("secret")).token(&json!({ "sub": "1" })).unwrap();
        assert_eq!(
            token,
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.\
             8qZF8vbN3UpcanXFc-mPXJkOPN01-bRch8XX3rToP1U"
        );
    }

    #[test]
    fn says_which_secret_is_missing() {
        let error = endpoint(None).user_token("1", "a@example.com").unwrap_err();
        assert!(error.to_string().contains("EVENTOS_JWT_SECRET"), "{error}");
    }
}
