//! `GET /session`: tells an open page how long the session lasts, without prolonging it.

use app::FrameFacts;
use axum::extract::State;
use axum::{Extension, Json};
use backend::Backend;
use serde::Serialize;

/// The rest of a session.
#[derive(Debug, Serialize)]
pub(crate) struct Left {
    /// Seconds until it ends if nothing more is done.
    left: i64,
    /// Only signing in anew puts that off.
    #[serde(rename = "final")]
    is_final: bool,
}

/// How long the session of whoever asks lasts if nothing more is done.
pub(crate) async fn left(
    State(backend): State<Backend>,
    Extension(FrameFacts { session_end, .. }): Extension<FrameFacts>,
) -> Json<Left> {
    let left = (session_end.at - backend.clock.now()).whole_seconds();
    Json(Left { left, is_final: session_end.is_final })
}
