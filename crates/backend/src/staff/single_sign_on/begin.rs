//! The way to the provider.

use super::sql;
use super::{SignOnError, SingleSignOn};
use crate::staff::guessing::{self, Counter, Try};
use crate::staff::{Means, Staff, link, means, token};
use crate::{Backend, Result};
use oidc::Attempt;
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};
use std::net::IpAddr;
use std::sync::Arc;
use time::Duration;

/// How long somebody may take at the provider.
const PATIENCE: Duration = Duration::minutes(10);

/// What somebody goes to the provider for.
#[derive(Clone, Copy, Debug)]
pub enum Intent<'a> {
    /// To sign in.
    SignIn,
    /// To bind the account of this one-time link, and sign in.
    Link(&'a SecretString),
    /// To bind their own account.
    Bind(&'a Staff),
    /// To prove once more that it is them.
    Prove(&'a Staff),
}

/// Where the browser goes, and what it has to bring back.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The provider's address.
    pub location: String,
    /// The cookie of the browser, without which nobody comes back.
    pub browser: SecretString,
}

/// Sends the browser to the provider; it is to come back to `next`, a path of this site. A browser that shows the cookie of
/// another way under way keeps it, so that two tabs do not get into each other's way. From one network, `network`, few ways are
/// begun that lead nowhere.
pub async fn begin(
    backend: &Backend,
    network: Option<IpAddr>,
    browser: Option<&SecretString>,
    intent: Intent<'_>,
    next: &str,
) -> Result<Begun, SignOnError> {
    let provider = &set_up(backend)?.provider;
    let now = backend.clock.now();
    let (link, staff_id) = match intent {
        Intent::SignIn => (None, None),
        // Where they have a second factor or a password, that is what they are asked for.
        Intent::Prove(staff) if means(backend, staff).await? != Means::SingleSignOn => {
            return Err(SignOnError::NotProof);
        }
        Intent::Link(token) => {
            link::open_to_newcomers(backend, token).await?.ok_or(SignOnError::LinkGone)?;
            (token::hash(token), None)
        }
        Intent::Bind(staff) | Intent::Prove(staff) => (None, Some(staff.id)),
    };
    let browser = match browser.filter(|browser| token::hash(browser).is_some()) {
        Some(browser) => browser.clone(),
        None => token::new()?,
    };
    if let Try::TooSoon(wait) = guessing::count(backend, &ways_begun(network)).await? {
        return Err(SignOnError::TooSoon { wait });
    }
    let row = sql::Attempt {
        link_hash: link.map(Vec::from),
        staff_id,
        proves: matches!(intent, Intent::Prove(_)),
        next: next.to_owned(),
        expires_at: now + PATIENCE,
    };
    let attempt = attempt(&browser, token::new()?, &row);
    let location = provider.authorise(&attempt, now).await?;
    sql::insert_attempt(&backend.pool, &hashes(&attempt.state, &browser), &row).await?;
    Ok(Begun { location, browser })
}

/// What the ways begun from there are counted under.
pub(super) fn ways_begun(network: Option<IpAddr>) -> Vec<Counter> {
    network.map(Counter::of_ways_begun).into_iter().collect()
}

pub(super) fn set_up(backend: &Backend) -> Result<&Arc<SingleSignOn>, SignOnError> {
    backend.single_sign_on.as_ref().ok_or(SignOnError::NotSetUp)
}

/// The other two secrets of a way follow from the browser's, so that they are nowhere but with the browser itself.
pub(super) fn attempt(browser: &SecretString, state: SecretString, begun: &sql::Attempt) -> Attempt {
    let key = hmac::Key::new(hmac::HMAC_SHA256, browser.expose_secret().as_bytes());
    let derived = |what: &str| {
        let tag = hmac::sign(&key, format!("{what} {}", state.expose_secret()).as_bytes());
        SecretString::from(token::hex(tag.as_ref()))
    };
    // Whoever is signed in there already proves nothing by that.
    let anew = begun.proves.then(|| begun.expires_at - PATIENCE);
    Attempt { nonce: derived("nonce"), verifier: derived("verifier"), state, anew }
}

/// What is stored of the state and of the browser's cookie; of what cannot be one, what is stored of none.
pub(super) fn hashes(state: &SecretString, browser: &SecretString) -> [Vec<u8>; 2] {
    [state, browser].map(|secret| token::hash(secret).unwrap_or_default().into())
}
