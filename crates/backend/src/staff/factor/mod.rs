//! The second factor: an authenticator app, and recovery codes for whoever has lost it.
//!
//! The seed is sealed (`seal`) and the codes are hashed, so that a stolen database opens nothing. A code of the app can be used
//! once: the step of the one that was used last is stored with the row locked, so neither a restart nor another server takes
//! it again. Recovery codes work even where the seed cannot be read any more.

mod accept;
mod base32;
mod codes;
mod policy;
mod prove;
mod recovery;
mod remove;
mod seed;
mod set_up;
mod sql;
mod totp;

pub(super) use accept::{Proof, accept};
pub use codes::{hand_over, handed_over, renew_codes};
pub use policy::{Requirement, must_set_up, require_of, requirements};
pub use recovery::CODES;
pub(super) use remove::forget;
pub use remove::remove;
pub use set_up::{begin, confirm};
#[cfg(test)]
pub(super) use totp::shown;

use super::Staff;
use crate::{Backend, Result};
use secrecy::SecretString;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long one may take to set it up.
const BEGUN: Duration = Duration::minutes(30);

/// How far somebody is.
#[derive(Clone, Debug)]
pub enum State {
    /// They have none.
    None,
    /// They are setting it up with this key, which an app reads, and have not confirmed it yet.
    Begun(SecretString),
    /// It is asked for at each sign-in.
    InUse {
        /// Since when.
        since: OffsetDateTime,
        /// How many recovery codes are left.
        codes_left: i64,
    },
}

/// How far they are with their own.
pub async fn state(backend: &Backend, staff: &Staff) -> Result<State> {
    let Some(row) = sql::find(&backend.pool, staff.id).await? else { return Ok(State::None) };
    Ok(match row.confirmed_at {
        Some(since) => State::InUse { since, codes_left: row.codes_left },
        None if is_too_late(row.begun_at, backend.clock.now()) => State::None,
        None => seed::opened(backend, staff.id, &row.sealed_seed).map_or(State::None, State::Begun),
    })
}

/// Whether the person is asked for one.
pub(super) async fn is_in_use(db: &mut PgConnection, staff_id: Uuid) -> Result<bool> {
    sql::is_in_use(db, staff_id).await
}

/// Whether one came into use while the person was let in without it. Asked once their session is stored: whoever confirms a
/// second factor ends the sessions that are there, and a later one is seen here.
pub async fn came_into_use(backend: &Backend, staff_id: Uuid) -> Result<bool> {
    sql::is_in_use_by_now(&backend.pool, staff_id).await
}

fn is_too_late(begun_at: OffsetDateTime, now: OffsetDateTime) -> bool {
    now >= begun_at + BEGUN
}
