//! What somebody typed, as a call; or why it is none, beside its field.

use crate::{Error, FieldError, Result};
use marketplace::{HIDDEN, Json, Method, RawCall, names_secret};
use percent_encoding::percent_decode_str;
use std::fmt;

/// The most bytes of a body.
pub const LARGEST_BODY: usize = 20 * 1024;

/// The most bytes of a path with its query.
const LONGEST_PATH: usize = 2_000;

/// A call as somebody typed it. `Debug` hides what is secret in it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// `GET`, `POST` or `PATCH`.
    pub method: String,
    /// The path with its query, encoded as in an address.
    pub path: String,
    /// The body; empty for a `GET`.
    pub body: String,
}

/// A call that can be made, and how it is recorded: without secrets.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) call: RawCall,
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) body: Option<String>,
}

impl Typed {
    /// As it arrives from a form, whose lines end in two characters.
    pub fn new(method: &str, path: &str, body: &str) -> Self {
        let text = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        Self { method: text(method), path: text(path), body: text(body) }
    }

    /// The same without what is secret in it, for screens.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let (_, query) = self.path.split_once('?').unwrap_or_default();
        let query: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let (path, query) = recorded_path(&self.path, &query);
        let path = query.map_or(path.clone(), |query| format!("{path}?{query}"));
        let body = if self.body.is_empty() { String::new() } else { recorded_body(&self.body) };
        Self { method: self.method.clone(), path, body }
    }

    pub(super) fn check(&self) -> Result<Request> {
        let mut problems = Vec::new();
        let method = noted("method", self.method(), &mut problems);
        let target = noted("path", Target::complete(&self.path), &mut problems);
        let body = method.as_ref().and_then(|method| noted("body", self.body(method), &mut problems));
        let (Some(method), Some(Target { path, query }), Some(body)) = (method, target, body) else {
            return Err(Error::Invalid(problems));
        };
        let (shown_path, shown_query) = recorded_path(&self.path, &query);
        let shown_body = body.as_deref().map(recorded_body);
        let call = RawCall { method, path, query, body };
        Ok(Request { call, path: shown_path, query: shown_query, body: shown_body })
    }

    fn method(&self) -> Result<Method, String> {
        let known = [Method::GET, Method::POST, Method::PATCH];
        let method = known.into_iter().find(|method| method.as_str() == self.method);
        method.ok_or_else(|| "Choose GET, POST or PATCH; the marketplace has no others".to_owned())
    }

    fn body(&self, method: &Method) -> Result<Option<String>, String> {
        let body = self.body.as_str();
        if *method == Method::GET {
            let refused = || "A GET has no body; take it out, or choose another method".to_owned();
            return body.is_empty().then_some(None).ok_or_else(refused);
        }
        if body.is_empty() {
            return Err("Enter the body as JSON, at least {}".to_owned());
        }
        if body.len() > LARGEST_BODY {
            return Err(format!("Shorten the body to {LARGEST_BODY} bytes; it has {}", body.len()));
        }
        Json::parse(body).map_err(|error| format!("This is not JSON: {error}"))?;
        if body.contains("\\u0000") {
            return Err("Take the character \\u0000 out; no text of the marketplace has it".to_owned());
        }
        if body.contains(&format!("\"{HIDDEN}\"")) {
            return Err(format!("Replace {HIDDEN} by the value; it was not kept"));
        }
        Ok(Some(body.to_owned()))
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, body } = self.without_secrets();
        f.debug_struct("Typed").field("method", &method).field("path", &path).field("body", &body).finish()
    }
}

/// Where a call goes; not encoded.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

impl Target {
    /// What the path means; without looking whether something in it is hidden.
    pub(super) fn read(typed: &str) -> Result<Self, String> {
        let (path, query) = typed.split_once('?').unwrap_or((typed, ""));
        let Some(segments) = path.strip_prefix('/') else {
            return Err("Begin with /, without the marketplace's address, such as /customers".to_owned());
        };
        if typed.len() > LONGEST_PATH {
            return Err(format!("Shorten the path to {LONGEST_PATH} bytes; it has {}", typed.len()));
        }
        if typed.contains(|character: char| character.is_control() || matches!(character, '#' | '\\')) {
            return Err("Use a path without #, \\ and line breaks".to_owned());
        }
        if path.contains(['{', '}']) {
            return Err("Replace what stands in braces by an identifier".to_owned());
        }
        let segments = segments.strip_suffix('/').unwrap_or(segments).split('/').map(segment);
        let segments = segments.collect::<Result<Vec<_>, _>>()?;
        if segments.first().is_some_and(|first| first.eq_ignore_ascii_case("token")) {
            return Err("Call something else than /token: Seatboard asks for tokens itself".to_owned());
        }
        let query = serde_urlencoded::from_str(query).map_err(|_| "Encode the query as in an address".to_owned())?;
        Ok(Self { path: format!("/{}", segments.join("/")), query })
    }

    fn complete(typed: &str) -> Result<Self, String> {
        let target = Self::read(typed)?;
        let hidden = target.query.iter().any(|(_, value)| value == HIDDEN);
        if hidden { Err(format!("Replace {HIDDEN} by the value; it was not kept")) } else { Ok(target) }
    }
}

