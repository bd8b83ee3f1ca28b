use crate::error::AppError;
use leptos::prelude::*;

/// Keeps the form at `path` as a draft, then goes to the drafts.
#[server(endpoint = "keep_draft")]
pub async fn keep_draft(path: String) -> Result<(), AppError> {
    use super::data::{self, FORM};
    use crate::{flash, paths};
    flash::post(FORM, paths::DRAFTS, &[("path", &path)], async {
        let title = data::keep(&path).await?;
        flash::tell(FORM, &title).await?;
        Ok(paths::DRAFTS.to_owned())
    })
    .await
}

/// Deletes one's own draft, then goes to the others.
#[server(endpoint = "delete_draft")]
pub async fn delete_draft(draft: String) -> Result<(), AppError> {
    use super::data::FORM;
    use crate::{context, flash, paths};
    flash::post(FORM, paths::DRAFTS, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let draft = context::form_token(&draft)?;
        backend::drafts::delete(&context::backend(), &staff, draft).await.map_err(context::surface)?;
        Ok(paths::DRAFTS.to_owned())
    })
    .await
}
