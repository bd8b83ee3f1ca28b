//! What a post leaves for the next page, kept in the session and never in the URL: of a refused one the typed values and
//! the reasons, of others what there is to tell.

use crate::context;
use crate::error::{AppError, Kind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::future::Future;
use tower_sessions::Session;

const KEY: &str = "flash";
const TOLD: &str = "told";

/// What was typed into a form that was refused, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Flash {
    /// Which form.
    form: String,
    /// The page that it was sent back to: the same form of another thing is another page.
    path: String,
    /// Name and value of each field.
    values: Vec<(String, String)>,
    /// Why it was refused.
    pub(crate) error: AppError,
}

impl Flash {
    /// What was typed into the field.
    pub(crate) fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

/// Takes the flash of the form, if the last post left one for this page.
pub(crate) async fn take(form: &str) -> Option<Flash> {
    // Nobody would read it.
    if context::is_unattended() {
        return None;
    }
    let session = context::session()?;
    let flash: Flash = session.get(KEY).await.ok()??;
    if flash.form != form || Some(&flash.path) != context::path().as_ref() {
        return None;
    }
    session.remove_value(KEY).await.ok()?;
    Some(flash)
}

/// Runs what a form posted. On success the browser goes to the path that `run` answers with. On failure a plain form
/// post goes back to `back` with its values kept; a call by wasm gets the error itself.
pub(crate) async fn post<F>(form: &str, back: &str, values: &[(&str, &str)], run: F) -> Result<(), AppError>
where
    F: Future<Output = Result<String, AppError>>,
{
    match run.await {
        Ok(path) => {
            leptos_axum::redirect(&path);
            Ok(())
        }
        Err(error) if context::is_form_post() => {
            let flash = Flash {
                form: form.to_owned(),
                path: without_query(back),
                values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
                error,
            };
            keep(&context::session().ok_or_else(lost)?, KEY, &flash).await?;
            leptos_axum::redirect(back);
            Ok(())
        }
        Err(error) => Err(context::answer(error)),
    }
}

/// Leaves the next page something to tell of what `form` posted: for posts that were neither refused nor led elsewhere.
pub(crate) async fn tell<T: Serialize + Send + Sync>(form: &str, told: &T) -> Result<(), AppError> {
    keep(&context::session().ok_or_else(lost)?, TOLD, &(form, told)).await
}

/// Takes what the last post of the form left to tell.
pub(crate) async fn told<T: DeserializeOwned + Send>(form: &str) -> Option<T> {
    let session = context::session()?;
    let (of, told): (String, T) = session.get(TOLD).await.ok()??;
    if of != form {
        return None;
    }
    session.remove_value(TOLD).await.ok()?;
    Some(told)
}

/// Keeps the refusal of a form that no server function takes, because it brings a file.
pub(crate) async fn refuse(session: &Session, form: &str, back: &str, error: AppError) -> Result<(), AppError> {
    keep(session, KEY, &Flash { form: form.to_owned(), path: without_query(back), values: Vec::new(), error }).await
}

fn without_query(path: &str) -> String {
    path.split('?').next().unwrap_or_default().to_owned()
}

async fn keep(session: &Session, key: &str, flash: &(impl Serialize + Send + Sync)) -> Result<(), AppError> {
    session.insert(key, flash).await.map_err(|error| {
        tracing::error!(%error, "what a form left could not be kept");
        lost()
    })
}

fn lost() -> AppError {
    AppError::new(Kind::Internal, "Something went wrong in Seatboard. Go back and try again.")
}
