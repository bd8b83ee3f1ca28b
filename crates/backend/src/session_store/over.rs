//! When a session is over.

use time::{Duration, OffsetDateTime};

/// How long a session outlives the last thing its person did.
pub const IDLE: Duration = Duration::minutes(30);

/// How long a session lives at most, however busy: a working day.
pub const ABSOLUTE: Duration = Duration::hours(8);

/// Whether a session is over: [`IDLE`] has passed since the person was last seen, or [`ABSOLUTE`] since they signed in.
pub fn session_is_over(signed_in_at: OffsetDateTime, last_seen_at: OffsetDateTime, now: OffsetDateTime) -> bool {
    now - last_seen_at >= IDLE || now - signed_in_at >= ABSOLUTE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::START;

    const MOMENT: Duration = Duration::nanoseconds(1);

    #[test]
    fn an_idle_session_is_over_after_thirty_minutes_and_not_a_moment_before() {
        assert!(!session_is_over(START, START, START + IDLE - MOMENT));
        assert!(session_is_over(START, START, START + IDLE));
    }

    #[test]
    fn a_busy_session_is_over_after_eight_hours_and_not_a_moment_before() {
        let end = START + ABSOLUTE;
        assert!(!session_is_over(START, end - MOMENT, end - MOMENT));
        assert!(session_is_over(START, end, end));
    }

    #[test]
    fn being_seen_prolongs_a_session() {
        let seen = START + IDLE - MOMENT;
        assert!(!session_is_over(START, seen, START + IDLE));
    }
}
