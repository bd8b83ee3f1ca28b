//! The API's own refusals. Handlers say what is wrong; [`crate::gateway::envelope`] writes the body around it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// A refusal by the API (not by the gateway in front of it).
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
    pub(crate) spelling: Spelling,
}

/// The two error bodies found in the wild.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// `timeStamp` and `message`.
    #[default]
    Usual,
    /// `timestamp` and `error`, without a message.
    Framework,
}

impl ApiError {
    /// A field that cannot be accepted.
    pub(crate) fn invalid(field: &str, reason: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, format!("Validation failed: {field} {reason}"))
    }

    /// Something named in a request body that does not exist: the API says 400, not 404.
    pub(crate) fn no_entity(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, format!("No entity has been found: {what} {id}"))
    }

    /// Something named in the path that does not exist.
    pub(crate) fn not_found(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{what} {id} not found"))
    }

    /// No usable bearer, or wrong credentials.
    pub(crate) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message.to_owned())
    }

    /// An operation that is not for this account.
    pub(crate) fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "This operation is not allowed for the account".to_owned())
    }

    /// A refusal of the billing platform beneath the API: these arrive as 500.
    pub(crate) fn refused(message: String) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }

    /// The same refusal in the other spelling.
    pub(crate) fn spelled_otherwise(status: StatusCode) -> Self {
        Self { spelling: Spelling::Framework, ..Self::new(status, String::new()) }
    }

    fn new(status: StatusCode, message: String) -> Self {
        Self { status, message, spelling: Spelling::Usual }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
