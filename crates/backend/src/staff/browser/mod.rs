//! Browsers that people sign in with again and again. Each has a cookie of its own, which proves nothing but that: what
//! guesses from there are counted under (`guessing`).

mod sql;

use super::token;
use crate::{Backend, Result};
use secrecy::SecretString;
use sqlx::PgConnection;
use std::net::IpAddr;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long a browser is known after the last sign-in.
const MEMORY: Duration = Duration::days(180);

/// Where somebody asks from who is not signed in.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The address of their network, where it is known.
    pub network: Option<IpAddr>,
    /// The cookie that the browser was given when somebody last signed in with it.
    pub browser: Option<SecretString>,
}

impl Caller {
    /// What is stored of the browser's cookie.
    pub(super) fn browser_hash(&self) -> Option<[u8; 32]> {
        self.browser.as_ref().and_then(token::hash)
    }
}

/// Gives the browser a new cookie, with which it is known for all it was known for, and for this person. A copy of the old
/// one is worth nothing from then on.
pub(super) async fn remember(
    db: &mut PgConnection,
    caller: &Caller,
    staff_id: Uuid,
    now: OffsetDateTime,
) -> Result<SecretString> {
    let browser = token::new()?;
    let hash = token::hash(&browser).unwrap_or_default();
    if let Some(old) = caller.browser_hash() {
        sql::exchange(db, &old, &hash).await?;
    }
    sql::know(db, &hash, staff_id, now).await?;
    Ok(browser)
}

/// Knows no browser of this person any more.
pub(super) async fn forget_all_of(db: &mut PgConnection, staff_id: Uuid) -> Result<()> {
    sql::forget_all_of(db, staff_id).await
}

/// Forgets the browsers that nobody has used for long.
pub(super) async fn delete_expired(backend: &Backend) -> Result<()> {
    sql::forget_before(&backend.pool, backend.clock.now() - MEMORY).await
}
