//! Loader: permission first, then the service.

use super::answer::{self, Section};
use super::places;
use crate::context::{backend, require, surface};
use crate::error::AppError;
use backend::search;
use domain::Permission;

/// What the page shows.
pub(super) struct Answer {
    /// What was looked for; empty before anything was.
    pub(super) text: String,
    /// Only those that found something.
    pub(super) sections: Vec<Section>,
    /// Nothing holds the text: these are called nearly that.
    pub(super) is_near: bool,
}

/// The answer to the text.
pub(super) async fn find(text: String) -> Result<Answer, AppError> {
    require(Permission::Browse)?;
    let pages = places::section(&text);
    if text.is_empty() {
        return Ok(Answer { text, sections: vec![pages], is_near: false });
    }
    let backend = backend();
    let found = search::holding(&backend, &text).await.map_err(surface)?;
    let is_near = found.is_empty() && pages.hits.is_empty();
    let near = if is_near { search::near(&backend, &text).await.map_err(surface)? } else { None };
    let mut sections = near.map_or_else(|| answer::holding(&text, found), answer::near);
    sections.push(pages);
    sections.retain(|section| !section.hits.is_empty());
    Ok(Answer { text, sections, is_near })
}
