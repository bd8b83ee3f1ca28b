//! Signing people in at an OpenID Connect provider: discovery, the authorisation code with PKCE, and ID tokens of which every
//! claim that matters is checked. Knows nothing of Seatboard, and asks nobody but the configured issuer and the endpoints that
//! its metadata names.

mod authorise;
mod error;
mod http;
mod keys;
mod metadata;
mod provider;
mod redeem;
mod settings;
mod signature;
#[cfg(test)]
mod tests;
mod token;

pub use authorise::Attempt;
pub use error::{Error, TokenProblem};
pub use provider::Provider;
pub use settings::{InvalidSettings, Settings};

use serde_json::{Map, Value};

/// Who signed in, as the provider says and proves.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Their name at the provider, which never becomes anybody else's.
    pub subject: String,
    /// Everything else that is said of them.
    pub claims: Map<String, Value>,
}

impl Identity {
    /// The claim, where it is a text that is not empty.
    pub fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The claim's texts: one, or a list of them.
    pub fn texts(&self, claim: &str) -> Vec<&str> {
        match self.claims.get(claim) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Their e-mail address, where the provider says that it is theirs.
    pub fn verified_email(&self) -> Option<&str> {
        let is_verified = self.claims.get("email_verified") == Some(&Value::Bool(true));
        self.text("email").filter(|_| is_verified)
    }
}
