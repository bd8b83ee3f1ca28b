//! What keeps guessing slow. Counters are in the database, so that neither a restart nor another server forgets them.
//!
//! - **An account** has five failed tries at once; after that each one has to wait: 1 s, 2 s, 4 s … 15 min. A success
//!   forgets them, and so does a day without a failure. The counter is found by a hash of the address as it was typed, in
//!   small letters, so that an address nobody has is counted like any other.
//! - **A known browser**, one in which the person has signed in before, has a counter of its own in place of those of the
//!   account and the network. So whoever keeps guessing keeps nobody out who works where they always do. Its cookie is
//!   exchanged with every sign-in, and forgotten when the password is set or the person disabled. Its counter outlives the
//!   cookie: of two people who share a browser, neither starts the other's count anew. For everybody else a new password by
//!   link is the way in: using the link makes the browser known.
//! - **A network** (an IPv4 address, an IPv6 /64) has fifty failed tries at once, then one every two minutes. Those who
//!   succeed use none up.
//! - **A second factor** is counted like an account and a known browser are, apart from both, and with the network: whoever
//!   knows a password is not let guess six digits.
//!
//! A try is counted before it is looked at and the counters are locked meanwhile, so that a thousand at the same moment are
//! no more than a thousand one after the other. What comes too soon is neither looked at nor counted nor hashed.

mod pace;
mod sql;

use crate::{Backend, Result};
use pace::Pace;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use std::net::IpAddr;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// What failed tries are counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counter {
    key: [u8; 32],
    pace: Pace,
}

/// Whether a try is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Try {
    /// It is, and is counted. Should it fail, so long has to be waited before the next.
    Now { then: Option<Duration> },
    /// Not before so long.
    TooSoon(Duration),
}

impl Counter {
    /// Of the account with that address, whether or not there is one.
    pub(super) fn of_account(address: &str) -> Self {
        Self::new(Pace::Doubling, &[b"account", address.as_bytes()])
    }

    /// Of a browser that the person has signed in with before, by what it is known under for this person. Not by its cookie:
    /// that one is exchanged when somebody else signs in there.
    pub(super) fn of_browser(known: Uuid) -> Self {
        Self::new(Pace::Doubling, &[b"browser", known.as_bytes()])
    }

    /// Of somebody who is signed in and says what their password is.
    pub(super) fn of_change(staff_id: Uuid) -> Self {
        Self::new(Pace::Doubling, &[b"change", staff_id.as_bytes()])
    }

    /// Of the second factor of somebody who has shown their password.
    pub(super) fn of_factor(staff_id: Uuid) -> Self {
        Self::new(Pace::Doubling, &[b"factor", staff_id.as_bytes()])
    }

    /// The same, in a browser that the person has signed in with before.
    pub(super) fn of_factor_in(known: Uuid) -> Self {
        Self::new(Pace::Doubling, &[b"factor browser", known.as_bytes()])
    }

    /// Of the network around the address: whoever has an IPv6 address has 2⁶⁴ of them.
    pub(super) fn of_network(address: IpAddr) -> Self {
        Self::of_what_comes_from(address, b"network")
    }

    /// Of the ways to the provider of single sign-on that were begun from there and led nowhere yet.
    pub(super) fn of_ways_begun(address: IpAddr) -> Self {
        Self::of_what_comes_from(address, b"ways begun")
    }

    /// The same, of what comes back from the provider of single sign-on to no end: it keeps nobody from using a password.
    pub(super) fn of_single_sign_on(address: IpAddr) -> Self {
        Self::of_what_comes_from(address, b"single sign-on")
    }

    fn of_what_comes_from(address: IpAddr, what: &[u8]) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::new(Pace::Steady, &[what, &address.octets()]),
            IpAddr::V6(address) => Self::new(Pace::Steady, &[what, &address.octets()[..8]]),
        }
    }

    fn new(pace: Pace, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
            hash.update([0]);
        }
        Self { key: hash.finalize().into(), pace }
    }
}

/// How long has to be waited now. Changes nothing: what comes too soon is turned away before it costs more than this.
pub(super) async fn wait(pool: &PgPool, counters: &[Counter], now: OffsetDateTime) -> Result<Option<Duration>> {
    let next_at = sql::next_at(pool, &keys(counters), now).await?;
    Ok(next_at.map(|next_at| whole_seconds(next_at - now)))
}

/// Counts a try as failed, before it is looked at.
pub(super) async fn count(backend: &Backend, counters: &[Counter]) -> Result<Try> {
    let now = backend.clock.now();
    let mut db = backend.pool.begin().await?;
    let mut after = Vec::with_capacity(counters.len());
    let mut too_soon = None;
    for counter in counters {
        let tally = sql::locked(&mut db, &counter.key, now).await?;
        too_soon = too_soon.max(tally.wait(now));
        after.push(counter.pace.after_failure(tally, now));
    }
    if let Some(wait) = too_soon {
        db.rollback().await?;
        return Ok(Try::TooSoon(whole_seconds(wait)));
    }
    for (counter, tally) in counters.iter().zip(&after) {
        sql::store(&mut db, &counter.key, *tally).await?;
    }
    db.commit().await?;
    Ok(Try::Now { then: after.iter().filter_map(|tally| tally.wait(now)).max().map(whole_seconds) })
}

/// Takes back what [`count`] counted, because the try succeeded.
pub(super) async fn forgive(db: &mut PgConnection, counters: &[Counter], now: OffsetDateTime) -> Result<()> {
    for counter in counters {
        let tally = sql::locked(db, &counter.key, now).await?;
        match counter.pace.after_success(tally) {
            Some(tally) => sql::store(db, &counter.key, tally).await?,
            None => sql::forget(db, &counter.key).await?,
        }
    }
    Ok(())
}

/// Deletes the counters that count nothing any more.
pub(super) async fn delete_expired(backend: &Backend) -> Result<()> {
    sql::delete_expired(&backend.pool, backend.clock.now()).await
}

fn keys(counters: &[Counter]) -> Vec<Vec<u8>> {
    counters.iter().map(|counter| counter.key.to_vec()).collect()
}

/// Rounded up: whoever waits as long as they are told has waited long enough.
fn whole_seconds(wait: Duration) -> Duration {
    let seconds = Duration::seconds(wait.whole_seconds());
    if wait > seconds { seconds + Duration::SECOND } else { seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_share_a_counter() {
        let counter = |address: &str| Counter::of_network(address.parse().unwrap());
        assert_eq!(counter("192.0.2.7"), counter("::ffff:192.0.2.7"));
        assert_ne!(counter("192.0.2.7"), counter("192.0.2.8"));
        assert_eq!(counter("2001:db8:1:2::1"), counter("2001:db8:1:2:ffff::9"));
        assert_ne!(counter("2001:db8:1:2::1"), counter("2001:db8:1:3::1"));
    }

    #[test]
    fn a_wait_is_told_in_seconds_and_never_too_short() {
        assert_eq!(whole_seconds(Duration::milliseconds(1)), Duration::SECOND);
        assert_eq!(whole_seconds(Duration::seconds(4)), Duration::seconds(4));
    }
}
