//! What a post leaves for the next page, kept in the session and never in the URL: of a refused one the typed values and
//! the reasons, of others what there is to tell.

use crate::context;
use crate::error::{AppError, Kind};
use crate::paths;
use backend::session_store::TYPED_BY;
use backend::staff::Staff;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::future::Future;
use tower_sessions::Session;
use tower_sessions::session::Error as SessionError;
use uuid::Uuid;

const KEY: &str = "flash";
const TOLD: &str = "told";
const KEPT: &str = "kept";

/// The most of each that wait for their page: one each of some tabs.
const MOST_KEPT: usize = 8;

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
    fn new(form: &str, back: &str, values: &[(&str, &str)], error: AppError) -> Self {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { form: form.to_owned(), path: without_query(back), values, error }
    }

    /// Whether both are of the same form on the same page.
    fn is_of(&self, other: &Self) -> bool {
        (&self.form, &self.path) == (&other.form, &other.path)
    }

    /// What was typed into the field.
    pub(crate) fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

/// What somebody typed into a form that they sent after their session had ended, or have to prove first that it is them, and
/// where the form is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    back: String,
    flash: Flash,
}

/// What there is to tell of a post, once.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    subject: String,
    told: serde_json::Value,
}

/// Takes the flash of the form, if the last post left one for this page.
pub(crate) async fn take(form: &str) -> Option<Flash> {
    // Nobody would read it.
    if context::is_unattended() {
        return None;
    }
    let session = context::session()?;
    let is_wanted = |flash: &Flash| flash.form == form && Some(&flash.path) == context::path().as_ref();
    if let Some(flash) = take_one(&session, KEY, is_wanted).await {
        return Some(flash);
    }
    take_one(&session, KEPT, |kept: &Kept| is_wanted(&kept.flash)).await.map(|kept| kept.flash)
}

/// Runs what a form posted. On success the browser goes to the path that `run` answers with. On failure a plain form
/// post goes back to `back` with its values kept; a call by wasm gets the error itself. Where the person has to prove first
/// that it is them, they go there, with the values kept, and come back. Where the session had ended, nothing runs: the
/// values are kept for who was signed in.
pub(crate) async fn post<F>(form: &str, back: &str, values: &[(&str, &str)], run: F) -> Result<(), AppError>
where
    F: Future<Output = Result<String, AppError>>,
{
    if context::has_lapsed() {
        let told = "You were signed out before this was sent, so nothing was done. Check it and send it again.";
        let flash = Flash::new(form, back, values, AppError::new(Kind::SignInNeeded, told));
        keep_longer(Kept { back: back.to_owned(), flash }).await?;
        leptos_axum::redirect(paths::SIGN_IN);
        return Ok(());
    }
    match run.await {
        Ok(path) => {
            leptos_axum::redirect(&path);
            Ok(())
        }
        Err(error) if context::is_form_post() && error.kind == Kind::ProofNeeded => {
            let told =
                "It had to be confirmed first that it is you. The form is still here; check it and send it again.";
            let flash = Flash::new(form, back, values, AppError { message: told.to_owned(), ..error });
            keep_longer(Kept { back: back.to_owned(), flash }).await?;
            leptos_axum::redirect(&paths::prove(back));
            Ok(())
        }
        Err(error) if context::is_form_post() => {
            let flash = Flash::new(form, back, values, error);
            add(&context::session().ok_or_else(lost)?, KEY, flash, Flash::is_of).await?;
            leptos_axum::redirect(back);
            Ok(())
        }
        Err(error) => Err(context::answer(error)),
    }
}

/// Leaves the next page about `subject` something to tell of what was posted: for posts that were not refused.
pub(crate) async fn tell<T: Serialize + Sync + ?Sized>(subject: &str, told: &T) -> Result<(), AppError> {
    let told = Told { subject: subject.to_owned(), told: serde_json::to_value(told).map_err(|_| lost())? };
    add(&context::session().ok_or_else(lost)?, TOLD, told, |one, other| one.subject == other.subject).await
}