fn segment(typed: &str) -> Result<String, String> {
    let decoded = percent_decode_str(typed).decode_utf8().map_err(|_| "Encode the path as UTF-8".to_owned())?;
    if decoded.chars().any(|character| character.is_control() || matches!(character, '/' | '\\')) {
        return Err("Use identifiers without /, \\ and line breaks".to_owned());
    }
    match &*decoded {
        "" => Err("Name something between the slashes, such as /customers".to_owned()),
        "." | ".." => Err("Write the path out, without . and ..".to_owned()),
        _ => Ok(decoded.into_owned()),
    }
}

fn noted<T>(field: &str, checked: Result<T, String>, problems: &mut Vec<FieldError>) -> Option<T> {
    checked.map_err(|message| problems.push(FieldError { field: field.to_owned(), message })).ok()
}

fn recorded_path(typed: &str, query: &[(String, String)]) -> (String, Option<String>) {
    let Some((path, written)) = typed.split_once('?') else { return (typed.to_owned(), None) };
    if !query.iter().any(|(name, _)| names_secret(name)) {
        return (path.to_owned(), Some(written.to_owned()));
    }
    let shown = query.iter().map(|(name, value)| (name, if names_secret(name) { HIDDEN } else { value }));
    let shown = serde_urlencoded::to_string(shown.collect::<Vec<_>>()).unwrap_or_default();
    (path.to_owned(), Some(shown))
}

/// As it was written, unless something in it is secret.
fn recorded_body(body: &str) -> String {
    let Ok(json) = Json::parse(body) else { return HIDDEN.to_owned() };
    let shown = json.without_secrets(&[]);
    if shown == json { body.to_owned() } else { shown.pretty() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(method: &str, path: &str, body: &str) -> Vec<String> {
        match Typed::new(method, path, body).check() {
            Err(Error::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
            other => panic!("{method} {path} {body}: {other:?}"),
        }
    }

    #[test]
    fn a_call_is_read_as_it_was_typed() {
        let typed = Typed::new("POST", " /orders/a%20b/?name=Acme+Ltd&x=%26 ", "{\r\n  \"a\": 1.50\r\n}\r\n");
        let Request { call, path, query, body } = typed.check().unwrap();
        assert_eq!((call.method.as_str(), call.path.as_str()), ("POST", "/orders/a b"));
        assert_eq!(call.query, [("name".to_owned(), "Acme Ltd".to_owned()), ("x".to_owned(), "&".to_owned())]);
        assert_eq!(call.body.as_deref(), Some("{\n  \"a\": 1.50\n}"));
        assert_eq!((path.as_str(), query.as_deref(), body), ("/orders/a%20b/", Some("name=Acme+Ltd&x=%26"), call.body));
    }

    #[test]
    fn each_mistake_is_told_beside_its_field() {
        assert_eq!(refused("DELETE", "/orders/1", ""), ["method"]);
        assert_eq!(refused("GET", "orders", "{}"), ["path", "body"]);
        assert_eq!(refused("POST", "/orders", ""), ["body"]);
        assert_eq!(refused("PATCH", "/orders/1", "{\"a\":}"), ["body"]);
        assert_eq!(refused("PATCH", "/orders/1", "{\"a\":\"\\u0000\"}"), ["body"]);
        assert_eq!(refused("POST", "/orders", &format!("\"{}\"", "x".repeat(LARGEST_BODY))), ["body"]);
        assert_eq!(refused("get", "", "")[0], "method");
    }

    #[test]
    fn a_path_cannot_lead_anywhere_else() {
        for path in [
            "https://other.example/orders",
            "//other.example/orders",
            "/../admin",
            "/orders/%2e%2E/x",
            "/orders/.",
            "/a%2Fb",
            "/a\\b",
            "/%5C",
            "/orders#1",
            "/orders\n/1",
            "/%0d%0aX: y",
            "/",
            "/orders/{id}",
            "/token",
            "/%74oken",
            "/Token/?x=1",
            "/%ff",
            &format!("/{}", "x".repeat(LONGEST_PATH)),
        ] {
            assert_eq!(refused("GET", path, ""), ["path"], "{path}");
        }
    }

    #[test]
    fn secrets_are_recorded_as_hidden_and_sent_as_they_are() {
        let body = "{\"login\": \"ana\", \"seats\": 1.0}";
        let request = Typed::new("POST", "/customers?subscription-key=abc&x=1", body).check().unwrap();
        assert_eq!(request.call.body.as_deref(), Some(body));
        assert_eq!(request.call.query[0].1, "abc");
        assert_eq!(request.query.as_deref(), Some("subscription-key=%5Bhidden%5D&x=1"));
        assert_eq!(request.body.as_deref(), Some("{\n  \"login\": \"[hidden]\",\n  \"seats\": 1.0\n}"));
    }

    #[test]
    fn a_screen_and_debug_show_a_call_without_its_secrets() {
        let typed = Typed::new("POST", "/customers?subscription-key=abc&x=1", "{\"password\": \"opensesame\"}");
        let shown = typed.without_secrets();
        assert_eq!(shown.path, "/customers?subscription-key=%5Bhidden%5D&x=1");
        assert_eq!(shown.body, "{\n  \"password\": \"[hidden]\"\n}");
        assert!(!format!("{typed:?} {:?}", typed.check()).contains("opensesame"));
        let harmless = Typed::new("GET", "/customers?limit=1", "");
        assert_eq!(harmless.without_secrets(), harmless);
    }

    #[test]
    fn what_was_hidden_is_not_sent_as_if_it_were_the_value() {
        assert_eq!(refused("POST", "/customers?key=%5Bhidden%5D", "{\"login\":\"[hidden]\"}"), ["path", "body"]);
    }
}
