use crate::error::AppError;
use leptos::prelude::*;

/// Makes a new key for an authenticator app, of no use before it is confirmed.
#[server(endpoint = "begin_factor")]
pub async fn begin_factor() -> Result<(), AppError> {
    use crate::{context, flash, paths};
    flash::post(super::data::FORM, paths::SECOND_FACTOR, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        backend::staff::factor::begin(&context::backend(), &staff).await.map_err(context::surface)?;
        Ok(paths::SECOND_FACTOR.to_owned())
    })
    .await
}

/// Puts the key in use, gives the session another id, and shows the recovery codes.
#[server(endpoint = "confirm_factor")]
pub async fn confirm_factor(code: String) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths, session};
    flash::post(data::FORM, paths::SECOND_FACTOR, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let (backend, kept) = (context::backend(), session::id()?);
        let codes = backend::staff::factor::confirm(&backend, &staff, kept, &code.into()).await;
        data::tell_of_codes(&staff, &codes.map_err(context::surface)?).await?;
        session::renew().await?;
        Ok(paths::SECOND_FACTOR.to_owned())
    })
    .await
}

/// Makes new recovery codes in the place of those there were, for whoever shows a code once more, and shows them.
#[server(endpoint = "renew_recovery_codes")]
pub async fn renew_recovery_codes(code: String) -> Result<(), AppError> {
    use super::data;
    use crate::{context, flash, paths};
    flash::post(data::FORM, paths::SECOND_FACTOR, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let codes = backend::staff::factor::renew_codes(&context::backend(), &staff, &code.into()).await;
        data::tell_of_codes(&staff, &codes.map_err(context::surface)?).await?;
        Ok(paths::SECOND_FACTOR.to_owned())
    })
    .await
}

/// Removes one's own second factor, for whoever shows a code once more, and gives the session another id.
#[server(endpoint = "remove_factor")]
pub async fn remove_factor(code: String) -> Result<(), AppError> {
    use crate::{context, flash, paths, session};
    flash::post(super::data::FORM, paths::SECOND_FACTOR, &[], async {
        let staff = context::require(domain::Permission::Browse)?;
        let kept = session::id()?;
        let removed = backend::staff::factor::remove(&context::backend(), &staff, kept, &code.into()).await;
        removed.map_err(context::surface)?;
        session::renew().await?;
        Ok(paths::SECOND_FACTOR.to_owned())
    })
    .await
}
