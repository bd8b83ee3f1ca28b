//! What surrounds every answer of the API: the correlation id, and the body of its own refusals.

use super::CallPath;
use crate::error::{ApiError, Spelling};
use crate::wire;
use crate::world::Shared;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use serde_json::{Value, json};

/// Gives every answer its `X-Correlation-ID` and writes the body of an [`ApiError`].
pub(crate) async fn envelope(State(world): State<Shared>, request: Request, next: Next) -> Response<Body> {
    let correlation_id = format!("a8n-{}", world.uuid());
    let path = CallPath::of(&request);
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        let body = body(&error, &path, &correlation_id, &wire::timestamp_millis(world.clock.now()));
        response = (error.status, Json(body)).into_response();
    }
    if let Ok(value) = HeaderValue::from_str(&correlation_id) {
        response.headers_mut().insert("x-correlation-id", value);
    }
    response
}

fn body(error: &ApiError, path: &CallPath, correlation_id: &str, now: &str) -> Value {
    let status = error.status.as_u16();
    match error.spelling {
        Spelling::Usual => json!({
            "timeStamp": now, "status": status, "message": error.message,
            "path": path.as_str(), "correlationId": correlation_id,
        }),
        Spelling::Framework => json!({
            "timestamp": now, "status": status, "error": reason(error.status),
            "path": path.as_str(), "correlationId": correlation_id,
        }),
    }
}

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}
