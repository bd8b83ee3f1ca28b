//! Any call, for consoles.

use super::answer::{RawAnswer, Reply};
use super::call::Call;
use super::error::{Error, ErrorKind};
use super::exchange::unreadable;
use super::gate::CallKind;
use super::{Client, Method};
use crate::json::{HIDDEN, Json};
use bytes::Bytes;
use secrecy::ExposeSecret;
use std::borrow::Cow;
use std::fmt;

/// A call that somebody wrote by hand. `Debug` shows neither its query nor its body: both can hold secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct RawCall {
    /// `GET`, `POST` or `PATCH`; the marketplace has no others.
    pub method: Method,
    /// The path without the base, such as `/orders/1`; not encoded.
    pub path: String,
    /// The query; not encoded.
    pub query: Vec<(String, String)>,
    /// The body: JSON, sent as it is written.
    pub body: Option<String>,
}

impl RawCall {
    /// Whether it may change something: everything but `GET`, and the `POST`s of an estimate and a validation.
    pub fn is_write(&self) -> bool {
        let harmless = [["orders", "estimate"], ["validation", "parameters"]];
        let asks = self.method == Method::POST && harmless.iter().any(|path| self.segments() == path);
        self.method != Method::GET && !asks
    }

    /// The parts of the path.
    pub fn segments(&self) -> Vec<&str> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        path.strip_suffix('/').unwrap_or(path).split('/').collect()
    }
}

impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall").field("method", &self.method).field("path", &self.path).finish_non_exhaustive()
    }
}

impl Client {
    /// Makes the call once, with the token and the key, and answers with whatever the marketplace said, refusals included.
    /// Errors are only what has no answer: the call was not let in, or its answer was lost.
    ///
    /// The answer is meant for a screen, so tokens cannot be asked for, and what is secret is blanked out.
    pub async fn raw(&self, raw: &RawCall) -> Result<Reply, Error> {
        let kind = if raw.is_write() { CallKind::Write } else { CallKind::Read };
        let segments = raw.segments();
        let call = Call::new("console", kind, raw.method.clone(), &segments);
        if segments.first().is_some_and(|first| first.eq_ignore_ascii_case("token")) {
            return Err(call.error(ErrorKind::Invalid, "tokens are the client's own business"));
        }
        let body = raw.body.clone().map(Bytes::from);
        let call = Call { body, repeats: false, ..call.with_query(raw.query.clone()) };
        let Reply { answer, refusal } = self.reply(&call).await?;
        let read = serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body);
        let refusal = refusal.or_else(|| read.err().map(|error| unreadable(&call, &answer, &error)));
        let told = refusal.as_ref().and_then(|refusal| refusal.correlation_id().map(str::to_owned));
        let correlation_id = answer.correlation_id.clone().or(told);
        let body = self.presentable(&answer.body).await;
        Ok(Reply { answer: RawAnswer { correlation_id, body, ..answer }, refusal })
    }

    /// Where the call goes; `None` for a path that would lead elsewhere.
    pub fn address_of(&self, raw: &RawCall) -> Option<String> {
        let query: Vec<_> = raw.query.iter().map(|(name, value)| (Cow::from(name), value.clone())).collect();
        self.shared.endpoint.url(&raw.segments(), &query).map(String::from)
    }

    /// As it came, but without what is secret by its name, and without our own secrets, should they be quoted.
    async fn presentable(&self, body: &Bytes) -> Bytes {
        let token = self.shared.tokens.held().await;
        let endpoint = &self.shared.endpoint;
        let own = [
            token.as_ref().map_or("", |token| token.expose()),
            endpoint.password.expose_secret(),
            endpoint.subscription_key.to_str().unwrap_or_default(),
        ];
        // What is shorter is no secret, and would blank out half of the text.
        let own: Vec<&str> = own.into_iter().filter(|secret| secret.len() >= 6).collect();
        let text = String::from_utf8_lossy(body);
        match Json::parse(&text) {
            Ok(json) => {
                let shown = json.without_secrets(&own);
                if shown == json { body.clone() } else { shown.to_string().into() }
            }
            Err(_) => own.iter().fold(text.into_owned(), |text, secret| text.replace(secret, HIDDEN)).into(),
        }
    }
}
