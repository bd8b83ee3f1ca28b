//! When the breaker opens, who may try, and when it closes. Pure: whoever holds the row asks.

use super::Away;
use marketplace::{CallInfo, CallKind};
use time::{Duration, OffsetDateTime};

/// Calls in a row that are not answered before no more are made. One slow write, or one answer lost on the way, says
/// nothing; two can be a proxy that restarts. A read is repeated within seconds, so that a person's first click during an
/// outage already finds out. Where all of them are of one operation, the outage is only suspected: the marketplace is
/// tried first.
pub(super) const FAILURES: i32 = 3;

/// How long a process may try before another one does.
pub(super) const LEASE: Duration = Duration::seconds(30);

/// What is known of the marketplace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) failures: i32,
    pub(super) failing_since: Option<OffsetDateTime>,
    /// The operation that failed first.
    pub(super) failing_operation: Option<String>,
    /// Another one failed too, or the sign-in, which all need.
    pub(super) wide: bool,
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
    pub(super) fn failed(&mut self, call: &CallInfo, why: String, now: OffsetDateTime) {
        self.last_fault = Some(why);
        if self.open_until.is_some() {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        self.failing_since.get_or_insert(now);
        let first = self.failing_operation.get_or_insert_with(|| call.operation.to_owned());
        self.wide |= call.kind == CallKind::Token || first != call.operation;
        if self.failures >= FAILURES && self.wide {
            self.open_until = Some(now + pause(0));
        }
    }

    /// Whether the marketplace is to be tried: an outage is suspected, or the pause since the last try is over.
    pub(super) fn is_probe_due(&self, now: OffsetDateTime) -> bool {
        let due = self.open_until.map_or(self.failures >= FAILURES, |until| until <= now);
        due && !self.is_being_tried(now)
    }

    /// Takes the right to try; `false` where it is not time yet, somebody else tries, or there is nothing to try.
    pub(super) fn begin_probe(&mut self, now: OffsetDateTime) -> bool {
        let due = self.is_probe_due(now);
        if due {
            self.probing_until = Some(now + LEASE);
        }
        due
    }

    /// The try was not answered: what was suspected is so, or the next try is further away.
    pub(super) fn probe_failed(&mut self, why: String, now: OffsetDateTime) {
        match self.open_until {
            Some(_) => self.probes = self.probes.saturating_add(1),
            None if self.failures >= FAILURES => self.open_until = Some(now),
            // Meanwhile somebody had an answer, or the connection was exchanged.
            None => return,
        }
        self.last_fault = Some(why);
        self.put_off(now);
    }

    /// The try was not made, which says nothing about the marketplace.
    pub(super) fn put_off(&mut self, now: OffsetDateTime) {
        self.open_until = self.open_until.map(|_| now + pause(self.probes));
        self.probing_until = None;
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
    use marketplace::Priority;
    use proptest::prelude::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-03-02 14:02 UTC);

    fn fault() -> String {
        "it does not answer in time".to_owned()
    }

    fn call(operation: &'static str, kind: CallKind) -> CallInfo {
        CallInfo { operation, kind, priority: Priority::People, probe: false }
    }

    fn fail(record: &mut Record, operation: &'static str, now: OffsetDateTime) {
        record.failed(&call(operation, CallKind::Read), fault(), now);
    }

    fn open() -> Record {
        let mut record = Record::default();
        for operation in ["list orders", "estimate", "estimate"] {
            fail(&mut record, operation, NOW);
        }
        record
    }

    #[test]
    fn three_failures_in_a_row_open_it_and_two_do_not() {
        let mut record = Record::default();
        fail(&mut record, "estimate", NOW);
        fail(&mut record, "estimate", NOW + Duration::SECOND);
        assert_eq!(record.away(NOW + Duration::SECOND), None);
        fail(&mut record, "get order", NOW + Duration::seconds(2));
        let away = record.away(NOW + Duration::seconds(2)).unwrap();
        assert_eq!((away.since, away.next_try), (NOW, Some(NOW + Duration::seconds(7))), "since the first of them");
    }

    #[test]
    fn an_answer_in_between_begins_the_count_anew() {
        let mut record = Record::default();
        for _ in 0..10 {
            fail(&mut record, "estimate", NOW);
            fail(&mut record, "get order", NOW);
            record.answered(NOW);
        }
        assert_eq!(record.away(NOW), None);
    }

    #[test]
    fn one_operation_that_is_broken_opens_it_only_if_the_try_fails_too() {
        let mut record = Record::default();
        (0..10).for_each(|_| fail(&mut record, "create order", NOW));
        assert_eq!(record.away(NOW), None);
        assert!(record.begin_probe(NOW), "it is tried at once");
        let mut answered = record.clone();
        answered.answered(NOW);
        assert_eq!((answered.away(NOW), answered.is_probe_due(NOW)), (None, false), "only the operation is broken");
        record.probe_failed(fault(), NOW);
        assert_eq!(record.away(NOW).and_then(|away| away.next_try), Some(NOW + Duration::seconds(5)));
    }

    #[test]
    fn a_sign_in_that_fails_is_no_matter_of_one_operation() {
        let mut record = Record::default();
        (0..FAILURES).for_each(|_| record.failed(&call("token", CallKind::Token), fault(), NOW));
        assert!(record.away(NOW).is_some());
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
        fail(&mut record, "get order", NOW + Duration::seconds(4));
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
        Failed(&'static str),
        BeginProbe,
        ProbeFailed,
        PutOff,
    }

    fn event() -> impl Strategy<Value = Event> {
        use Event::*;
        let failed = prop_oneof![Just(Failed("estimate")), Just(Failed("get order"))];
        prop_oneof![Just(Answered), failed, Just(BeginProbe), Just(ProbeFailed), Just(PutOff)]
    }

    proptest! {
        #[test]
        fn whatever_happens_it_is_tried_again_within_a_minute_and_an_answer_ends_it(
            events in prop::collection::vec((event(), 0_i64..40), 0..60),
        ) {
            let (mut record, mut now, mut in_a_row) = (Record::default(), NOW, Vec::new());
            for (event, seconds) in events {
                now += Duration::seconds(seconds);
                match event {
                    Event::Answered => { record.answered(now); in_a_row.clear(); }
                    Event::Failed(operation) => { fail(&mut record, operation, now); in_a_row.push(operation); }
                    Event::BeginProbe => { record.begin_probe(now); }
                    Event::ProbeFailed => record.probe_failed(fault(), now),
                    Event::PutOff => record.put_off(now),
                }
                let enough = in_a_row.len() >= 3;
                let wide = in_a_row.iter().any(|operation| *operation != in_a_row[0]);
                prop_assert!(record.away(now).is_none() || enough, "never before three in a row");
                prop_assert!(record.away(now).is_some() || !(enough && wide), "always after three of more than one kind");
                let later = now + Duration::MINUTE;
                prop_assert_eq!(record.is_probe_due(later), enough, "tried within a minute, and only then");
                let mut back = record.clone();
                back.answered(now);
                prop_assert_eq!((back.away(now), back.is_probe_due(later)), (None, false));
            }
        }
    }
}
