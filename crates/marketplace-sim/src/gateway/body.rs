//! The gateway's error body: `statusCode` and `message`, nothing else.

use super::limiter::TurnedAway;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::borrow::Cow;
use time::Duration;

/// A refusal by the gateway, before the API sees the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GatewayRefusal {
    status: StatusCode,
    message: Cow<'static, str>,
    retry_after: Option<i64>,
}

/// No `X-Subscription-Key`.
pub(crate) const MISSING_KEY: GatewayRefusal = plain(
    StatusCode::UNAUTHORIZED,
    "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
);

/// A key nobody has.
pub(crate) const WRONG_KEY: GatewayRefusal = plain(
    StatusCode::UNAUTHORIZED,
    "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
);

/// An unknown path or method.
pub(crate) const RESOURCE_NOT_FOUND: GatewayRefusal = plain(StatusCode::NOT_FOUND, "Resource not found");

const fn plain(status: StatusCode, message: &'static str) -> GatewayRefusal {
    GatewayRefusal { status, message: Cow::Borrowed(message), retry_after: None }
}

impl GatewayRefusal {
    /// Too many calls in the window.
    pub(crate) fn too_fast(wait: Duration) -> Self {
        let seconds = whole_seconds(wait);
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            message: format!("Rate limit is exceeded. Try again in {seconds} seconds.").into(),
            retry_after: Some(seconds),
        }
    }

    /// The calls of the day are used up.
    pub(crate) fn out_of_quota(wait: Duration) -> Self {
        let seconds = whole_seconds(wait);
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        Self {
            status: StatusCode::FORBIDDEN,
            message: format!(
                "Out of call volume quota. Quota will be replenished in {hours:02}:{minutes:02}:{rest:02}."
            )
            .into(),
            retry_after: Some(seconds),
        }
    }
}

impl From<TurnedAway> for GatewayRefusal {
    fn from(reason: TurnedAway) -> Self {
        match reason {
            TurnedAway::TooFast(wait) => Self::too_fast(wait),
            TurnedAway::OutOfQuota(wait) => Self::out_of_quota(wait),
        }
    }
}

impl IntoResponse for GatewayRefusal {
    fn into_response(self) -> Response {
        let body = json!({ "statusCode": self.status.as_u16(), "message": self.message });
        let mut response = (self.status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Rounded up, so that waiting this long is enough.
fn whole_seconds(wait: Duration) -> i64 {
    wait.whole_seconds() + i64::from(wait.subsec_nanoseconds() > 0)
}
