use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::staff::{Staff, still};
use crate::typed_amount::typed_amount;
use crate::{Backend, Error, FieldError, Result};
use domain::{Money, Permission};
use serde_json::json;

/// Has orders of the amount and more take a proof, or, where both fields are empty, none. Fails with [`Error::Invalid`], naming
/// `proof_amount` and `proof_currency`.
pub async fn set_threshold(backend: &Backend, by: &Staff, amount: &str, currency: &str) -> Result<()> {
    by.require(Permission::ManageRoles)?;
    let after = read(amount, currency)?;
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let by = &still(&mut db, by, Permission::ManageRoles).await?;
    sql::lock(&mut db).await?;
    let before = sql::threshold(&mut *db).await?;
    if before == after {
        return Ok(db.rollback().await?);
    }
    match after {
        Some(threshold) => sql::set(&mut db, threshold, by.id, now).await?,
        None => sql::clear(&mut db).await?,
    }
    let recorded = |threshold: Option<Money>| Some(json!({ "from": threshold.map(Money::display) }));
    let entry = Entry {
        before: recorded(before),
        after: recorded(after),
        ..Entry::new("staff.order_proof_changed", "policy", "proof for orders")
    };
    activity::record(&mut db, now, Actor::Staff(by), entry).await?;
    Ok(db.commit().await?)
}

fn read(amount: &str, currency: &str) -> Result<Option<Money>> {
    let mut faults = Vec::new();
    let threshold = typed_amount(amount, currency, |field, message| {
        faults.push(FieldError { field: format!("proof_{field}"), message: message.to_owned() });
    });
    if faults.is_empty() { Ok(threshold) } else { Err(Error::Invalid(faults)) }
}
