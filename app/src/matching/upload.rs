//! A table that comes as a file. Its form carries the file itself, which no server function takes; the server reads it.

use super::data::FILE_FORM;
use crate::error::AppError;
use crate::{context, flash, paths};
use tower_sessions::Session;

/// Keeps why the file was refused for the page that the browser goes back to.
pub async fn keep_refused_file(session: &Session, error: backend::Error) -> Result<(), AppError> {
    let mut error = context::explain(error);
    // What is wrong with the text is wrong with the file here.
    error.fields.iter_mut().for_each(|field| "file".clone_into(&mut field.field));
    flash::refuse(session, FILE_FORM, paths::MATCHING, error).await
}
