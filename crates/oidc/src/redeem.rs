//! The way back: the code becomes an identity.

use crate::authorise::Attempt;
use crate::error::{Error, TokenProblem};
use crate::http::Answer;
use crate::metadata::Metadata;
use crate::provider::{Known, Provider};
use crate::token::Asked;
use crate::{Identity, token};
use reqwest::RequestBuilder;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Map, Value};
use time::OffsetDateTime;

/// Not to be printed.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl Provider {
    /// Who signed in. The code is worth nothing any more after that, whatever came of it.
    pub async fn redeem(&self, code: &SecretString, attempt: &Attempt, now: OffsetDateTime) -> Result<Identity, Error> {
        let known = self.known(now).await?;
        let tokens = self.tokens(&known.metadata, code, &attempt.verifier).await?;
        let mut identity = self.verified(&known, &tokens, attempt, now).await?;
        self.complete(&known.metadata, &tokens, &mut identity).await?;
        Ok(identity)
    }

    async fn tokens(&self, metadata: &Metadata, code: &SecretString, verifier: &SecretString) -> Result<Tokens, Error> {
        let settings = self.settings();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("redirect_uri", &settings.redirect_uri),
            ("code_verifier", verifier.expose_secret()),
        ];
        let mut request = self.http().post(&metadata.token_endpoint).header(ACCEPT, "application/json");
        match &settings.client_secret {
            Some(secret) if !metadata.wants_secret_in_form() => {
                request = request.basic_auth(encoded(&settings.client_id), Some(encoded(secret.expose_secret())));
            }
            Some(secret) => {
                form.extend([("client_id", &*settings.client_id), ("client_secret", secret.expose_secret())]);
            }
            None => form.push(("client_id", &settings.client_id)),
        }
        let answer = Answer::to(posted(request, &form)).await?;
        if answer.status.is_client_error() {
            let refusal: Option<Refusal> = answer.json().ok();
            return Err(Error::Refused(
                refusal.map_or_else(|| "it does not say why".to_owned(), |it| plain(&it.error)),
            ));
        }
        answer.success("the tokens")
    }

    /// A key that is not known may be a new one.
    async fn verified(
        &self,
        known: &Known,
        tokens: &Tokens,
        attempt: &Attempt,
        now: OffsetDateTime,
    ) -> Result<Identity, Error> {
        let verify = |known: &Known| {
            let asked = Asked { nonce: attempt.nonce.expose_secret(), anew: attempt.anew };
            token::verify(&tokens.id_token, &known.keys, self.settings(), asked, now)
        };
        match verify(known) {
            Err(TokenProblem::UnknownKey) => match self.with_new_keys(now).await? {
                Some(known) => Ok(verify(&known)?),
                None => Err(TokenProblem::UnknownKey.into()),
            },
            other => Ok(other?),
        }
    }

    /// Adds what is needed and the ID token does not say, as far as the provider tells it. What the token says counts.
    async fn complete(&self, metadata: &Metadata, tokens: &Tokens, identity: &mut Identity) -> Result<(), Error> {
        let lacks = self.settings().claims.iter().any(|claim| !identity.claims.contains_key(claim));
        let (Some(endpoint), Some(access), true) = (&metadata.userinfo_endpoint, &tokens.access_token, lacks) else {
            return Ok(());
        };
        let request = self.http().get(endpoint).bearer_auth(access).header(ACCEPT, "application/json");
        let more: Map<String, Value> = Answer::to(request).await?.success("what it knows of the person")?;
        if more.get("sub").and_then(Value::as_str) != Some(&identity.subject) {
            return Err(TokenProblem::Subject.into());
        }
        for (claim, value) in more {
            identity.claims.entry(claim).or_insert(value);
        }
        Ok(())
    }
}

fn posted(request: RequestBuilder, form: &[(&str, &str)]) -> RequestBuilder {
    let body = serde_urlencoded::to_string(form).unwrap_or_default();
    request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
}

/// As a form would write it: so the standard wants names and secrets in the header.
fn encoded(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).unwrap_or_default().trim_start_matches('=').to_owned()
}

/// What somebody else wrote, as far as it can be put into a log.
fn plain(text: &str) -> String {
    text.chars().filter(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | ' ')).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_secrets_with_any_characters_fit_into_the_header() {
        assert_eq!(encoded("a:b c/=é"), "a%3Ab+c%2F%3D%C3%A9");
        assert_eq!(encoded("=a"), "%3Da");
    }

    #[test]
    fn what_a_provider_calls_its_refusal_cannot_forge_lines_of_the_log() {
        assert_eq!(plain("invalid_grant\nERROR: <b>"), "invalid_grantERROR b");
        assert_eq!(plain(&"x".repeat(100)).len(), 64);
    }
}
