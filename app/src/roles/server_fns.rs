use crate::error::AppError;
use leptos::prelude::*;

/// Makes a role. The same form makes it once.
#[server(endpoint = "create_role")]
pub async fn create_role(
    form_token: String,
    name: String,
    #[server(default)] permissions: Vec<String>,
    amount: String,
    currency: String,
    seats: String,
) -> Result<(), AppError> {
    use super::data::{CREATE_FORM, typed};
    use crate::{context, flash, paths};
    let form = backend::roles::RoleForm { name, permissions, amount, currency, seats };
    let typed = typed(&form);
    let typed: Vec<_> = typed.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    flash::post(CREATE_FORM, paths::ROLES, &typed, async {
        let by = context::require(domain::Permission::ManageRoles)?;
        let id = context::form_token(&form_token)?;
        backend::roles::save(&context::backend(), &by, id, true, &form).await.map_err(context::surface)?;
        Ok(paths::role(&id.to_string()))
    })
    .await
}

/// Changes what a role is called and allows.
#[server(endpoint = "edit_role")]
pub async fn edit_role(
    role: String,
    name: String,
    #[server(default)] permissions: Vec<String>,
    amount: String,
    currency: String,
    seats: String,
) -> Result<(), AppError> {
    use super::data::{EDIT_FORM, typed};
    use crate::{context, flash, paths};
    let form = backend::roles::RoleForm { name, permissions, amount, currency, seats };
    let typed = typed(&form);
    let typed: Vec<_> = typed.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    flash::post(EDIT_FORM, &paths::role(&role), &typed, async {
        let by = context::require(domain::Permission::ManageRoles)?;
        let id = context::form_token(&role)?;
        backend::roles::save(&context::backend(), &by, id, false, &form).await.map_err(context::surface)?;
        Ok(paths::ROLES.to_owned())
    })
    .await
}

/// Deletes a role that nobody has.
#[server(endpoint = "delete_role")]
pub async fn delete_role(role: String) -> Result<(), AppError> {
    use super::data::EDIT_FORM;
    use crate::{context, flash, paths};
    flash::post(EDIT_FORM, &paths::role(&role), &[], async {
        let by = context::require(domain::Permission::ManageRoles)?;
        let id = context::form_token(&role)?;
        backend::roles::delete(&context::backend(), &by, id).await.map_err(context::surface)?;
        Ok(paths::ROLES.to_owned())
    })
    .await
}

/// Has orders of the amount and more take a proof that it is the person themselves; where both fields are empty, none.
#[server(endpoint = "set_order_proof")]
pub async fn set_order_proof(proof_amount: String, proof_currency: String) -> Result<(), AppError> {
    use super::data::PROOF_FORM;
    use crate::{context, flash, paths};
    use backend::staff::order_proof;
    let typed = [("proof_amount", proof_amount.as_str()), ("proof_currency", &proof_currency)];
    flash::post(PROOF_FORM, paths::ROLES, &typed, async {
        let by = context::require(domain::Permission::ManageRoles)?;
        let set = order_proof::set_threshold(&context::backend(), &by, &proof_amount, &proof_currency).await;
        set.map_err(context::surface)?;
        Ok(paths::ROLES.to_owned())
    })
    .await
}
