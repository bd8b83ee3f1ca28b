//! Bodies, and single values.

use super::{Fault, Findings};
use crate::contract::Body;
use axum::http::{HeaderMap, header::CONTENT_TYPE};
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

impl Findings<'_> {
    /// A body has to be declared, of the media type declared, and as its schema says.
    pub(super) fn check_body(&mut self, declared: Option<&Body>, headers: &HeaderMap, bytes: &[u8]) {
        let Some(declared) = declared else {
            if !bytes.is_empty() {
                self.add("/", Fault::Undeclared, "a body where none is declared");
            }
            return;
        };
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if media_type != declared.media_type {
            let detail = format!("`{media_type}` instead of {}", declared.media_type);
            self.add("header Content-Type", Fault::Word, detail);
        }
        match serde_json::from_slice(bytes) {
            Ok(json) => self.check_value("", &declared.validator, &json),
            Err(error) => self.add("/", Fault::Type, format!("not JSON: {error}")),
        }
    }

    /// `place` goes before the pointers of what is wrong.
    pub(super) fn check_value(&mut self, place: &str, validator: &Validator, value: &Value) {
        for error in validator.iter_errors(value) {
            let at = format!("{place}{}", error.instance_path());
            let fault = match error.kind() {
                Kind::AdditionalProperties { unexpected } => {
                    for name in unexpected {
                        self.add(format!("{at}/{name}"), Fault::Undeclared, "the schema has no such member");
                    }
                    continue;
                }
                Kind::Required { property } => {
                    let name = property.as_str().unwrap_or_default();
                    self.add(format!("{at}/{name}"), Fault::Missing, "the schema demands it");
                    continue;
                }
                Kind::FalseSchema => Fault::WrongSide,
                Kind::Type { .. } => Fault::Type,
                Kind::Enum { .. } => Fault::Word,
                Kind::Format { .. } => Fault::Format,
                _ => Fault::Other,
            };
            self.add(if at.is_empty() { "/" } else { &at }, fault, error.to_string());
        }
    }
}
