//! The way there: what the browser takes along to the provider.

use crate::error::Error;
use crate::provider::Provider;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use reqwest::Url;
use ring::digest::{SHA256, digest};
use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;

/// One way there and back. Whoever begins it keeps the three together, and never uses them again.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Comes back with the browser.
    pub state: SecretString,
    /// Comes back in the ID token.
    pub nonce: SecretString,
    /// Proves, when the code is redeemed, that it was asked for from here. At least 43 letters, digits, `-`, `.`, `_` or `~`.
    pub verifier: SecretString,
    /// Where the person is to sign in there anew, although they may be signed in already: since when.
    pub anew: Option<OffsetDateTime>,
}

impl Provider {
    /// Where to send the browser.
    pub async fn authorise(&self, attempt: &Attempt, now: OffsetDateTime) -> Result<String, Error> {
        let known = self.known(now).await?;
        let settings = self.settings();
        let mut url = Url::parse(&known.metadata.authorization_endpoint)
            .map_err(|_| Error::Metadata("an endpoint is no address".to_owned()))?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &settings.client_id)
            .append_pair("redirect_uri", &settings.redirect_uri)
            .append_pair("scope", &settings.scopes)
            .append_pair("state", attempt.state.expose_secret())
            .append_pair("nonce", attempt.nonce.expose_secret())
            .append_pair("code_challenge", &challenge(&attempt.verifier))
            .append_pair("code_challenge_method", "S256");
        if attempt.anew.is_some() {
            url.query_pairs_mut().append_pair("prompt", "login").append_pair("max_age", "0");
        }
        Ok(url.into())
    }

    /// Whether an answer that says it comes from that issuer, or says nothing of it, can be this provider's. Where there are
    /// several providers, one could otherwise pass on what another one said.
    pub async fn may_come_from(&self, issuer: Option<&str>, now: OffsetDateTime) -> Result<bool, Error> {
        Ok(match issuer {
            Some(issuer) => issuer == self.settings().issuer,
            None => !self.known(now).await?.metadata.authorization_response_iss_parameter_supported,
        })
    }
}

fn challenge(verifier: &SecretString) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.expose_secret().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::challenge;

    #[test]
    fn the_challenge_is_that_of_the_standards_example() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(&verifier.into()), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
