//! When the breaker opens, who may try, and when it closes. Pure: whoever holds the row asks.

use super::Away;
use time::{Duration, OffsetDateTime};

/// Calls in a row that are not answered before no more are made. One slow write, or one answer lost on the way, says
/// nothing; two can be a proxy that restarts. A read is repeated within seconds, so that a person's first click during an
/// outage already finds out.
pub(super) const FAILURES: i32 = 3;

/// How long a process may try before another one does.
pub(super) const LEASE: Duration = Duration::seconds(30);

/// What is known of the marketplace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) failures: i32,
    pub(super) failing_since: Option<OffsetDateTime>,
    pub(super) last_fault: Option<String>,
    /// Set while the breaker is open: not before then is tried again.
    pub(super) open_until: Option<OffsetDateTime>,
    pub(super) probes: i32,
    pub(super) probing_until: Option<OffsetDateTime>,
    pub(super) last_success: Option<OffsetDateTime>,
}

impl Record {
    /// The marketplace answered, whatever it said: the breaker closes.
    pub(super) fn answered(&mut self, now: OffsetDateTime) {
        *self = Self { last_success: self.last_success.max(Some(now)), ..Self::default() };
    }

    /// A call was not answered. Once the breaker is open that is no news: calls that were under way end like this.
    pub(super) fn failed(&mut self, why: String, now: OffsetDateTime) {
        self.last_fault = Some(why);
        if self.open_until.is_some() {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        self.failing_since.get_or_insert(now);
        if self.failures >= FAILURES {
            self.open_until = Some(now + pause(0));
        }
    }

    /// Takes the right to try; `false` where it is not time yet, somebody else tries, or there is nothing to try.
    pub(super) fn begin_probe(&mut self, now: OffsetDateTime) -> bool {
        let due = self.open_until.is_some_and(|until| until <= now) && !self.is_being_tried(now);
        if due {
            self.probing_until = Some(now + LEASE);
        }
        due
    }

    /// The try was not answered: the next one is further away.
    pub(super) fn probe_failed(&mut self, why: String, now: OffsetDateTime) {
        if self.open_until.is_none() {
            return;
        }
        self.last_fault = Some(why);
        self.probes = self.probes.saturating_add(1);
        self.put_off(now);
    }

    /// The try was not made, which says nothing about the marketplace.
    pub(super) fn put_off(&mut self, now: OffsetDateTime) {
        if self.open_until.is_some() {
            (self.open_until, self.probing_until) = (Some(now + pause(self.probes)), None);
        }
    }

    /// How the marketplace stands at this moment.
    pub(super) fn away(&self, now: OffsetDateTime) -> Option<Away> {
        let until = self.open_until?;
        Some(Away {
            since: self.failing_since.unwrap_or(until),
            why: self.last_fault.clone().unwrap_or_default(),
            next_try: (!self.is_being_tried(now)).then_some(until),
        })
    }

    /// That the marketplace answers has been written down so recently that it need not be again.
    pub(super) fn is_quiet(&self, now: OffsetDateTime) -> bool {
        self.failures == 0 && self.last_success.is_some_and(|at| now - at < QUIET)
    }

    fn is_being_tried(&self, now: OffsetDateTime) -> bool {
        self.probing_until.is_some_and(|until| until > now)
    }
}

/// How exactly it is known when the marketplace last answered.
const QUIET: Duration = Duration::seconds(15);

/// The pause before the next try: 5 seconds, doubled with each that failed, at most a minute.
fn pause(failed: i32) -> Duration {
    Duration::seconds(5 << failed.clamp(0, 4)).min(Duration::MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-03-02 14:02 UTC);

    fn fault() -> String {
        "it does not answer in time".to_owned()
    }

    fn open() -> Record {
        let mut record = Record::default();
        (0..FAILURES).for_each(|_| record.failed(fault(), NOW));
        record
    }

    #[test]
    fn three_failures_in_a_row_open_it_and_two_do_not() {
        let mut record = Record::default();
        record.failed(fault(), NOW);
        record.failed(fault(), NOW + Duration::SECOND);
        assert_eq!(record.away(NOW + Duration::SECOND), None);
        record.failed(fault(), NOW + Duration::seconds(2));
        let away = record.away(NOW + Duration::seconds(2)).unwrap();
        assert_eq!((away.since, away.next_try), (NOW, Some(NOW + Duration::seconds(7))), "since the first of them");
    }

    #[test]
    fn an_answer_in_between_begins_the_count_anew() {
        let mut record = Record::default();
        for _ in 0..10 {
            record.failed(fault(), NOW);
            record.failed(fault(), NOW);
            record.answered(NOW);
        }
        assert_eq!(record.away(NOW), None);
    }

    #[test]
    fn the_pauses_grow_from_five_seconds_to_a_minute() {
        let pauses: Vec<i64> = (0..7).map(|failed| pause(failed).whole_seconds()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 60, 60, 60]);
        assert_eq!(pause(i32::MAX), Duration::MINUTE);
    }

    #[test]
    fn a_process_that_crashed_while_trying_is_followed_by_another() {
        let mut record = open();
        let due = NOW + Duration::seconds(5);
        assert!(!record.begin_probe(NOW), "not before the pause is over");
        assert!(record.begin_probe(due));
        assert!(!record.begin_probe(due), "one at a time");
        assert_eq!(record.away(due).unwrap().next_try, None, "it is being tried");
        assert!(record.begin_probe(due + LEASE));
    }

    #[test]
    fn calls_that_were_under_way_when_it_opened_do_not_put_the_next_try_off() {
        let mut record = open();
        let until = record.open_until;
        record.failed(fault(), NOW + Duration::seconds(4));
        assert_eq!((record.open_until, record.failures), (until, FAILURES));
    }

    #[test]
    fn a_try_that_outlives_an_exchange_of_the_connection_changes_nothing() {
        let mut record = Record::default();
        record.probe_failed(fault(), NOW);
        record.put_off(NOW);
        assert_eq!(record, Record::default());
    }

    #[derive(Clone, Copy, Debug)]
    enum Event {
        Answered,
        Failed,
        BeginProbe,
        ProbeFailed,
        PutOff,
    }

    fn event() -> impl Strategy<Value = Event> {
        use Event::*;
        prop_oneof![Just(Answered), Just(Failed), Just(BeginProbe), Just(ProbeFailed), Just(PutOff)]
    }

    proptest! {
        #[test]
        fn whatever_happens_it_is_tried_again_within_a_minute_and_an_answer_ends_it(
            events in prop::collection::vec((event(), 0_i64..40), 0..60),
        ) {
            let (mut record, mut now, mut in_a_row) = (Record::default(), NOW, 0);
            for (event, seconds) in events {
                now += Duration::seconds(seconds);
                match event {
                    Event::Answered => { record.answered(now); in_a_row = 0; }
                    Event::Failed => { record.failed(fault(), now); in_a_row += 1; }
                    Event::BeginProbe => { record.begin_probe(now); }
                    Event::ProbeFailed => record.probe_failed(fault(), now),
                    Event::PutOff => record.put_off(now),
                }
                prop_assert_eq!(record.away(now).is_some(), in_a_row >= FAILURES);
                let mut later = record.clone();
                prop_assert_eq!(later.begin_probe(now + Duration::MINUTE), record.open_until.is_some());
                later.answered(now);
                prop_assert_eq!(later.away(now), None);
            }
        }
    }
}
