//! Files that people bring. Each is read whole, as text, and handed to a service; none is kept as a file.

use crate::middleware::denials::Denied;
use app::{SignedIn, paths};
use axum::Extension;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use backend::matching::{self, MAX_BYTES};
use backend::{Backend, Error};
use tower_sessions::Session;

/// `POST /customers/matching/file`: the same as pasting the file's text.
pub(crate) async fn matching(
    State(backend): State<Backend>,
    Extension(SignedIn(staff)): Extension<SignedIn>,
    session: Session,
    form: Multipart,
) -> Response {
    let checked = match text(form).await {
        Ok(text) => matching::check(&backend, &staff, &text).await,
        Err(error) => Err(error),
    };
    match checked {
        Ok(batch) => Redirect::to(&paths::matching_batch(&batch.to_string())).into_response(),
        Err(Error::Forbidden(permission)) => (StatusCode::FORBIDDEN, Extension(Denied(permission))).into_response(),
        Err(error) => match app::matching::keep_refused_file(&session, error).await {
            Ok(()) => Redirect::to(paths::MATCHING).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
    }
}

/// The text of the form's file.
async fn text(mut form: Multipart) -> Result<String, Error> {
    let refused = |message: String| Error::invalid("file", message);
    let unreadable = || refused(format!("Choose a CSV file of at most {} KB", MAX_BYTES / 1024));
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        if field.name() == Some("file") {
            let bytes = field.bytes().await.map_err(|_| unreadable())?;
            let encoding = "This file is not in UTF-8; save it as “CSV UTF-8”, or paste its text instead";
            return String::from_utf8(bytes.into()).map_err(|_| refused(encoding.to_owned()));
        }
    }
    Err(unreadable())
}
