//! Answers before and after they are understood.

use super::connection::place;
use super::error::{Error, ErrorKind};
use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Response, StatusCode, Url};
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

/// The marketplace's answer to a write, with what its support asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<T> {
    /// The answer.
    pub value: T,
    /// The marketplace's name for this call.
    pub correlation_id: Option<String>,
}

/// An answer as it came, of any status.
#[derive(Clone, Debug)]
pub struct RawAnswer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The marketplace's name for this call.
    pub correlation_id: Option<String>,
    /// How long the marketplace asks to be left alone.
    pub retry_after: Option<Duration>,
    /// How long it took to arrive.
    pub elapsed: Duration,
    /// What the body is said to be.
    pub content_type: Option<String>,
    /// The body.
    pub body: Bytes,
    /// Where a redirect leads.
    pub(super) redirected_to: Option<String>,
}

/// An answer of any status, with what it means where it is no success.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The answer.
    pub answer: RawAnswer,
    /// Why it is no success. Its [`outcome`](Error::outcome) says whether a write was carried out.
    pub refusal: Option<Error>,
}

impl Reply {
    /// The answer, if it is a success.
    pub(super) fn success(self) -> Result<RawAnswer, Error> {
        self.refusal.map_or(Ok(self.answer), Err)
    }

    pub(super) fn is_unauthorized(&self) -> bool {
        self.refusal.as_ref().is_some_and(|refusal| *refusal.kind() == ErrorKind::Unauthorized)
    }
}

/// Far more than the largest page of a list.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// Why a body could not be read to its end.
pub(super) enum Unread {
    Broken(reqwest::Error),
    TooLarge,
}

impl RawAnswer {
    pub(super) async fn read(mut response: Response) -> Result<Self, Unread> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Unread::Broken)? {
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(Unread::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let headers = response.headers();
        Ok(Self {
            status: response.status(),
            correlation_id: correlation_id(headers),
            retry_after: retry_after(headers),
            elapsed: Duration::ZERO,
            content_type: text(headers, CONTENT_TYPE.as_str()),
            redirected_to: redirected_to(response.url(), headers),
            body: body.into(),
        })
    }

    /// The proxy's doing: the marketplace answers with JSON.
    pub(super) fn is_web_page(&self) -> bool {
        let declared = self.content_type.as_deref().is_some_and(|kind| kind.contains("html"));
        declared || self.body.trim_ascii_start().starts_with(b"<")
    }

    /// Only the status arrived.
    pub(super) fn unexplained(status: StatusCode) -> Self {
        Self {
            status,
            correlation_id: None,
            retry_after: None,
            elapsed: Duration::ZERO,
            content_type: None,
            body: Bytes::new(),
            redirected_to: None,
        }
    }
}

pub(super) fn correlation_id(headers: &HeaderMap) -> Option<String> {
    text(headers, "x-correlation-id")
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned).filter(|value| !value.is_empty())
}

/// Without user, query and fragment: they may hold what was sent.
fn redirected_to(from: &Url, headers: &HeaderMap) -> Option<String> {
    const LONGEST: usize = 200;
    let to = from.join(&text(headers, LOCATION.as_str())?).ok()?;
    Some(place(&to).chars().take(LONGEST).collect())
}

/// Seconds, or a date; its distance is taken from the answer's own date, so that our clock does not matter.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = text(headers, RETRY_AFTER.as_str())?;
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |value: &str| OffsetDateTime::parse(value.trim(), &Rfc2822).ok();
    let wait = date(&value)? - date(&text(headers, DATE.as_str())?)?;
    Some(wait.try_into().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_to_a_place_and_says_nothing_more() {
        let to = |location: &str| {
            let from = Url::parse("https://host.example/marketplace/eu/token").unwrap();
            redirected_to(&from, &[(LOCATION, location.parse().unwrap())].into_iter().collect())
        };
        assert_eq!(to("/sign-in?key=secret#top").as_deref(), Some("https://host.example/sign-in"));
        assert_eq!(to("https://user:secret@other.example/").as_deref(), Some("https://other.example"));
        assert!(to(&format!("/{}", "x".repeat(5_000))).unwrap().len() <= 200);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let wait = |value: &str| {
            let now = "Sat, 31 Jan 2026 12:00:00 GMT";
            retry_after(&[(DATE, now.parse().unwrap()), (RETRY_AFTER, value.parse().unwrap())].into_iter().collect())
        };
        assert_eq!(wait("17"), Some(Duration::from_secs(17)));
        assert_eq!(wait("Sat, 31 Jan 2026 12:01:00 GMT"), Some(Duration::from_mins(1)));
        assert_eq!(wait("Sat, 31 Jan 2026 11:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("soon"), None);
    }
}
