//! Proving one's own second factor again, before it is changed: a session that somebody left open is not enough.

use super::accept;
use crate::budget::in_words;
use crate::staff::Staff;
use crate::staff::guessing::{self, Counter, Try};
use crate::{Backend, Error, Result};
use secrecy::SecretString;
use sqlx::{Postgres, Transaction};

/// Begins the transaction of what it is good for, and uses the code up in it. Fails with [`Error::Invalid`], naming `code`,
/// where it is not right, and with [`Error::Conflict`] where one after the other was not.
pub(super) async fn prove(
    backend: &Backend,
    staff: &Staff,
    code: &SecretString,
) -> Result<Transaction<'static, Postgres>> {
    let counters = [Counter::of_factor(staff.id)];
    if let Try::TooSoon(wait) = guessing::count(backend, &counters).await? {
        let wait = in_words(wait.unsigned_abs());
        return Err(Error::Conflict(format!("Too many codes were wrong. Try again in {wait}.")));
    }
    let mut db = backend.pool.begin().await?;
    if accept(&mut db, backend, staff.id, code).await?.is_none() {
        db.rollback().await?;
        let told = "This is not the code that the app shows now, or it was used already; wait for the next one, or use a \
                    recovery code";
        return Err(Error::invalid("code", told));
    }
    guessing::forgive(&mut db, &counters, backend.clock.now()).await?;
    Ok(db)
}
