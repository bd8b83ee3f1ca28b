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
