//! When a session is over.

use time::{Duration, OffsetDateTime};

/// How long a session outlives the last thing its person did, unless configured otherwise.
pub const IDLE: Duration = Duration::minutes(30);

/// How long a session lives at most, however busy, unless configured otherwise: a working day.
pub const ABSOLUTE: Duration = Duration::hours(8);

/// How long one may take for the second step of a sign-in.
pub const HALF: Duration = Duration::minutes(10);

/// How long before the end of a session its person is warned.
pub const WARNING: Duration = Duration::minutes(2);

/// How long sessions live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// After the last thing the person did.
    pub idle: Duration,
    /// After signing in, however busy.
    pub absolute: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle: IDLE, absolute: ABSOLUTE }
    }
}

/// When a session ends if nothing more is done in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The moment.
    pub at: OffsetDateTime,
    /// Nothing that is done puts it off: only signing in anew.
    pub is_final: bool,
}

impl Limits {
    /// The end of the session of somebody who signed in and was last seen then.
    pub fn end(&self, signed_in_at: OffsetDateTime, last_seen_at: OffsetDateTime) -> End {
        let (idle, absolute) = (last_seen_at + self.idle, signed_in_at + self.absolute);
        End { at: idle.min(absolute), is_final: absolute <= idle }
    }

    /// Whether the session of somebody who signed in and was last seen then is over.
    pub fn is_over(&self, signed_in_at: OffsetDateTime, last_seen_at: OffsetDateTime, now: OffsetDateTime) -> bool {
        now >= self.end(signed_in_at, last_seen_at).at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::START;

    const MOMENT: Duration = Duration::nanoseconds(1);

    fn is_over(signed_in_at: OffsetDateTime, last_seen_at: OffsetDateTime, now: OffsetDateTime) -> bool {
        Limits::default().is_over(signed_in_at, last_seen_at, now)
    }

    #[test]
    fn an_idle_session_is_over_after_thirty_minutes_and_not_a_moment_before() {
        assert!(!is_over(START, START, START + IDLE - MOMENT));
        assert!(is_over(START, START, START + IDLE));
    }

    #[test]
    fn a_busy_session_is_over_after_eight_hours_and_not_a_moment_before() {
        let end = START + ABSOLUTE;
        assert!(!is_over(START, end - MOMENT, end - MOMENT));
        assert!(is_over(START, end, end));
    }

    #[test]
    fn being_seen_prolongs_a_session() {
        let seen = START + IDLE - MOMENT;
        assert!(!is_over(START, seen, START + IDLE));
    }

    #[test]
    fn the_end_is_final_once_being_seen_again_would_not_put_it_off() {
        let limits = Limits::default();
        let end = START + ABSOLUTE;
        let late = end - IDLE;
        assert_eq!(limits.end(START, late - MOMENT), End { at: end - MOMENT, is_final: false });
        assert_eq!(limits.end(START, late), End { at: end, is_final: true });
        assert_eq!(limits.end(START, end - MOMENT), End { at: end, is_final: true });
    }
}
