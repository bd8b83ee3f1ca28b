use serde_json::{Map, Value, json};

/// Somebody who has an account at the provider.
#[derive(Clone, Debug)]
pub struct Person {
    pub(crate) subject: String,
    pub(crate) in_token: Map<String, Value>,
    pub(crate) on_request: Map<String, Value>,
}

impl Person {
    /// Somebody with that name at the provider, of whom nothing else is said.
    pub fn new(subject: &str) -> Self {
        Self { subject: subject.to_owned(), in_token: Map::new(), on_request: Map::new() }
    }

    /// The ID token says that e-mail address of them, as verified.
    #[must_use]
    pub fn with_email(self, email: &str) -> Self {
        self.with("email", json!(email)).with("email_verified", json!(true))
    }

    /// The ID token says that of them.
    #[must_use]
    pub fn with(mut self, claim: &str, value: Value) -> Self {
        self.in_token.insert(claim.to_owned(), value);
        self
    }

    /// It is said of them only when asked for with the access token.
    #[must_use]
    pub fn with_on_request(mut self, claim: &str, value: Value) -> Self {
        self.on_request.insert(claim.to_owned(), value);
        self
    }
}
