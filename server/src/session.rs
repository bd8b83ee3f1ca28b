//! `GET /session`: tells an open page how long the session lasts, without prolonging it.

use app::FrameFacts;
use axum::extract::State;
use axum::{Extension, Json};
use backend::Backend;
use serde::Serialize;

/// The rest of a session.
#[derive(Debug, Serialize)]
pub(crate) struct Left {
    /// Until it ends if nothing more is done.
    #[serde(rename = "left")]
    seconds: i64,
    /// Only signing in anew puts that off.
    #[serde(rename = "final")]
    is_final: bool,
    /// It has ended; told only where that is so.
    #[serde(rename = "over", skip_serializing_if = "std::ops::Not::not")]
    is_over: bool,
}

impl Left {
    /// What a page is told whose session has ended. That is no error: a browser would show one to the person.
    pub(crate) const NOTHING: Self = Self { seconds: 0, is_final: false, is_over: true };
}

/// How long the session of whoever asks lasts if nothing more is done.
pub(crate) async fn left(
    State(backend): State<Backend>,
    Extension(FrameFacts { session_end, .. }): Extension<FrameFacts>,
) -> Json<Left> {
    let seconds = (session_end.at - backend.clock.now()).whole_seconds();
    Json(Left { seconds, is_final: session_end.is_final, is_over: false })
}
