//! Forms that were kept because no estimate could be had.
//!
//! A draft is the path of a form: up to the review every form's state is in its address. Going on with one opens the
//! form, which is priced anew, so nothing is ever sent at a price of before. Drafts are one's own; they change nothing
//! for anybody else, so they leave no activity row.

mod sql;
#[cfg(test)]
mod tests;

use crate::staff::Staff;
use crate::{Backend, Error, Result};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long a draft is kept.
pub const KEPT: Duration = Duration::days(30);

/// Drafts of one person. More are no scratch paper any more.
const MOST: i64 = 100;

/// The longest address: an order of 50 lines.
const LONGEST_PATH: usize = 8_000;

/// A form to be kept.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// The same for the same form with the same content.
    pub key: String,
    /// What it does, in words.
    pub title: String,
    /// Where it is gone on with: a page of Seatboard, with its query.
    pub path: String,
    /// For whom, where the form knows.
    pub customer_id: Option<String>,
    /// Of which subscription.
    pub subscription_id: Option<String>,
    /// Where its activation parameters are kept.
    pub parameters_id: Option<Uuid>,
}

/// A form that was kept.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Identifies it.
    pub id: Uuid,
    /// What it does, in words.
    pub title: String,
    /// Where it is gone on with.
    pub path: String,
    /// For whom.
    pub customer_id: Option<String>,
    /// Their name, where the copy has it.
    pub customer_name: Option<String>,
    /// Of which subscription.
    pub subscription_id: Option<String>,
    /// Its name.
    pub subscription_name: Option<String>,
    /// It has activation parameters.
    pub has_parameters: bool,
    /// Until when they are kept; `None` once they are gone.
    pub parameters_until: Option<OffsetDateTime>,
    /// When it was kept.
    pub created_at: OffsetDateTime,
}

/// Keeps the form. The same form again is the same draft, kept anew.
pub async fn keep(backend: &Backend, staff: &Staff, new: &NewDraft) -> Result<Uuid> {
    if new.path.len() > LONGEST_PATH {
        return Err(Error::Conflict("This form is too long to be kept as a draft.".to_owned()));
    }
    if sql::others(&backend.pool, staff.id, &new.key).await? >= MOST {
        return Err(Error::Conflict(format!("You keep {MOST} drafts already. Delete one first.")));
    }
    sql::upsert(&backend.pool, staff.id, new, backend.clock.now()).await
}

/// One's own drafts, the newest first.
pub async fn of(backend: &Backend, staff: &Staff) -> Result<Vec<Draft>> {
    let now = backend.clock.now();
    sql::of(&backend.pool, staff.id, now - KEPT, now).await
}

/// How many there are.
pub async fn count(backend: &Backend, staff: &Staff) -> Result<i64> {
    sql::count(&backend.pool, staff.id, backend.clock.now() - KEPT).await
}

/// Deletes one's own draft; one that is gone already is no error.
pub async fn delete(backend: &Backend, staff: &Staff, id: Uuid) -> Result<()> {
    sql::delete(&backend.pool, staff.id, id).await
}

/// What the form asked for was placed, so its draft has had its time.
pub async fn finish(backend: &Backend, staff: &Staff, key: &str) -> Result<()> {
    sql::finish(&backend.pool, staff.id, key).await
}

/// Deletes drafts that nobody went on with.
pub async fn delete_expired(backend: &Backend) -> Result<()> {
    sql::delete_before(&backend.pool, backend.clock.now() - KEPT).await
}
