use crate::error::AppError;
use leptos::prelude::*;

/// Tries the connection as typed, stores nothing, and tells on the page what came of it.
#[server(endpoint = "test_connection")]
pub async fn test_connection(
    url: String,
    code: String,
    username: String,
    password: String,
    subscription_key: String,
    although_failed: Option<String>,
    forget_copy: Option<String>,
) -> Result<(), AppError> {
    use super::{data, typed::Typed};
    use crate::{context, flash, paths};
    let typed = Typed::new(&url, code, username, although_failed, forget_copy);
    flash::post(data::FORM, paths::CONNECTION, &typed.kept(), async {
        let staff = context::require(domain::Permission::ManageConnection)?;
        let form = typed.form(url.clone(), password.into(), subscription_key.into());
        let report = backend::connection::test(&context::backend(), &staff, &form).await.map_err(context::surface)?;
        data::tell_of_test(&report, &typed).await
    })
    .await
}

/// Tries the connection as typed and stores it if it works, then tells on the page what came of it.
#[server(endpoint = "save_connection")]
pub async fn save_connection(
    url: String,
    code: String,
    username: String,
    password: String,
    subscription_key: String,
    although_failed: Option<String>,
    forget_copy: Option<String>,
) -> Result<(), AppError> {
    use super::{data, typed::Typed};
    use crate::{context, flash, paths};
    let typed = Typed::new(&url, code, username, although_failed, forget_copy);
    flash::post(data::FORM, paths::CONNECTION, &typed.kept(), async {
        let staff = context::require(domain::Permission::ManageConnection)?;
        let form = typed.form(url.clone(), password.into(), subscription_key.into());
        let saved = backend::connection::save(&context::backend(), &staff, &form, typed.wishes()).await;
        data::tell_of_save(&saved.map_err(context::surface)?, &typed).await
    })
    .await
}

/// Forgets the stored connection, so that the environment's holds again.
#[server(endpoint = "forget_connection")]
pub async fn forget_connection(forget_copy: Option<String>) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    flash::post(data::FORGET_FORM, paths::CONNECTION, &[], async {
        let staff = context::require(domain::Permission::ManageConnection)?;
        let forgotten = backend::connection::forget(&context::backend(), &staff, forget_copy.is_some()).await;
        data::tell_of_forgetting(forgotten.map_err(context::surface)?).await
    })
    .await
}

/// Adds a rule that makes orders wait for a second person.
#[server(endpoint = "add_approval_rule")]
pub async fn add_approval_rule(
    kind: String,
    vendor: String,
    role: String,
    amount: String,
    currency: String,
    percent: String,
    form_token: String,
) -> Result<(), AppError> {
    use crate::{context, flash, paths};
    use backend::approvals::RuleForm;
    let form = RuleForm { kind, vendor, role, amount, currency, percent };
    let typed = super::approvals_page::typed(&form);
    flash::post(super::approvals_page::FORM, paths::APPROVAL_RULES, &typed, async {
        let staff = context::require(domain::Permission::ManageApprovals)?;
        let token = context::form_token(&form_token)?;
        backend::approvals::add(&context::backend(), &staff, &form, token).await.map_err(context::surface)?;
        Ok(paths::APPROVAL_RULES.to_owned())
    })
    .await
}

/// Removes a rule; what waits already goes on waiting.
#[server(endpoint = "remove_approval_rule")]
pub async fn remove_approval_rule(rule: String) -> Result<(), AppError> {
    use crate::{context, flash, paths};
    flash::post(super::approvals_page::FORM, paths::APPROVAL_RULES, &[], async {
        let staff = context::require(domain::Permission::ManageApprovals)?;
        let id = context::form_token(&rule)?;
        backend::approvals::remove(&context::backend(), &staff, id).await.map_err(context::surface)?;
        Ok(paths::APPROVAL_RULES.to_owned())
    })
    .await
}
