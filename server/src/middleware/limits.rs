//! How much of a request is taken, and how long it may take.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;
use std::time::Duration;
use tokio::time::timeout;

/// How long a body is waited for: the longest table over a slow line.
const BODY: Duration = Duration::from_mins(1);

/// How long anything may take until its answer begins: twice the longest wait for the marketplace. What was begun goes on
/// all the same. An answer that has begun (`/events`, a download) takes as long as it takes.
const ANSWER: Duration = Duration::from_mins(5);

/// The most bytes of a body, and how long it is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyLimit {
    bytes: usize,
    patience: Duration,
}

impl BodyLimit {
    pub(crate) fn new(bytes: usize) -> Self {
        Self { bytes, patience: BODY }
    }
}

/// Reads the whole body before anything looks at it, so that no handler waits for one that never ends. A form holds no NUL:
/// nobody can type one, and neither the database nor a session can keep it.
pub(crate) async fn body(State(limit): State<BodyLimit>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match timeout(limit.patience, to_bytes(body, limit.bytes)).await {
        Ok(Ok(bytes)) if is_form(&parts.headers) && holds_nul(&bytes) => {
            (StatusCode::BAD_REQUEST, "This form holds a character that cannot be kept.").into_response()
        }
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(error)) if is_too_large(&error) => {
            let most = limit.bytes / 1024;
            (StatusCode::PAYLOAD_TOO_LARGE, format!("This is too large: at most {most} KB can be sent here."))
                .into_response()
        }
        Ok(Err(_)) => (StatusCode::BAD_REQUEST, "The request broke off.").into_response(),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "The request took too long to arrive. Send it again.").into_response(),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn holds_nul(form: &[u8]) -> bool {
    form.contains(&0) || form.windows(3).any(|three| three == b"%00")
}

fn is_too_large(error: &axum::Error) -> bool {
    std::error::Error::source(error).and_then(|source| source.downcast_ref::<LengthLimitError>()).is_some()
}

/// Answers for whatever takes too long.
pub(crate) async fn answer(request: Request, next: Next) -> Response {
    in_time(ANSWER, next.run(request)).await
}

async fn in_time(patience: Duration, response: impl Future<Output = Response>) -> Response {
    timeout(patience, response).await.unwrap_or_else(|_| {
        let told = "This takes too long. What was begun goes on: look later whether it was done.";
        (StatusCode::SERVICE_UNAVAILABLE, told).into_response()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::post;
    use bytes::Bytes;
    use futures::{StreamExt, stream};
    use std::convert::Infallible;
    use tower::ServiceExt;

    const LIMIT: BodyLimit = BodyLimit { bytes: 2048, patience: Duration::from_millis(50) };

    async fn status(body: Body) -> StatusCode {
        let echo =
            Router::new().route("/", post(async |body: Bytes| body)).layer(from_fn_with_state(LIMIT, super::body));
        echo.oneshot(Request::post("/").body(body).unwrap()).await.unwrap().status()
    }

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit_whether_or_not_it_says_how_long_it_is() {
        let streamed = |size| Body::from_stream(stream::iter([Ok::<_, Infallible>(Bytes::from(vec![b'x'; size]))]));
        assert_eq!(status(Body::from(vec![b'x'; 2048])).await, StatusCode::OK);
        assert_eq!(status(streamed(2048)).await, StatusCode::OK);
        assert_eq!(status(Body::from(vec![b'x'; 2049])).await, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(status(streamed(2049)).await, StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[tokio::test]
    async fn a_body_that_does_not_end_is_given_up() {
        let begun = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"email="))]).chain(stream::pending());
        assert_eq!(status(Body::from_stream(begun)).await, StatusCode::REQUEST_TIMEOUT);
    }

    #[tokio::test]
    async fn an_answer_that_does_not_come_is_given_up() {
        let never = in_time(Duration::from_millis(50), std::future::pending()).await;
        assert_eq!(never.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
