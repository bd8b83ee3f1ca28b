//! Any call, for consoles.

use super::Client;
use super::answer::RawAnswer;
use super::call::Call;
use super::error::{Error, ErrorKind};
use super::gate::CallKind;
use bytes::Bytes;
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
        let harmless = [["orders", "estimate"], ["validation", "parameters"]];
        self.method != Method::GET && !harmless.iter().any(|path| self.segments() == path)
    }

    fn segments(&self) -> Vec<&str> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        path.strip_suffix('/').unwrap_or(path).split('/').collect()
    }
}

impl Client {
    /// Makes the call with the token and the key. Refusals by the marketplace are errors, as for every other operation.
    ///
    /// The answer is meant for a screen, so tokens cannot be asked for and addresses of report files are blanked out.
    pub async fn raw(&self, raw: &RawCall) -> Result<RawAnswer, Error> {
        let kind = if raw.is_write() { CallKind::Write } else { CallKind::Read };
        let segments = raw.segments();
        let call = Call::new("console", kind, raw.method.clone(), &segments);
        if segments.first().is_some_and(|first| first.eq_ignore_ascii_case("token")) {
            return Err(call.error(ErrorKind::Invalid, "tokens are the client's own business"));
        }
        let call = call.with_query(raw.query.clone());
        let call = match &raw.body {
            Some(body) => call.with_body(body)?,
            None => call,
        };
        let answer = self.authorized(&call).await?;
        let body = presentable(&answer.body);
        Ok(RawAnswer { body, ..answer })
    }
}

fn presentable(body: &Bytes) -> Bytes {
    match serde_json::from_slice(body) {
        Ok(mut json) => {
            blank_addresses(&mut json);
            json.to_string().into()
        }
        Err(_) => body.clone(),
    }
}

fn blank_addresses(json: &mut Value) {
    match json {
        Value::Array(items) => items.iter_mut().for_each(blank_addresses),
        Value::Object(members) => {
            for (name, value) in members {
                if name == "downloadUrl" && !value.is_null() {
                    *value = Value::from("[hidden]");
                } else {
                    blank_addresses(value);
                }
            }
        }
        _ => {}
    }
}
