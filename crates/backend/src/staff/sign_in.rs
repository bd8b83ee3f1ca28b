//! Signing in. A wrong password, an unknown e-mail address, a disabled account and one that has no password yet get the same
//! answer after the same work: one look-up, the same counters, one password hash, one activity row.

use super::browser::{self, Caller};
use super::guessing::{self, Counter, Try};
use super::{Staff, email, factor, password, single_sign_on, sql};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Error, Result};
use secrecy::SecretString;
use time::Duration;

/// Who signed in, or showed the first of two proofs.
#[derive(Clone, Debug)]
pub struct Entered {
    /// The staff member.
    pub staff: Staff,
    /// The cookie to know this browser by from now on; `None` where they are not in before their second factor
    /// ([`super::second_step`]).
    pub browser: Option<SecretString>,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The e-mail address or the password is wrong, the account is disabled or has no password yet, or its password lets nobody
    /// in; nobody is told which.
    #[error("The email or the password is wrong")]
    Refused {
        /// How long to wait before the next try.
        wait: Option<Duration>,
    },
    /// There were too many failed tries before this one, which was not looked at; says nothing of whether the account exists.
    #[error("There were too many failed tries")]
    TooSoon {
        /// How long to wait before the next try.
        wait: Duration,
    },
    /// It could not be found out.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// The staff member with this e-mail address (in any case, spaces around it ignored) and password. Leaves
/// `staff.signed_in`, `staff.password_accepted` or `staff.sign_in_failed` in the activity, never what was typed: people type
/// passwords into the wrong field. A try that comes too soon leaves nothing. The caller gives the session a new id and notes
/// who it is, and gives the browser its cookie.
pub async fn sign_in(
    backend: &Backend,
    caller: &Caller,
    email: &str,
    password: &SecretString,
) -> Result<Entered, SignInError> {
    let asked = asked(backend, caller, email).await?;
    let counters = counters(caller, &asked);
    ensure_not_too_soon(backend, &counters).await?;
    let place = password::place().await?;
    let wait = count(backend, &counters).await?;
    let hash = asked.account.as_ref().and_then(|account| account.password_hash.clone());
    let right = place.matches(hash.clone(), password).await?;
    if let (true, Some(hash), Some(account)) = (right, hash, &asked.account)
        && single_sign_on::lets_in_by_password(backend, &account.staff.role)
        && let Some(entered) = enter(backend, caller, &account.staff, &hash, password, &counters).await?
    {
        return Ok(entered);
    }
    refused(backend, asked.account.map(|account| account.staff)).await?;
    Err(SignInError::Refused { wait })
}

/// Turns a try away that comes too soon.
pub(super) async fn ensure_not_too_soon(backend: &Backend, counters: &[Counter]) -> Result<(), SignInError> {
    match guessing::wait(&backend.pool, counters, backend.clock.now()).await? {
        Some(wait) => Err(SignInError::TooSoon { wait }),
        None => Ok(()),
    }
}

/// Counts the try as failed. Answers how long has to be waited should it fail.
pub(super) async fn count(backend: &Backend, counters: &[Counter]) -> Result<Option<Duration>, SignInError> {
    match guessing::count(backend, counters).await? {
        Try::Now { then } => Ok(then),
        Try::TooSoon(wait) => Err(SignInError::TooSoon { wait }),
    }
}

/// What is known before the password is looked at.
pub(super) async fn asked(backend: &Backend, caller: &Caller, address: &str) -> Result<sql::Asked> {
    let address = address.trim();
    // Text that cannot be an address may be text that Postgres cannot take either.
    if email::is_plausible(address) {
        let browser = caller.browser_hash();
        sql::asked(&backend.pool, address, browser.as_ref().map(<[u8; 32]>::as_slice)).await
    } else {
        Ok(sql::Asked { address: address.to_lowercase(), account: None, known_browser: None })
    }
}

/// A browser that the person has signed in with has a counter of its own, so that nobody else's guesses keep them out.
pub(super) fn counters(caller: &Caller, asked: &sql::Asked) -> Vec<Counter> {
    if let Some(known) = asked.known_browser {
        return vec![Counter::of_browser(known)];
    }
    let network = caller.network.map(Counter::of_network);
    [Counter::of_account(&asked.address)].into_iter().chain(network).collect()
}

/// Lets them in, unless they were disabled or got another password meanwhile.
async fn enter(
    backend: &Backend,
    caller: &Caller,
    staff: &Staff,
    hash: &str,
    password: &SecretString,
    counters: &[Counter],
) -> Result<Option<Entered>> {
    let renewed = if password::is_outdated(hash) { password::hash(password).await.ok() } else { None };
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let is_half = factor::is_in_use(&mut db, staff.id).await?;
    if !sql::signed_in(&mut db, staff.id, hash, renewed.as_deref(), (!is_half).then_some(now)).await? {
        db.rollback().await?;
        return Ok(None);
    }
    guessing::forgive(&mut db, counters, now).await?;
    let browser = if is_half { None } else { Some(browser::remember(&mut db, caller, staff.id, now).await?) };
    let id = staff.id.to_string();
    let action = if is_half { "staff.password_accepted" } else { "staff.signed_in" };
    activity::record(&mut db, now, Actor::Staff(staff), Entry::new(action, "staff", &id)).await?;
    db.commit().await?;
    Ok(Some(Entered { staff: staff.clone(), browser }))
}

async fn refused(backend: &Backend, staff: Option<Staff>) -> Result<()> {
    let id = staff.map_or_else(|| "unknown".to_owned(), |staff| staff.id.to_string());
    let entry = Entry::new("staff.sign_in_failed", "staff", &id);
    let mut db = backend.pool.acquire().await?;
    activity::record(&mut db, backend.clock.now(), Actor::Part("sign-in"), entry).await
}
