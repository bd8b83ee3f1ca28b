//! The gateway in front of the API: keys, bearers, call limits, and the envelope around every answer.

mod body;
mod envelope;
mod guard;
mod limiter;
mod path;
mod tokens;

pub(crate) use body::{GatewayRefusal, RESOURCE_NOT_FOUND, WRONG_KEY};
pub(crate) use envelope::envelope;
pub(crate) use guard::{bearer, guard};
pub(crate) use limiter::Limiter;
pub(crate) use path::{CallPath, normalise};
pub(crate) use tokens::{LIFETIME_SECONDS, Tokens};

/// An operation the gateway does not know, whatever the method.
pub(crate) async fn unknown_operation() -> GatewayRefusal {
    RESOURCE_NOT_FOUND
}
