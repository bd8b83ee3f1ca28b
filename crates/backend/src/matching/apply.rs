//! Applying a batch: account managers at once, external ids by the worker.

use super::batch::RowState;
use super::csv::Typed;
use super::facts::Facts;
use super::managers::Assignment;
use super::sql::{self, batch::Settled};
use super::verdict::{Verdict, judge};
use crate::activity::{self, Actor, Entry};
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::Permission;
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Applies the rows that are ready: all account managers in one transaction, each with its activity row; the external
/// ids are then sent one after the other by the worker. A row whose customer changed since the check fails instead.
/// Applying the same batch again does nothing.
pub async fn apply(backend: &Backend, staff: &Staff, batch_id: Uuid) -> Result<()> {
    staff.require(Permission::EditCustomers)?;
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    if !sql::batch::begin_applying(&mut db, batch_id, staff.id, now).await? {
        let known = sql::batch::exists(&mut db, batch_id).await?;
        return if known { Ok(()) } else { Err(Error::NotFound("table")) };
    }
    sql::managers::lock(&mut db).await?;
    let checked = sql::batch::checked(&mut db, batch_id).await?;
    let (rows, before): (Vec<Typed>, Vec<(RowState, Verdict)>) = checked.into_iter().unzip();
    let facts = Facts::of(&mut db, &rows).await?;
    let mut settled = Vec::new();
    for ((row, (state, shown)), now_judged) in rows.iter().zip(before).zip(judge(&rows, &facts)) {
        if state != RowState::Ready {
            continue;
        }
        let (state, message) = outcome(&shown, &now_judged);
        if matches!(state, RowState::Waiting | RowState::Done) {
            assign(&mut db, staff, &facts, &shown, now).await?;
        }
        settled.push(Settled { line: row.line, state: state.as_str(), message });
    }
    if settled.is_empty() {
        return Err(Error::Conflict("No row of this table can be applied. Correct it and check it again.".to_owned()));
    }
    let count = |state: RowState| settled.iter().filter(|row| row.state == state.as_str()).count();
    let (waiting, done) = (count(RowState::Waiting), count(RowState::Done));
    sql::batch::settle(&mut db, batch_id, &settled, (waiting > 0).then_some(now)).await?;
    let id = batch_id.to_string();
    let entry = Entry {
        after: Some(json!({ "external ids to send": waiting, "rows done at once": done })),
        ..Entry::new("customers.matched", "matching", &id)
    };
    activity::record(&mut db, now, Actor::Staff(staff), entry).await?;
    Ok(db.commit().await?)
}

/// What becomes of a row that was ready: it is applied only as it was shown.
fn outcome(shown: &Verdict, now: &Verdict) -> (RowState, Option<String>) {
    match now.state() {
        RowState::Ready if shown == now => {
            (if now.external_id.is_some() { RowState::Waiting } else { RowState::Done }, None)
        }
        RowState::Unchanged => (RowState::Unchanged, None),
        RowState::Refused => (RowState::Failed, now.message()),
        _ => {
            let message =
                "The customer was changed since this was checked, so nothing was done. Check the table again.";
            (RowState::Failed, Some(message.to_owned()))
        }
    }
}

async fn assign(
    db: &mut PgConnection,
    staff: &Staff,
    facts: &Facts,
    verdict: &Verdict,
    now: OffsetDateTime,
) -> Result<()> {
    if let (Some(customer_id), Some(after)) = (verdict.customer_id.as_deref(), verdict.managers.as_deref()) {
        let change = Assignment { customer_id, before: &verdict.managers_before, after };
        change.make(db, staff, &facts.people, now).await?;
    }
    Ok(())
}
