//! What a person asked for and may not do is an entry of the activity.

use app::Denials;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use backend::Backend;
use backend::activity;
use backend::staff::Staff;
use domain::Permission;

/// The permission that was lacking, in the answers of handlers that are no pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Denied(pub(crate) Permission);

/// Answers the request, and records what was denied while it was answered.
pub(super) async fn recorded(backend: &Backend, staff: &Staff, mut request: Request, next: Next) -> Response {
    let denials = Denials::default();
    request.extensions_mut().insert(denials.clone());
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    if let Some(Denied(permission)) = response.extensions().get() {
        denials.note(*permission);
    }
    for permission in denials.take() {
        // The person is refused all the same.
        if let Err(error) = activity::denied(backend, staff, permission, &path).await {
            tracing::error!(%error, ?permission, "a denied attempt could not be recorded");
        }
    }
    response
}
