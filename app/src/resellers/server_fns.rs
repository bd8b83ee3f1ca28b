use crate::accounts::AccountInput;
use crate::error::AppError;
use leptos::prelude::*;

/// Creates a reseller, then goes to it.
#[server(endpoint = "create_reseller")]
pub async fn create_reseller(
    #[server(default)] account: AccountInput,
    #[server(default)] currency: String,
    #[server(default)] taxation_provider: String,
    #[server(default)] customer_class: String,
    despite_namesake: Option<String>,
    form_token: String,
) -> Result<(), AppError> {
    use crate::{accounts, context, flash, paths};
    use backend::resellers::{self, NewReseller};
    let despite_namesake = despite_namesake.is_some();
    let new = NewReseller { form: account.into(), currency, taxation_provider, customer_class, despite_namesake };
    let (field, typed) = accounts::kept(&new.form);
    let kept = [
        (field, &*typed),
        ("form_token", &form_token),
        ("currency", &new.currency),
        ("taxation_provider", &new.taxation_provider),
        ("customer_class", &new.customer_class),
    ];
    flash::post(super::new_page::FORM, paths::NEW_RESELLER, &kept, async {
        let staff = context::require(domain::Permission::EditResellers)?;
        let token = context::form_token(&form_token)?;
        let id = resellers::create(&context::backend(), &staff, &new, token).await.map_err(context::surface)?;
        Ok(paths::reseller(&id))
    })
    .await
}

/// Changes a reseller, unless somebody changed it since the form was `seen`, then goes to it.
#[server(endpoint = "update_reseller")]
pub async fn update_reseller(
    reseller: String,
    #[server(default)] account: AccountInput,
    seen: String,
    form_token: String,
) -> Result<(), AppError> {
    use crate::{accounts, context, flash, paths, writes};
    let form = account.into();
    let (field, typed) = accounts::kept(&form);
    flash::post(super::edit_page::FORM, &paths::edit_reseller(&reseller), &[(field, &typed)], async {
        let staff = context::require(domain::Permission::EditResellers)?;
        let (backend, token) = (context::backend(), context::form_token(&form_token)?);
        writes::settled(backend::resellers::update(&backend, &staff, &reseller, &form, &seen, token).await)?;
        Ok(paths::reseller(&reseller))
    })
    .await
}
