//! How long it counts that somebody proved that it is them.

use crate::Backend;
use time::{Duration, OffsetDateTime};

/// So long after a proof a person may do what a session that was left open, or a stolen cookie, is not enough for.
pub const FRESH: Duration = Duration::minutes(5);

/// Whether somebody who proved at that moment that it is them need not do so again yet.
pub fn is_fresh(backend: &Backend, proved_at: Option<OffsetDateTime>) -> bool {
    proved_at.is_some_and(|proved_at| backend.clock.now() < proved_at + FRESH)
}
