use crate::error::AppError;
use leptos::prelude::*;

/// Starts a session for the person with this e-mail address and password, then goes to `next`, or back to the form that
/// they sent after their last session had ended; first to the second step where they have a second factor.
#[server(endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    use crate::{context, flash, paths, url};
    let next = next.as_deref().and_then(url::local_path).unwrap_or(paths::OVERVIEW).to_owned();
    let back = url::Query::default().with("next", &next).link(paths::SIGN_IN);
    flash::post("sign_in", &back, &[("email", &email)], async {
        let visitor = context::visitor();
        let entered = backend::staff::sign_in(&context::backend(), visitor.caller(), &email, &password.into())
            .await
            .map_err(super::refused::sign_in)?;
        super::begin::enter(entered, &next).await
    })
    .await
}

/// Starts the session of somebody who has shown their password, by a code of their app or a recovery code.
#[server(endpoint = "second_step")]
pub async fn second_step(code: String, next: Option<String>) -> Result<(), AppError> {
    use super::{begin, code_page, half, refused};
    use crate::{context, flash, paths, url};
    let next = next.as_deref().and_then(url::local_path).unwrap_or(paths::OVERVIEW).to_owned();
    let back = url::Query::default().with("next", &next).link(paths::CODE);
    flash::post(code_page::FORM, &back, &[], async {
        let (staff_id, visitor) = (half::staff_id().await?, context::visitor());
        let entered = backend::staff::second_step(&context::backend(), visitor.caller(), staff_id, &code.into()).await;
        let entered = entered.map_err(|error| refused::proof("code", error))?;
        begin::enter_with_factor(entered, &next).await
    })
    .await
}

/// Takes a code or the password of the person who is signed in as the proof that it is them, gives the session another id and
/// goes to `next`.
#[server(endpoint = "prove")]
pub async fn prove(proof: String, next: Option<String>) -> Result<(), AppError> {
    use super::{begin, prove, refused};
    use crate::{context, flash, paths};
    let next = prove::local(next.as_deref()).to_owned();
    flash::post(prove::FORM, &paths::prove(&next), &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let (backend, visitor) = (context::backend(), context::visitor());
        let proved = backend::staff::prove(&backend, visitor.caller(), &staff, &proof.into()).await;
        proved.map_err(|error| refused::proof("proof", error))?;
        begin::proved().await?;
        Ok(next.clone())
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
        super::begin::restart().await?;
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
        let (visitor, kept) = (context::visitor(), super::begin::id()?);
        let (backend, current, new) = (context::backend(), current.into(), new.into());
        let browser = backend::staff::change_password(&backend, &staff, visitor.caller(), kept, &current, &new).await;
        visitor.mark(browser.map_err(context::surface)?);
        super::begin::renew().await?;
        flash::tell("change_password", &true).await?;
        Ok(paths::PASSWORD.to_owned())
    })
    .await
}

/// Binds the person who is signed in to nothing at the provider of single sign-on any more.
#[server(endpoint = "release_single_sign_on")]
pub async fn release_single_sign_on() -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    flash::post(data::OWN_FORM, paths::PROFILE, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let released = backend::staff::single_sign_on::release(&context::backend(), &staff).await;
        released.map_err(context::surface)?;
        Ok(paths::PROFILE.to_owned())
    })
    .await
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
    use super::{begin, data};
    use crate::{context, flash, paths};
    flash::post(data::OWN_FORM, paths::PROFILE, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let this = begin::id()?;
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
