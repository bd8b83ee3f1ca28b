//! Setting a password by a link.

use super::{Purpose, sql};
use crate::activity::{self, Actor, Entry};
use crate::staff::browser::{self, Caller};
use crate::staff::guessing::{self, Counter};
use crate::staff::{Staff, password, single_sign_on, sql as staff_sql, token};
use crate::{Backend, Error, Result, session_store};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use time::OffsetDateTime;

/// A link that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenLink {
    /// Whose password it sets.
    pub staff: Staff,
    /// What it is for.
    pub purpose: Purpose,
    /// Until when.
    pub expires_at: OffsetDateTime,
    /// Whether single sign-on lets somebody in besides, which the link changes nothing about.
    pub is_bound: bool,
}

impl OpenLink {
    /// Whether it can bind the account to single sign-on. A reset is for a password alone, unless passwords let nobody in any
    /// more: then it is how whoever had one comes in.
    pub fn can_bind(&self, backend: &Backend) -> bool {
        self.purpose != Purpose::Reset || single_sign_on::is_only(backend)
    }
}

/// A link that was used.
#[derive(Clone, Debug)]
pub struct Used {
    /// Whose password was set.
    pub staff: Staff,
    /// The cookie to know this browser by from now on.
    pub browser: SecretString,
}

/// What the link of this token is for. `None` where it was used, replaced or withdrawn, has expired, or never was: nobody is
/// told which.
pub async fn open_link(backend: &Backend, token: &SecretString) -> Result<Option<OpenLink>> {
    match token::hash(token) {
        Some(hash) => sql::open(&backend.pool, &hash, backend.clock.now()).await,
        None => Ok(None),
    }
}

/// The same of a link by which an account can be bound to single sign-on.
pub(in crate::staff) async fn open_to_newcomers(backend: &Backend, token: &SecretString) -> Result<Option<OpenLink>> {
    Ok(open_link(backend, token).await?.filter(|link| link.can_bind(backend)))
}

/// Uses the link up and sets the password. Whoever is signed in as that person is signed out, no browser is known for them but
/// this one, and they need not wait for what others guessed. Fails with [`Error::NotFound`] where the link cannot be used,
/// and with [`Error::Invalid`], naming `password`, where the password cannot or would let nobody in.
pub async fn use_link(backend: &Backend, caller: &Caller, token: &SecretString, new: &SecretString) -> Result<Used> {
    let gone = || Error::NotFound("link");
    let hash_of_token = token::hash(token).ok_or_else(gone)?;
    let OpenLink { staff, purpose, .. } = open_link(backend, token).await?.ok_or_else(gone)?;
    if !single_sign_on::lets_in_by_password(backend, &staff.role) {
        return Err(Error::invalid(
            "password",
            "Only admins sign in with a password here; continue with single sign-on",
        ));
    }
    if let Some(problem) = password::problem(new.expose_secret(), &staff.email, &staff.name) {
        return Err(Error::invalid("password", problem));
    }
    let hash = password::hash(new).await?;
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let address = sql::lock(&mut db, staff.id).await?;
    if !sql::use_up(&mut db, &hash_of_token, now).await? {
        return Err(gone());
    }
    staff_sql::set_password(&mut db, staff.id, &hash).await?;
    session_store::end_all_in(&mut db, staff.id).await?;
    guessing::forgive(&mut db, &[Counter::of_account(&address)], now).await?;
    browser::forget_all_of(&mut db, staff.id).await?;
    let browser = browser::remember(&mut db, caller, staff.id, now).await?;
    let id = staff.id.to_string();
    let entry = Entry {
        after: Some(json!({ "by": purpose.as_str() })),
        note: Some("Set by a one-time link; every session was ended".to_owned()),
        ..Entry::new("staff.password_set", "staff", &id)
    };
    activity::record(&mut db, now, Actor::Staff(&staff), entry).await?;
    db.commit().await?;
    Ok(Used { staff, browser })
}
