//! What the provider says of itself.

use crate::error::Error;
use crate::http::Answer;
use crate::settings::{Settings, is_loopback};
use reqwest::{Client, Url};
use serde::Deserialize;

/// Where to ask what, from the provider's `.well-known/openid-configuration`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Metadata {
    issuer: String,
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    pub(crate) jwks_uri: String,
    pub(crate) userinfo_endpoint: Option<String>,
    #[serde(default = "basic")]
    token_endpoint_auth_methods_supported: Vec<String>,
    /// Absent says nothing; only a list without it says that it is not understood.
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

fn basic() -> Vec<String> {
    vec!["client_secret_basic".to_owned()]
}

impl Metadata {
    pub(crate) async fn fetch(http: &Client, settings: &Settings) -> Result<Self, Error> {
        let address = format!("{}/.well-known/openid-configuration", settings.issuer.trim_end_matches('/'));
        let metadata: Self = Answer::to(http.get(address)).await?.success("its metadata")?;
        metadata.check(settings)?;
        Ok(metadata)
    }

    /// Whether this client has to show its secret in the form, because the header is not taken.
    pub(crate) fn wants_secret_in_form(&self) -> bool {
        let takes = |method: &str| self.token_endpoint_auth_methods_supported.iter().any(|taken| taken == method);
        !takes("client_secret_basic") && takes("client_secret_post")
    }

    fn check(&self, settings: &Settings) -> Result<(), Error> {
        // To the letter: whoever speaks for another issuer could sign in anybody of it.
        if self.issuer != settings.issuer {
            return Err(Error::Metadata("they are of another issuer than the configured one".to_owned()));
        }
        let loopback = settings.is_loopback();
        for endpoint in [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri]
            .into_iter()
            .chain(&self.userinfo_endpoint)
        {
            let usable = Url::parse(endpoint)
                .is_ok_and(|url| url.scheme() == "https" || (loopback && url.scheme() == "http" && is_loopback(&url)));
            if !usable {
                return Err(Error::Metadata("an endpoint is no address over TLS".to_owned()));
            }
        }
        if self.code_challenge_methods_supported.as_ref().is_some_and(|known| !known.iter().any(|it| it == "S256")) {
            return Err(Error::Metadata("it does not take PKCE with S256".to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn checked(issuer: &str, change: (&str, Value)) -> Result<(), Error> {
        let mut metadata = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
        });
        metadata[change.0] = change.1;
        let settings = Settings {
            issuer: issuer.to_owned(),
            client_id: String::new(),
            client_secret: None,
            scopes: String::new(),
            redirect_uri: String::new(),
            claims: Vec::new(),
        };
        serde_json::from_value::<Metadata>(metadata).unwrap().check(&settings)
    }

    #[test]
    fn an_endpoint_without_tls_is_refused_but_on_this_machine() {
        let issuer = "https://login.company.example";
        assert!(checked(issuer, ("issuer", json!(issuer))).is_ok());
        for endpoint in ["http://login.company.example/token", "http://127.0.0.1/token", "file:///etc/passwd", "/token"]
        {
            assert!(
                matches!(checked(issuer, ("token_endpoint", json!(endpoint))), Err(Error::Metadata(_))),
                "{endpoint}"
            );
        }
        let here = "http://127.0.0.1:4000";
        assert!(checked(here, ("issuer", json!(here))).is_ok());
        assert!(checked(here, ("token_endpoint", json!("http://10.0.0.1/token"))).is_err(), "nobody's neighbour");
    }

    #[test]
    fn another_issuer_is_refused_even_where_only_a_slash_differs() {
        let issuer = "https://login.company.example";
        assert!(checked(issuer, ("issuer", json!("https://login.company.example/"))).is_err());
    }

    #[test]
    fn a_provider_that_takes_only_plain_challenges_is_refused() {
        let issuer = "https://login.company.example";
        assert!(checked(issuer, ("code_challenge_methods_supported", json!(["plain"]))).is_err());
        assert!(checked(issuer, ("code_challenge_methods_supported", json!(["plain", "S256"]))).is_ok());
    }
}
