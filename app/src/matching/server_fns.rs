use crate::error::AppError;
use leptos::prelude::*;

/// Makes exactly these staff members the customer's account managers, then goes to the customer.
#[server(endpoint = "set_managers")]
pub async fn set_managers(customer: String, #[server(default)] staff: Vec<String>) -> Result<(), AppError> {
    use super::data::{MANAGERS_FORM, managers_field, staff_ids};
    use crate::{context, flash, paths};
    let back = paths::customer(&customer);
    let ticked: Vec<String> = staff.iter().map(|id| managers_field(id)).collect();
    let ticked: Vec<(&str, &str)> = ticked.iter().map(|field| (field.as_str(), "on")).collect();
    flash::post(MANAGERS_FORM, &back, &ticked, async {
        let person = context::require(domain::Permission::EditCustomers)?;
        let set = backend::matching::set_managers(&context::backend(), &person, &customer, &staff_ids(&staff)?).await;
        set.map_err(context::surface)?;
        Ok(back.clone())
    })
    .await
}

/// Says what a table of customers would change, then goes to the verdict of each row.
#[server(endpoint = "check_matching")]
pub async fn check_matching(#[server(default)] csv: String) -> Result<(), AppError> {
    use super::data::CHECK_FORM;
    use crate::{context, flash, paths};
    flash::post(CHECK_FORM, paths::MATCHING, &[("csv", &csv)], async {
        let staff = context::require(domain::Permission::EditCustomers)?;
        let batch = backend::matching::check(&context::backend(), &staff, &csv).await.map_err(context::surface)?;
        Ok(paths::matching_batch(&batch.to_string()))
    })
    .await
}

/// Applies the rows of a checked table that can be applied, then shows how far they are.
#[server(endpoint = "apply_matching")]
pub async fn apply_matching(batch: String) -> Result<(), AppError> {
    use super::data::{APPLY_FORM, batch_id};
    use crate::{context, flash, paths};
    let back = paths::matching_batch(&batch);
    flash::post(APPLY_FORM, &back, &[], async {
        let staff = context::require(domain::Permission::EditCustomers)?;
        let applied = backend::matching::apply(&context::backend(), &staff, batch_id(&batch)?).await;
        applied.map_err(context::surface)?;
        Ok(back.clone())
    })
    .await
}
