//! From which amount on whoever places or approves an order must have proved just before that it is them. None, unless an admin
//! says so.
//!
//! What counts is the price that the person saw: an order is placed and approved at no other one, so a form that names a
//! smaller price gets past this and no further. What costs nothing now, such as seats from the renewal on, is charged later: how
//! much that will be is not known here.

mod change;
mod sql;

pub use change::set_threshold;

use super::Staff;
use crate::{Backend, Result};
use domain::{Money, Permission, reaches_amount};
use uuid::Uuid;

/// From which amount on; `None` where no order takes a proof.
pub async fn threshold(backend: &Backend, by: &Staff) -> Result<Option<Money>> {
    by.require(Permission::ManageRoles)?;
    sql::threshold(&backend.pool).await
}

/// Whether it takes a proof to place, by the form of this token, an order that costs `price` now. A price that is zero,
/// not known or in another currency takes one. A form that has placed its order takes none: that order is the answer.
pub async fn is_wanted_to_place(backend: &Backend, form_token: Uuid, price: Option<Money>) -> Result<bool> {
    Ok(reaches(backend, price).await? && !sql::was_placed(&backend.pool, form_token).await?)
}

/// The same of approving the intent, as long as it waits.
pub async fn is_wanted_to_approve(backend: &Backend, intent: Uuid, price: Option<Money>) -> Result<bool> {
    Ok(reaches(backend, price).await? && sql::waits(&backend.pool, intent).await?)
}

async fn reaches(backend: &Backend, price: Option<Money>) -> Result<bool> {
    let threshold = sql::threshold(&backend.pool).await?;
    let price = price.filter(|price| !price.amount.is_zero());
    Ok(threshold.is_some_and(|threshold| reaches_amount(threshold, price)))
}
