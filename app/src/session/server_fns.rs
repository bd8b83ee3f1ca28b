use crate::error::AppError;
use leptos::prelude::*;

/// Starts a session for the person with this e-mail address and password, then goes to `next`.
#[server(endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    use crate::{context, flash, paths, url};
    let next = next.as_deref().and_then(url::local_path).unwrap_or(paths::OVERVIEW).to_owned();
    let back = url::Query::default().with("next", &next).link(paths::SIGN_IN);
    flash::post("sign_in", &back, &[("email", &email)], async {
        let visitor = context::visitor();
        let entered = backend::staff::sign_in(&context::backend(), visitor.caller(), &email, &password.into())
            .await
            .map_err(context::refuse_sign_in)?;
        context::begin_session(&entered.staff).await?;
        visitor.mark(entered.browser);
        Ok(next.clone())
    })
    .await
}

/// Ends the session.
#[server(endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::{context, paths};
    context::end_session().await?;
    leptos_axum::redirect(paths::SIGN_IN);
    Ok(())
}

/// Sets a password by a one-time link, signs out whoever was signed in, then goes to the sign-in page.
#[server(endpoint = "use_link")]
pub async fn use_link(token: String, password: String) -> Result<(), AppError> {
    use crate::{context, flash, paths};
    flash::post("use_link", &paths::welcome(&token), &[], async {
        let visitor = context::visitor();
        let (token, password) = (token.clone().into(), password.into());
        let used = backend::staff::use_link(&context::backend(), visitor.caller(), &token, &password)
            .await
            .map_err(context::surface)?;
        context::restart_session().await?;
        visitor.mark(used.browser);
        flash::tell("sign_in", &used.staff.email).await?;
        Ok(paths::SIGN_IN.to_owned())
    })
    .await
}

/// Gives the person who is signed in another password, and their session another id.
#[server(endpoint = "change_password")]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    use crate::{context, flash, paths};
    flash::post("change_password", paths::PASSWORD, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let (visitor, kept) = (context::visitor(), context::session_id()?);
        let (backend, current, new) = (context::backend(), current.into(), new.into());
        let browser = backend::staff::change_password(&backend, &staff, visitor.caller(), kept, &current, &new).await;
        visitor.mark(browser.map_err(context::surface)?);
        context::renew_session().await?;
        flash::tell("change_password", &true).await?;
        Ok(paths::PASSWORD.to_owned())
    })
    .await
}
