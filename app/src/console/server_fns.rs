use crate::error::AppError;
use leptos::prelude::*;

/// Makes a call to the marketplace by hand, then goes to its answer; one that may change something is shown once more
/// first.
#[server(endpoint = "console_call")]
pub async fn console_call(method: String, path: String, body: Option<String>) -> Result<(), AppError> {
    use crate::{context, flash, paths};
    use backend::console::{Stage, Typed, ask};
    let body = body.unwrap_or_default();
    let values = [("method", &*method), ("path", &*path), ("body", &*body)];
    flash::post(super::form::FORM, paths::CONSOLE, &values, async {
        let staff = context::require(domain::Permission::UseConsole)?;
        let typed = Typed::new(&method, &path, &body);
        Ok(match ask(&context::backend(), &staff, &typed).await.map_err(context::surface)? {
            Stage::Sent(call) => paths::console_call(&call.to_string()),
            Stage::Waiting { id, .. } => paths::console_draft(&id.to_string()),
        })
    })
    .await
}

/// Sends a change that was confirmed, then goes to its answer.
#[server(endpoint = "console_send")]
pub async fn console_send(draft: String, sure: Option<String>) -> Result<(), AppError> {
    use crate::{context, flash, paths};
    flash::post(super::review::FORM, &paths::console_draft(&draft), &[], async {
        let staff = context::require(domain::Permission::WriteInConsole)?;
        let draft = super::data::id(&draft, "change")?;
        let call = backend::console::send(&context::backend(), &staff, draft, sure.is_some()).await;
        Ok(paths::console_call(&call.map_err(context::surface)?.to_string()))
    })
    .await
}
