use crate::error::AppError;
use leptos::prelude::*;

/// Starts a session for the person with this e-mail address and password, then goes to `next`, or back to the form that
/// they sent after their last session had ended.
#[server(endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    use crate::{context, flash, paths, url};
    let next = next.as_deref().and_then(url::local_path).unwrap_or(paths::OVERVIEW).to_owned();
    let back = url::Query::default().with("next", &next).link(paths::SIGN_IN);
    flash::post("sign_in", &back, &[("email", &email)], async {
        let staff = backend::staff::sign_in(&context::backend(), &email, &password.into())
            .await
            .map_err(context::refuse_sign_in)?;
        super::begin(&staff).await?;
        Ok(flash::waiting().await.unwrap_or_else(|| next.clone()))
    })
    .await
}

/// Ends the session.
#[server(endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::paths;
    super::begin::end().await?;
    leptos_axum::redirect(paths::SIGN_IN);
    Ok(())
}

/// Prolongs the session.
#[server(endpoint = "stay_signed_in")]
pub async fn stay_signed_in() -> Result<(), AppError> {
    crate::context::require(domain::Permission::Browse)?;
    super::begin::prolong().await
}

/// Signs the person out of another browser.
#[server(endpoint = "end_own_session")]
pub async fn end_own_session(session: String) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    flash::post(data::OWN_FORM, paths::PROFILE, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let handle = data::handle(&session)?;
        backend::session_store::end(&context::backend(), &staff, handle).await.map_err(context::surface)?;
        Ok(paths::PROFILE.to_owned())
    })
    .await
}

/// Signs the person out of every other browser.
#[server(endpoint = "end_other_sessions")]
pub async fn end_other_sessions() -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    flash::post(data::OWN_FORM, paths::PROFILE, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let this = data::this()?;
        backend::session_store::end_others(&context::backend(), &staff, this).await.map_err(context::surface)?;
        Ok(paths::PROFILE.to_owned())
    })
    .await
}

/// Signs somebody out of one browser.
#[server(endpoint = "end_anyones_session")]
pub async fn end_anyones_session(session: String) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    flash::post(data::EVERYBODYS_FORM, paths::SESSIONS, &[], async {
        let staff = context::require(domain::Permission::ManageSessions)?;
        let handle = data::handle(&session)?;
        backend::session_store::end(&context::backend(), &staff, handle).await.map_err(context::surface)?;
        Ok(paths::SESSIONS.to_owned())
    })
    .await
}

/// Signs somebody out everywhere.
#[server(endpoint = "end_sessions_of")]
pub async fn end_sessions_of(staff: String) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    flash::post(data::EVERYBODYS_FORM, paths::SESSIONS, &[], async {
        let by = context::require(domain::Permission::ManageSessions)?;
        let whose = data::handle(&staff)?;
        backend::session_store::end_everywhere(&context::backend(), &by, whose).await.map_err(context::surface)?;
        Ok(paths::SESSIONS.to_owned())
    })
    .await
}
