use crate::accounts::AccountInput;
use crate::error::AppError;
use leptos::prelude::*;

/// Creates a customer, of a reseller where one is named, then goes to them.
#[server(endpoint = "create_customer")]
pub async fn create_customer(
    #[server(default)] account: AccountInput,
    reseller: Option<String>,
    despite_namesake: Option<String>,
    form_token: String,
) -> Result<(), AppError> {
    use super::new_page::{FORM, back};
    use crate::{accounts, context, flash, paths};
    use backend::customers::{self, NewCustomer};
    let new = NewCustomer { form: account.into(), reseller, despite_namesake: despite_namesake.is_some() };
    let (field, typed) = accounts::kept(&new.form);
    flash::post(FORM, &back(new.reseller.as_deref()), &[(field, &typed), ("form_token", &form_token)], async {
        let staff = context::require(domain::Permission::EditCustomers)?;
        let token = context::form_token(&form_token)?;
        let id = customers::create(&context::backend(), &staff, &new, token).await.map_err(context::surface)?;
        Ok(paths::customer(&id))
    })
    .await
}

/// Changes a customer, unless somebody changed them since the form was `seen`, then goes to them.
#[server(endpoint = "update_customer")]
pub async fn update_customer(
    customer: String,
    #[server(default)] account: AccountInput,
    seen: String,
    form_token: String,
) -> Result<(), AppError> {
    use crate::{accounts, context, flash, paths, writes};
    let form = account.into();
    let (field, typed) = accounts::kept(&form);
    flash::post(super::edit_page::FORM, &paths::edit_customer(&customer), &[(field, &typed)], async {
        let staff = context::require(domain::Permission::EditCustomers)?;
        let (backend, token) = (context::backend(), context::form_token(&form_token)?);
        writes::settled(backend::customers::update(&backend, &staff, &customer, &form, &seen, token).await)?;
        Ok(paths::customer(&customer))
    })
    .await
}

/// Puts a customer on hold (`to` is `hold`) or releases them, then goes to them.
#[server(endpoint = "set_hold")]
pub async fn set_hold(customer: String, to: String, form_token: String) -> Result<(), AppError> {
    use crate::{context, flash, paths, writes};
    flash::post(super::hold_page::FORM, &paths::hold_customer(&customer), &[], async {
        let staff = context::require(domain::Permission::EditCustomers)?;
        let (backend, token) = (context::backend(), context::form_token(&form_token)?);
        writes::settled(backend::customers::set_hold(&backend, &staff, &customer, to == "hold", token).await)?;
        Ok(paths::customer(&customer))
    })
    .await
}
