//! The way back from the provider.

use super::account::{self, Outcome};
use super::begin::{attempt, hashes, set_up, ways_begun};
use super::{SignOnError, SingleSignOn, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::browser::Caller;
use crate::staff::guessing::{self, Counter, Try};
use crate::staff::{Entered, Staff};
use crate::{Backend, Result};
use oidc::{Attempt, Identity};
use secrecy::SecretString;
use uuid::Uuid;

/// What the browser brings back.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// What it took along.
    pub state: Option<SecretString>,
    /// What it was given there.
    pub code: Option<SecretString>,
    /// Why it was given nothing.
    pub error: Option<String>,
    /// Who says so.
    pub issuer: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Finished {
    /// They are let in, and go to the path.
    SignedIn(Entered, String),
    /// Their account is bound to their identity from now on.
    Bound(String),
    /// They have proved that it is them, and go on to the path.
    Proved(String),
}

/// Ends the way that began in this browser, once, whatever comes of it. `browser` is the cookie it was given then, `signed_in`
/// whoever is signed in there now. Leaves `staff.signed_in`, `staff.identity_bound` or `staff.proved` in the activity; of refusals
/// `staff.sign_in_failed` or `staff.proof_refused` where the provider had a word in it. The caller gives the session a new id
/// and notes who it is.
pub async fn finish(
    backend: &Backend,
    caller: &Caller,
    browser: Option<&SecretString>,
    returned: &Returned,
    signed_in: Option<&Staff>,
) -> Result<Finished, SignOnError> {
    let single_sign_on = set_up(backend)?.clone();
    let now = backend.clock.now();
    let (Some(state), Some(browser)) = (&returned.state, browser) else { return Err(SignOnError::Lost) };
    let taken = sql::take_attempt(&backend.pool, &hashes(state, browser), now).await?;
    let begun = taken.ok_or(SignOnError::Lost)?;
    // Somebody else has signed in here meanwhile, or nobody is.
    if begun.staff_id.is_some() && begun.staff_id != signed_in.map(|staff| staff.id) {
        return Err(SignOnError::Lost);
    }
    let identity = identify(backend, &single_sign_on, caller, &attempt(browser, state.clone(), &begun), returned).await;
    let outcome = match identity {
        Ok(identity) => account::settle(backend, &single_sign_on, caller, &identity, &begun).await,
        Err(error) => Err((error, begun.staff_id.filter(|_| begun.proves))),
    };
    if outcome.is_ok() {
        let mut db = backend.pool.begin().await?;
        guessing::forgive(&mut db, &ways_begun(caller.network), now).await?;
        db.commit().await?;
    }
    match outcome {
        Ok(Outcome::Entered(entered)) => Ok(Finished::SignedIn(entered, begun.next)),
        Ok(Outcome::Bound) => Ok(Finished::Bound(begun.next)),
        Ok(Outcome::Proved) => Ok(Finished::Proved(begun.next)),
        Err((error, whose)) => {
            let action = if begun.proves { "staff.proof_refused" } else { "staff.sign_in_failed" };
            note(backend, action, &error, whose).await?;
            Err(error)
        }
    }
}

/// Who came back. Codes that are worth nothing are counted by network, apart from passwords.
async fn identify(
    backend: &Backend,
    SingleSignOn { provider, .. }: &SingleSignOn,
    caller: &Caller,
    attempt: &Attempt,
    returned: &Returned,
) -> Result<Identity, SignOnError> {
    let now = backend.clock.now();
    if !provider.may_come_from(returned.issuer.as_deref(), now).await? {
        return Err(SignOnError::Lost);
    }
    if let Some(error) = &returned.error {
        return Err(SignOnError::Denied(named(error)));
    }
    let code = returned.code.as_ref().ok_or(SignOnError::Lost)?;
    let counters: Vec<Counter> = caller.network.map(Counter::of_single_sign_on).into_iter().collect();
    if let Try::TooSoon(wait) = guessing::count(backend, &counters).await? {
        return Err(SignOnError::TooSoon { wait });
    }
    let identity = provider.redeem(code, attempt, now).await;
    // A provider that does not answer is nobody's failure.
    if matches!(identity, Ok(_) | Err(oidc::Error::Unavailable(_))) {
        let mut db = backend.pool.begin().await?;
        guessing::forgive(&mut db, &counters, now).await?;
        db.commit().await?;
    }
    Ok(identity?)
}

/// The name of an error of the standard; anything else is not repeated.
fn named(error: &str) -> String {
    let is_name = error.len() <= 40 && error.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_name { error.to_owned() } else { "for a reason without a name".to_owned() }
}

async fn note(backend: &Backend, action: &str, error: &SignOnError, whose: Option<Uuid>) -> Result<()> {
    let Some(note) = error.note() else { return Ok(()) };
    let id = whose.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    let entry = Entry { note: Some(note), ..Entry::new(action, "staff", &id) };
    let mut db = backend.pool.acquire().await?;
    activity::record(&mut db, backend.clock.now(), Actor::Part("single sign-on"), entry).await
}
