//! Forms that come after the session of whoever typed them has ended.

use app::{Lapsed, paths};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use backend::session_store::{self, TYPED_BY};
use backend::{Backend, staff};
use tower_sessions::Session;
use tower_sessions::session::Id;
use uuid::Uuid;

/// Notes in the session of nobody whose the session was before it, by the cookie that the browser shows. Answers whether
/// that is known.
pub(super) async fn remember(backend: &Backend, session: &Session, shown: Option<Id>) -> bool {
    let remembered = async {
        let before = match shown {
            Some(shown) => session_store::lapsed(backend, shown).await?,
            None => None,
        };
        if let Some(staff) = before {
            session.insert(TYPED_BY, staff.id).await?;
            return Ok(true);
        }
        let Some(known) = session.get::<Uuid>(TYPED_BY).await? else { return Ok(false) };
        Ok(staff::find(backend, known).await?.is_some())
    };
    remembered.await.unwrap_or_else(|error: Box<dyn std::error::Error + Send + Sync>| {
        tracing::warn!(%error, "whose a form was could not be found out");
        false
    })
}

/// Has the server function keep what was typed, and nothing else: nobody is signed in, so it does nothing. `None` where it
/// kept nothing.
pub(super) async fn keep_typed(mut request: Request, next: Next) -> Option<Response> {
    request.extensions_mut().insert(Lapsed);
    let answer = next.run(request).await;
    let kept = answer.headers().get(header::LOCATION).is_some_and(|path| path == paths::SIGN_IN);
    kept.then(|| Redirect::to(paths::SIGN_IN).into_response())
}
