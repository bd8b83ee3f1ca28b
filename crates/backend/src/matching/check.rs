//! The dry run.

use super::csv::read;
use super::facts::Facts;
use super::sql;
use super::verdict::judge;
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::Permission;
use time::Duration;
use uuid::Uuid;

/// A batch that nobody applied is forgotten after so long.
const KEPT: Duration = Duration::days(7);

/// Says what the table would change, row by row, and changes nothing. Answers with the batch that keeps it. Fails with
/// [`Error::Invalid`](crate::Error::Invalid) and the field `csv` only where the table as a whole cannot be read.
pub async fn check(backend: &Backend, staff: &Staff, text: &str) -> Result<Uuid> {
    staff.require(Permission::EditCustomers)?;
    let table = read(text)?;
    let now = backend.clock.now();
    let id = Uuid::now_v7();
    let mut db = backend.pool.begin().await?;
    let verdicts = judge(&table.rows, &Facts::of(&mut db, &table.rows).await?);
    sql::batch::forget_unapplied(&mut db, now - KEPT).await?;
    sql::batch::insert(&mut db, id, staff.id, now, &table.unused).await?;
    sql::batch::insert_rows(&mut db, id, &table.rows, &verdicts).await?;
    db.commit().await?;
    Ok(id)
}
