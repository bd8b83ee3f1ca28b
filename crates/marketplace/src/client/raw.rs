//! Any call, for consoles.

use super::Client;
use super::answer::RawAnswer;
use super::call::Call;
use super::error::{Error, ErrorKind};
use super::gate::CallKind;
use reqwest::Method;
use serde_json::Value;

/// A call that somebody wrote by hand.
#[derive(Clone, Debug)]
pub struct RawCall {
    /// `GET`, `POST` or `PATCH`; the marketplace has no others.
    pub method: Method,
    /// The path without the base, such as `/orders/1`.
    pub path: String,
    /// The query.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: Option<Value>,
}

impl RawCall {
    /// Whether it may change something: everything but `GET`, an estimate and a validation.
    pub fn is_write(&self) -> bool {
        let path = self.path.trim_matches('/');
        self.method != Method::GET && !matches!(path, "orders/estimate" | "validation/parameters")
    }
}

impl Client {
    /// Makes the call with the token and the key. Refusals by the marketplace are errors, as for every other operation.
    ///
    /// Tokens cannot be asked for this way: they would end up on a screen.
    pub async fn raw(&self, raw: &RawCall) -> Result<RawAnswer, Error> {
        let kind = if raw.is_write() { CallKind::Write } else { CallKind::Read };
        let segments: Vec<_> = raw.path.trim_matches('/').split('/').collect();
        let call = Call::new("console", kind, raw.method.clone(), &segments);
        if segments.first().is_some_and(|first| first.eq_ignore_ascii_case("token")) {
            return Err(call.error(ErrorKind::Invalid, "tokens are the client's own business"));
        }
        let call = call.with_query(raw.query.clone());
        let call = match &raw.body {
            Some(body) => call.with_body(body)?,
            None => call,
        };
        self.authorized(&call).await
    }
}
