use crate::error::AppError;
use leptos::prelude::*;

/// Starts a session for the person with this e-mail address and password, then goes to `next`.
#[server(endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    use crate::{context, flash, paths, url};
    let next = next.as_deref().and_then(url::local_path).unwrap_or(paths::OVERVIEW).to_owned();
    let back = url::Query::default().with("next", &next).link(paths::SIGN_IN);
    flash::post("sign_in", &back, &[("email", &email)], async {
        let staff = backend::staff::sign_in(&context::backend(), &email, &password.into())
            .await
            .map_err(context::refuse_sign_in)?;
        context::begin_session(&staff).await?;
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
