//! The loader, and what posts leave for the page: permission first, then the service.

use super::typed::Typed;
use super::verdict::Verdict;
use crate::context::{self, backend, require_to_see, surface};
use crate::error::{AppError, Kind};
use crate::flash::{self, Flash};
use crate::paths;
use backend::budget::{self, Limits, Usage};
use backend::connection::{self, Current, Forgotten, Saved, TestReport};
use backend::sync::{self, CollectionProgress};
use domain::Permission;
use serde::{Deserialize, Serialize};

/// What refused posts of the connection's form are kept under.
pub(super) const FORM: &str = "connection";

/// What refused posts of the form that forgets are kept under.
pub(super) const FORGET_FORM: &str = "forget_connection";

/// What the page shows.
pub(super) struct Loaded {
    pub(super) current: Current,
    pub(super) asked: Asked,
    /// What the last post was refused for.
    pub(super) refused: Option<Flash>,
    /// The same of the form that forgets.
    pub(super) refused_to_forget: Option<Flash>,
    /// What came of the last post that was not refused.
    pub(super) told: Option<Told>,
}

/// What the marketplace has been asked lately.
pub(super) struct Asked {
    pub(super) usage: Usage,
    pub(super) limits: Limits,
    pub(super) copy: Vec<CollectionProgress>,
}

/// What came of a post, and what was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) verdict: Verdict,
    values: Vec<(String, String)>,
}

impl Told {
    /// What was typed into the field.
    pub(super) fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

/// The connection and what was asked of it, for whoever manages it; a page that does not exist for others.
pub(super) async fn page() -> Result<Loaded, AppError> {
    let staff = require_to_see(Permission::ManageConnection)?;
    let backend = backend();
    let current = connection::current(&backend, &staff).await.map_err(surface)?;
    let usage = budget::usage(&backend).await.map_err(surface)?;
    let copy = sync::progress(&backend).await.map_err(surface)?;
    Ok(Loaded {
        current,
        asked: Asked { usage, limits: backend.limits, copy },
        refused: flash::take(FORM).await,
        refused_to_forget: flash::take(FORGET_FORM).await,
        told: flash::told(FORM).await,
    })
}

/// Leaves what a test found out for the page.
pub(super) async fn tell_of_test(report: &TestReport, typed: &Typed) -> Result<String, AppError> {
    let verdict = Verdict::of_test(report, backend().connecting.patience, typed.code());
    tell(verdict, &typed.kept(), report.outcome.works()).await
}

/// Leaves what came of saving for the page.
pub(super) async fn tell_of_save(saved: &Saved, typed: &Typed) -> Result<String, AppError> {
    let patience = backend().connecting.patience;
    match saved {
        Saved::Yes(report) => tell(Verdict::of_saving(report, patience, typed.code()), &[], true).await,
        Saved::No(report) => tell(Verdict::of_refusing(report, patience, typed.code()), &typed.kept(), false).await,
    }
}

/// Leaves for the page what was forgotten.
pub(super) async fn tell_of_forgetting(what: Forgotten) -> Result<String, AppError> {
    let connected = backend().link.is_connected();
    tell(Verdict::of_forgetting(what, connected), &[], true).await
}

/// For a browser's form the page tells; a script gets what failed as an error.
async fn tell(verdict: Verdict, values: &[(&str, &str)], good: bool) -> Result<String, AppError> {
    if !good && !context::is_form_post() {
        return Err(AppError::new(Kind::Conflict, verdict.in_one()));
    }
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    flash::tell(FORM, &Told { verdict, values }).await?;
    Ok(paths::CONNECTION.to_owned())
}
