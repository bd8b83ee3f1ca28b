//! Query parameters: unknown ones are ignored, known ones must make sense.

use super::Window;
use crate::error::ApiError;
use crate::wire;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use time::{Date, OffsetDateTime};

/// The query of a call.
pub(crate) struct Params(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = Query::from_request_parts(parts, state).await;
        query.map(|Query(pairs)| Self(pairs)).map_err(|rejection| ApiError::invalid("query", rejection.body_text()))
    }
}

impl Params {
    /// A parameter's text; an empty one counts as absent.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// An identifier of digits.
    pub(crate) fn id(&self, name: &str) -> Result<Option<u32>, ApiError> {
        self.text(name).map(|id| super::number(name, id)).transpose()
    }

    /// One of the values listed, in any case; several at once are refused like any other value.
    pub(crate) fn one_of(&self, name: &str, listed: &[&str]) -> Result<Option<&str>, ApiError> {
        match self.text(name) {
            Some(value) if !listed.iter().any(|one| one.eq_ignore_ascii_case(value)) => {
                Err(ApiError::invalid(name, format_args!("must be one of {}", listed.join(", "))))
            }
            value => Ok(value),
        }
    }

    /// `YYYY-MM-DD`.
    pub(crate) fn date(&self, name: &str) -> Result<Option<Date>, ApiError> {
        let read =
            |text: &str| wire::parse_date(text).ok_or_else(|| ApiError::invalid(name, "must be a date (YYYY-MM-DD)"));
        self.text(name).map(read).transpose()
    }

    /// RFC 3339.
    pub(crate) fn date_time(&self, name: &str) -> Result<Option<OffsetDateTime>, ApiError> {
        let read = |text: &str| {
            // An unescaped `+` of the offset arrives as a space.
            wire::parse_date_time(&text.replace(' ', "+"))
                .ok_or_else(|| ApiError::invalid(name, "must be a date-time (RFC 3339)"))
        };
        self.text(name).map(read).transpose()
    }

    /// `offset` and `limit`; a larger limit than `cap` is refused.
    pub(crate) fn window(&self, cap: u32) -> Result<Window, ApiError> {
        let count = |name: &str| {
            self.text(name)
                .map(|text| text.parse::<u32>().map_err(|_| ApiError::invalid(name, "must be a whole number")))
                .transpose()
        };
        let (offset, limit) = (count("offset")?.unwrap_or(0), count("limit")?.unwrap_or(10));
        if limit == 0 || limit > cap {
            return Err(ApiError::invalid("limit", format_args!("must be between 1 and {cap}")));
        }
        Ok(Window { offset, limit })
    }
}
