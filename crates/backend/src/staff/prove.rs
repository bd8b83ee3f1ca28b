//! Proving once more that it is oneself, in a session that is a while old: by the second factor where there is one, else by
//! the password. Tries are counted with those of signing in, so that an open session is no way to guess more.

use super::browser::Caller;
use super::factor::{self, Proof};
use super::guessing::{self, Counter};
use super::{SignInError, Staff, password, second_step, sign_in, single_sign_on, sql};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Error, Result};
use secrecy::SecretString;
use serde_json::json;
use sqlx::PgConnection;

/// What somebody proves by that it is them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// A code of their app, or a recovery code.
    Factor,
    /// Their password.
    Password,
    /// Signing in anew at the provider of single sign-on ([`super::single_sign_on`]).
    SingleSignOn,
    /// They have nothing left that lets them in.
    Nothing,
}

/// What the person proves by that it is them: what they have that is worth most.
pub async fn means(backend: &Backend, staff: &Staff) -> Result<Means> {
    let has = sql::has(&backend.pool, staff.id, single_sign_on::issuer(backend)).await?;
    Ok(match has {
        sql::Has { factor: true, .. } => Means::Factor,
        sql::Has { password: true, .. } if single_sign_on::lets_in_by_password(backend, &staff.role) => Means::Password,
        sql::Has { identity: true, .. } => Means::SingleSignOn,
        sql::Has { .. } => Means::Nothing,
    })
}

/// Takes what was typed for the proof that [`means`] asks for. Leaves `staff.proved` or `staff.proof_refused` in the activity,
/// never what was typed. A try that comes too soon leaves nothing. The caller gives the session a new id and notes when.
pub async fn prove(backend: &Backend, caller: &Caller, staff: &Staff, typed: &SecretString) -> Result<(), SignInError> {
    let (is_proved, wait) = match means(backend, staff).await? {
        Means::Factor => {
            let counters = second_step::counters(backend, caller, staff.id).await?;
            let wait = sign_in::count(backend, &counters).await?;
            (by_factor(backend, staff, typed, &counters).await?, wait)
        }
        Means::Password => {
            let asked = sign_in::asked(backend, caller, &staff.email).await?;
            let counters = sign_in::counters(caller, &asked);
            sign_in::ensure_not_too_soon(backend, &counters).await?;
            let place = password::place().await?;
            let wait = sign_in::count(backend, &counters).await?;
            let hash = asked.account.and_then(|account| account.password_hash);
            let is_right = place.matches(hash.clone(), typed).await?;
            let hash = hash.filter(|_| is_right);
            (by_password(backend, staff, hash.as_deref(), &counters).await?, wait)
        }
        Means::SingleSignOn | Means::Nothing => (false, None),
    };
    if is_proved {
        return Ok(());
    }
    let id = staff.id.to_string();
    let mut db = backend.pool.acquire().await.map_err(Error::from)?;
    let entry = Entry::new("staff.proof_refused", "staff", &id);
    activity::record(&mut db, backend.clock.now(), Actor::Staff(staff), entry).await?;
    Err(SignInError::Refused { wait })
}

/// Notes that they proved it, and by what.
pub(super) async fn record(db: &mut PgConnection, backend: &Backend, staff: &Staff, by: &str) -> Result<()> {
    let id = staff.id.to_string();
    let entry = Entry { after: Some(json!({ "by": by })), ..Entry::new("staff.proved", "staff", &id) };
    activity::record(db, backend.clock.now(), Actor::Staff(staff), entry).await
}

async fn by_factor(backend: &Backend, staff: &Staff, typed: &SecretString, counters: &[Counter]) -> Result<bool> {
    let mut db = backend.pool.begin().await?;
    let Some(proof) = factor::accept(&mut db, backend, staff.id, typed).await? else {
        db.rollback().await?;
        return Ok(false);
    };
    guessing::forgive(&mut db, counters, backend.clock.now()).await?;
    if let Proof::Recovery { left } = proof {
        second_step::record_recovery(&mut db, backend, staff, left).await?;
    }
    record(&mut db, backend, staff, proof.as_str()).await?;
    db.commit().await?;
    Ok(true)
}

/// Unless they were disabled or got another password since the hash was read.
async fn by_password(backend: &Backend, staff: &Staff, hash: Option<&str>, counters: &[Counter]) -> Result<bool> {
    let Some(hash) = hash else { return Ok(false) };
    let mut db = backend.pool.begin().await?;
    if !sql::signed_in(&mut db, staff.id, hash, None, None).await? {
        db.rollback().await?;
        return Ok(false);
    }
    guessing::forgive(&mut db, counters, backend.clock.now()).await?;
    record(&mut db, backend, staff, "password").await?;
    db.commit().await?;
    Ok(true)
}
