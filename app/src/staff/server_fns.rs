use crate::error::AppError;
use leptos::prelude::*;

/// Adds a staff member, then goes to their page, which shows the link to hand over to them.
#[server(endpoint = "invite_staff")]
pub async fn invite_staff(email: String, name: String, role: String) -> Result<(), AppError> {
    use super::data::{self, INVITE_FORM};
    use crate::{context, flash, paths};
    let new = backend::staff::NewStaff { email, name, role };
    let typed = [("email", new.email.as_str()), ("name", &new.name), ("role", &new.role)];
    flash::post(INVITE_FORM, paths::STAFF, &typed, async {
        let by = context::require(domain::Permission::ManageStaff)?;
        let invited = backend::staff::invite(&context::backend(), &by, &new).await.map_err(context::surface)?;
        data::tell_of_link(invited.staff.id, &invited.link).await
    })
    .await
}

/// Makes a link by which the person sets a new password, then shows it on their page.
#[server(endpoint = "make_staff_link")]
pub async fn make_link(staff: String) -> Result<(), AppError> {
    use super::data::{self, MEMBER_FORM};
    use crate::{context, flash, paths};
    flash::post(MEMBER_FORM, &paths::staff_member(&staff), &[], async {
        let by = context::require(domain::Permission::ManageStaff)?;
        let id = context::form_token(&staff)?;
        let link = backend::staff::make_link(&context::backend(), &by, id).await.map_err(context::surface)?;
        data::tell_of_link(id, &link).await
    })
    .await
}

/// Gives the person another role.
#[server(endpoint = "change_role")]
pub async fn change_role(staff: String, role: String) -> Result<(), AppError> {
    use super::data::MEMBER_FORM;
    use crate::{context, flash, paths};
    let back = paths::staff_member(&staff);
    flash::post(MEMBER_FORM, &back, &[("role", &role)], async {
        let by = context::require(domain::Permission::ManageStaff)?;
        let id = context::form_token(&staff)?;
        backend::staff::change_role(&context::backend(), &by, id, &role).await.map_err(context::surface)?;
        Ok(back.clone())
    })
    .await
}

/// Signs the person out everywhere and lets them in no more.
#[server(endpoint = "disable_staff")]
pub async fn disable_staff(staff: String) -> Result<(), AppError> {
    use super::data::MEMBER_FORM;
    use crate::{context, flash, paths};
    let back = paths::staff_member(&staff);
    flash::post(MEMBER_FORM, &back, &[], async {
        let by = context::require(domain::Permission::ManageStaff)?;
        let id = context::form_token(&staff)?;
        backend::staff::disable(&context::backend(), &by, id).await.map_err(context::surface)?;
        Ok(back.clone())
    })
    .await
}

/// Removes the second factor of somebody who has lost it, and signs them out everywhere.
#[server(endpoint = "remove_factor_of")]
pub async fn remove_factor_of(staff: String) -> Result<(), AppError> {
    use super::data::MEMBER_FORM;
    use crate::{context, flash, paths};
    let back = paths::staff_member(&staff);
    flash::post(MEMBER_FORM, &back, &[], async {
        let by = context::require(domain::Permission::ManageStaff)?;
        let id = context::form_token(&staff)?;
        backend::staff::remove_factor(&context::backend(), &by, id).await.map_err(context::surface)?;
        Ok(back.clone())
    })
    .await
}

/// Binds the person to single sign-on no more, and signs them out everywhere.
#[server(endpoint = "release_identity_of")]
pub async fn release_identity_of(staff: String) -> Result<(), AppError> {
    use super::data::MEMBER_FORM;
    use crate::{context, flash, paths};
    let back = paths::staff_member(&staff);
    flash::post(MEMBER_FORM, &back, &[], async {
        let by = context::require(domain::Permission::ManageStaff)?;
        let id = context::form_token(&staff)?;
        backend::staff::release_identity(&context::backend(), &by, id).await.map_err(context::surface)?;
        Ok(back.clone())
    })
    .await
}

/// Lets the person sign in again.
#[server(endpoint = "enable_staff")]
pub async fn enable_staff(staff: String) -> Result<(), AppError> {
    use super::data::MEMBER_FORM;
    use crate::{context, flash, paths};
    let back = paths::staff_member(&staff);
    flash::post(MEMBER_FORM, &back, &[], async {
        let by = context::require(domain::Permission::ManageStaff)?;
        let id = context::form_token(&staff)?;
        backend::staff::enable(&context::backend(), &by, id).await.map_err(context::surface)?;
        Ok(back.clone())
    })
    .await
}

/// Has the people of these roles, and of no other, have a second factor.
#[server(endpoint = "set_factor_policy")]
pub async fn set_factor_policy(#[server(default)] roles: Vec<String>) -> Result<(), AppError> {
    use super::data::POLICY_FORM;
    use crate::{context, flash, paths};
    flash::post(POLICY_FORM, paths::STAFF, &[], async {
        let by = context::require(domain::Permission::ManageStaff)?;
        backend::staff::factor::require_of(&context::backend(), &by, &roles).await.map_err(context::surface)?;
        Ok(paths::STAFF.to_owned())
    })
    .await
}
