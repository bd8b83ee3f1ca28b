//! The second step of signing in: the code of an authenticator app, or a recovery code. One that is wrong, was used before or
//! is of somebody who has no second factor any more gets the same answer.

use super::browser::{self, Caller};
use super::factor::{self, Proof};
use super::guessing::{self, Counter};
use super::{Entered, SignInError, Staff, find, sign_in, sql};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Result};
use secrecy::SecretString;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// Lets somebody in who has shown their password ([`super::sign_in`]), if what they typed proves their second factor, and uses
/// that up. Leaves `staff.signed_in`, with the factor, or `staff.code_refused` in the activity. A try that comes too
/// soon leaves nothing. The caller gives the session a new id and notes who it is, and gives the browser its cookie.
pub async fn second_step(
    backend: &Backend,
    caller: &Caller,
    staff_id: Uuid,
    typed: &SecretString,
) -> Result<Entered, SignInError> {
    let counters = counters(backend, caller, staff_id).await?;
    sign_in::ensure_not_too_soon(backend, &counters).await?;
    let wait = sign_in::count(backend, &counters).await?;
    if let Some(staff) = find(backend, staff_id).await?
        && let Some(entered) = enter(backend, caller, &staff, typed, &counters).await?
    {
        return Ok(entered);
    }
    let id = staff_id.to_string();
    let mut db = backend.pool.acquire().await.map_err(crate::Error::from)?;
    let entry = Entry::new("staff.code_refused", "staff", &id);
    activity::record(&mut db, backend.clock.now(), Actor::Part("sign-in"), entry).await?;
    Err(SignInError::Refused { wait })
}

pub(super) async fn counters(backend: &Backend, caller: &Caller, staff_id: Uuid) -> Result<Vec<Counter>> {
    if let Some(browser) = caller.browser_hash()
        && let Some(known) = sql::known_browser(&backend.pool, staff_id, &browser).await?
    {
        return Ok(vec![Counter::of_factor_in(known)]);
    }
    Ok([Counter::of_factor(staff_id)].into_iter().chain(caller.network.map(Counter::of_network)).collect())
}

async fn enter(
    backend: &Backend,
    caller: &Caller,
    staff: &Staff,
    typed: &SecretString,
    counters: &[Counter],
) -> Result<Option<Entered>> {
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let is_enabled = sql::signed_in_with_factor(&mut db, staff.id, now).await?;
    let proof = if is_enabled { factor::accept(&mut db, backend, staff.id, typed).await? } else { None };
    let Some(proof) = proof else {
        db.rollback().await?;
        return Ok(None);
    };
    guessing::forgive(&mut db, counters, now).await?;
    let browser = browser::remember(&mut db, caller, staff.id, now).await?;
    let id = staff.id.to_string();
    if let Proof::Recovery { left } = proof {
        record_recovery(&mut db, backend, staff, left).await?;
    }
    let entry =
        Entry { after: Some(json!({ "factor": proof.as_str() })), ..Entry::new("staff.signed_in", "staff", &id) };
    activity::record(&mut db, now, Actor::Staff(staff), entry).await?;
    db.commit().await?;
    Ok(Some(Entered { staff: staff.clone(), browser: Some(browser) }))
}

/// Notes that they used a recovery code, and how many they have left.
pub(super) async fn record_recovery(db: &mut PgConnection, backend: &Backend, staff: &Staff, left: i64) -> Result<()> {
    let id = staff.id.to_string();
    let after = Some(json!({ "codes_left": left }));
    let entry = Entry { after, ..Entry::new("staff.recovery_code_used", "staff", &id) };
    activity::record(db, backend.clock.now(), Actor::Staff(staff), entry).await
}