/// The same where something was done already, which is not undone by being unable to tell it.
pub(crate) async fn tell_if_possible(subject: &str, told: &str) {
    if let Err(error) = tell(subject, told).await {
        tracing::warn!(error = error.message, subject, "what was done could not be told");
    }
}

/// Takes what the last post about the subject left to tell.
pub(crate) async fn told<T: DeserializeOwned>(subject: &str) -> Option<T> {
    // Nobody would read it.
    if context::is_unattended() {
        return None;
    }
    let told = take_one(&context::session()?, TOLD, |told: &Told| told.subject == subject).await?;
    serde_json::from_value(told.told).ok()
}

/// Keeps the refusal of a form that no server function takes, because it brings a file.
pub(crate) async fn refuse(session: &Session, form: &str, back: &str, error: AppError) -> Result<(), AppError> {
    add(session, KEY, Flash::new(form, back, &[], error), Flash::is_of).await
}

/// Whether something waits for whoever typed it.
pub(crate) async fn is_kept() -> bool {
    let Some(session) = context::session() else { return false };
    all::<Kept>(&session, KEPT).await.is_ok_and(|kept| !kept.is_empty())
}

/// What waits for this person in a session of nobody; what others typed does not concern them.
pub(crate) async fn kept_for(session: &Session, staff: &Staff) -> Result<Vec<Kept>, SessionError> {
    let is_theirs = session.get::<Uuid>(TYPED_BY).await? == Some(staff.id);
    if is_theirs { all(session, KEPT).await } else { Ok(Vec::new()) }
}

/// Lets it wait in a session of theirs.
pub(crate) async fn keep_on(session: &Session, kept: Vec<Kept>) -> Result<(), SessionError> {
    if kept.is_empty() { Ok(()) } else { session.insert(KEPT, kept).await }
}

/// Where the form is that was sent last after the session had ended.
pub(crate) async fn waiting() -> Option<String> {
    let kept: Vec<Kept> = all(&context::session()?, KEPT).await.ok()?;
    Some(kept.last()?.back.clone())
}

/// Beside what other tabs sent; the same form's is replaced.
async fn keep_longer(new: Kept) -> Result<(), AppError> {
    add(&context::session().ok_or_else(lost)?, KEPT, new, |one, other| one.flash.is_of(&other.flash)).await
}

async fn all<T: DeserializeOwned>(session: &Session, key: &str) -> Result<Vec<T>, SessionError> {
    Ok(session.get(key).await?.unwrap_or_default())
}

/// Takes the first that is wanted out of what waits there.
async fn take_one<T>(session: &Session, key: &str, is_wanted: impl Fn(&T) -> bool) -> Option<T>
where
    T: Serialize + DeserializeOwned + Send + Sync,
{
    let mut waiting: Vec<T> = all(session, key).await.ok()?;
    let at = waiting.iter().position(is_wanted)?;
    let taken = waiting.remove(at);
    session.insert(key, waiting).await.ok()?;
    Some(taken)
}

/// Adds it beside what other tabs left there. It takes the place of the same one; where there are too many, the oldest goes.
async fn add<T>(session: &Session, key: &str, new: T, is_same: impl Fn(&T, &T) -> bool) -> Result<(), AppError>
where
    T: Serialize + DeserializeOwned + Send + Sync,
{
    let mut waiting: Vec<T> = all(session, key).await.unwrap_or_default();
    waiting.retain(|old| !is_same(old, &new));
    let too_many = (waiting.len() + 1).saturating_sub(MOST_KEPT);
    waiting.drain(..too_many);
    waiting.push(new);
    session.insert(key, waiting).await.map_err(|error| {
        tracing::error!(%error, "what a form left could not be kept");
        lost()
    })
}

fn without_query(path: &str) -> String {
    path.split('?').next().unwrap_or_default().to_owned()
}

fn lost() -> AppError {
    AppError::new(Kind::Internal, "Something went wrong in Seatboard. Go back and try again.")
}
