//! Bearer tokens: opaque, several valid at once, each for 25 minutes of the marketplace's time.

use std::collections::HashMap;
use time::{Duration, OffsetDateTime};

/// How long a token lives, in seconds; real clients see the same.
pub(crate) const LIFETIME_SECONDS: i64 = 1_500;

/// The tokens that have been issued and not yet expired.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    expiries: HashMap<String, OffsetDateTime>,
}

impl Tokens {
    /// Makes `token` valid from `now`, and forgets those that have expired.
    pub(crate) fn issue(&mut self, token: String, now: OffsetDateTime) {
        self.expiries.retain(|_, expiry| *expiry > now);
        self.expiries.insert(token, now + Duration::seconds(LIFETIME_SECONDS));
    }

    /// Whether `token` may be used at `now`.
    pub(crate) fn is_valid(&self, token: &str, now: OffsetDateTime) -> bool {
        self.expiries.get(token).is_some_and(|expiry| *expiry > now)
    }

    /// Expires one token.
    pub(crate) fn expire(&mut self, token: &str) {
        self.expiries.remove(token);
    }

    /// Expires every token.
    pub(crate) fn expire_all(&mut self) {
        self.expiries.clear();
    }
}
