//! Whether what was typed proves the second factor, and using it up.

use super::{recovery, seed, sql, totp};
use crate::{Backend, Result};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgConnection;
use uuid::Uuid;

/// What proved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::staff) enum Proof {
    /// A code of the app.
    App,
    /// A recovery code, of which so many are left.
    Recovery { left: i64 },
}

impl Proof {
    /// As it is recorded.
    pub(in crate::staff) fn as_str(self) -> &'static str {
        match self {
            Self::App => "authenticator app",
            Self::Recovery { .. } => "recovery code",
        }
    }
}

/// Uses up the code of the app or the recovery code that was typed, in the transaction of what it is good for; `None` where it
/// is neither, or was used already.
pub(in crate::staff) async fn accept(
    db: &mut PgConnection,
    backend: &Backend,
    staff_id: Uuid,
    typed: &SecretString,
) -> Result<Option<Proof>> {
    let now = backend.clock.now();
    let Some(row) = sql::lock(db, staff_id).await?.filter(|row| row.confirmed_at.is_some()) else { return Ok(None) };
    let typed: String = typed.expose_secret().chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(code) = totp::digits(&typed) {
        let seed = seed::opened(backend, staff_id, &row.sealed_seed);
        let Some(step) = seed.and_then(|seed| totp::step_of(&seed, code, row.last_step, now)) else { return Ok(None) };
        sql::use_step(db, staff_id, step).await?;
        return Ok(Some(Proof::App));
    }
    match recovery::hash(staff_id, &typed) {
        Some(hash) if sql::use_code(db, staff_id, &hash, now).await? => {
            Ok(Some(Proof::Recovery { left: sql::codes_left(db, staff_id).await? }))
        }
        _ => Ok(None),
    }
}
