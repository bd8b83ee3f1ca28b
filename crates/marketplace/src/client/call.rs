//! A call before it is made.

use super::error::{Error, ErrorKind};
use super::gate::CallKind;
use bytes::Bytes;
use reqwest::Method;
use serde::Serialize;
use std::borrow::Cow;

/// What to ask of the marketplace. `operation` names it in logs and errors.
pub(super) struct Call {
    pub(super) operation: &'static str,
    pub(super) kind: CallKind,
    pub(super) method: Method,
    pub(super) segments: Vec<String>,
    pub(super) query: Vec<(Cow<'static, str>, String)>,
    pub(super) body: Option<Bytes>,
    /// Is made again after a passing failure.
    pub(super) repeats: bool,
}

impl Call {
    pub(super) fn new(operation: &'static str, kind: CallKind, method: Method, segments: &[&str]) -> Self {
        let segments = segments.iter().map(|segment| (*segment).to_owned()).collect();
        Self { operation, kind, method, segments, query: Vec::new(), body: None, repeats: kind != CallKind::Write }
    }

    pub(super) fn get(operation: &'static str, segments: &[&str]) -> Self {
        Self::new(operation, CallKind::Read, Method::GET, segments)
    }

    /// A call with a body that changes nothing.
    pub(super) fn ask(operation: &'static str, segments: &[&str], body: &impl Serialize) -> Result<Self, Error> {
        Self::new(operation, CallKind::Read, Method::POST, segments).with_body(body)
    }

    pub(super) fn create(operation: &'static str, segments: &[&str], body: &impl Serialize) -> Result<Self, Error> {
        Self::new(operation, CallKind::Write, Method::POST, segments).with_body(body)
    }

    pub(super) fn update(operation: &'static str, segments: &[&str], body: &impl Serialize) -> Result<Self, Error> {
        Self::new(operation, CallKind::Write, Method::PATCH, segments).with_body(body)
    }

    pub(super) fn with_query<N: Into<Cow<'static, str>>>(
        mut self,
        query: impl IntoIterator<Item = (N, String)>,
    ) -> Self {
        self.query.extend(query.into_iter().map(|(name, value)| (name.into(), value)));
        self
    }

    pub(super) fn with_body(mut self, body: &impl Serialize) -> Result<Self, Error> {
        let json = serde_json::to_vec(body);
        // Nothing was sent, so the request itself is at fault.
        self.body = Some(json.map_err(|error| self.error(ErrorKind::Invalid, error.to_string()))?.into());
        Ok(self)
    }

    pub(super) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        Error::local(kind, self.operation, self.kind, message)
    }
}
