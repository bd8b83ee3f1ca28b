//! How often each list is read again, and what to do next. Pure: the loop asks, acts, and asks again.

use super::Collection;
use super::progress::{CollectionProgress, SyncState};
use std::collections::HashMap;
use time::{Duration, OffsetDateTime};

/// How often each list is read again, from the start of one sweep to the start of the next. Where an account is so
/// large that this would use up more than the list's share of the day's calls, it is read less often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Customers.
    pub customers: Duration,
    /// Subscriptions.
    pub subscriptions: Duration,
    /// New orders, and all that are still open.
    pub orders: Duration,
    /// Products, plans and resellers.
    pub catalogue: Duration,
    /// Reports.
    pub reports: Duration,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            customers: Duration::minutes(10),
            subscriptions: Duration::minutes(10),
            orders: Duration::minutes(10),
            catalogue: Duration::hours(6),
            reports: Duration::minutes(5),
        }
    }
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Read the next page of this list.
    Page(Collection),
    /// No list is due before this moment: read details until then.
    Details { until: OffsetDateTime },
}

/// Something that is tried again after a while when it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Task {
    /// Reading a page of this list.
    Page(Collection),
    /// Reading details.
    Details,
}

/// What failed, how often in a row, and when it is tried again.
#[derive(Debug, Default)]
pub(super) struct Failures(HashMap<Task, (u32, OffsetDateTime)>);

impl Failures {
    /// It failed (again).
    pub(super) fn add(&mut self, task: Task, now: OffsetDateTime) {
        let (count, retry_at) = self.0.entry(task).or_insert((0, now));
        *count = count.saturating_add(1);
        *retry_at = now + back_off(*count);
    }

    /// It succeeded.
    pub(super) fn forget(&mut self, task: Task) {
        self.0.remove(&task);
    }

    /// When it may be tried again; `None` when it did not fail.
    pub(super) fn retry_at(&self, task: Task) -> Option<OffsetDateTime> {
        self.0.get(&task).map(|(_, retry_at)| *retry_at)
    }
}

impl Rhythm {
    /// A list people asked for comes first, then whatever has no row yet, then the order of [`Collection::LISTS`].
    /// `per_day` is how many calls a day all lists together may use; `None` is without a limit.
    pub(super) fn next(
        &self,
        progress: &[CollectionProgress],
        failures: &Failures,
        per_day: Option<u32>,
        now: OffsetDateTime,
    ) -> Next {
        let lists = || progress.iter().filter(|row| Collection::LISTS.contains(&row.collection));
        let due_at = |row: &CollectionProgress| self.due_at(row, failures, per_day, now);
        lists()
            .filter(|row| due_at(row) <= now)
            .min_by_key(|row| (!requested(row), row.as_of.is_some() || row.done > 0, row.collection))
            .map_or_else(
                || Next::Details { until: lists().map(due_at).min().unwrap_or(now + self.reports) },
                |row| Next::Page(row.collection),
            )
    }

    fn due_at(
        &self,
        row: &CollectionProgress,
        failures: &Failures,
        per_day: Option<u32>,
        now: OffsetDateTime,
    ) -> OffsetDateTime {
        if requested(row) {
            return now;
        }
        let due = match row.as_of {
            Some(as_of) if !row.unfinished() => as_of + self.interval(row.collection, row.calls, per_day),
            _ => now,
        };
        failures.retry_at(Task::Page(row.collection)).map_or(due, |retry_at| due.max(retry_at))
    }

    fn interval(&self, collection: Collection, calls: i32, per_day: Option<u32>) -> Duration {
        let (every, share) = self.every_and_share(collection);
        // The first sweep over orders reads all of them; the next ones only what is new since.
        let calls = if collection == Collection::Orders { calls.min(1) } else { calls };
        let calls = f64::from(calls.max(0));
        let affordable = per_day
            .map_or(Duration::ZERO, |per_day| Duration::DAY * (calls * 100.0 / (f64::from(per_day.max(1)) * share)));
        every.max(affordable)
    }

    /// How often at most, and the list's share of all lists' calls of a day, in hundredths.
    fn every_and_share(&self, collection: Collection) -> (Duration, f64) {
        match collection {
            Collection::Customers => (self.customers, 13.0),
            Collection::Subscriptions => (self.subscriptions, 33.0),
            Collection::Orders | Collection::SubmittedOrders | Collection::ProcessingOrders => (self.orders, 9.0),
            Collection::Reports => (self.reports, 13.0),
            Collection::Resellers => (self.catalogue, 6.0),
            _ => (self.catalogue, 4.0),
        }
    }
}

/// Somebody pressed the button; a list never read is waiting too, but in its own turn.
fn requested(row: &CollectionProgress) -> bool {
    row.state == SyncState::Waiting && row.started_at.is_some()
}

/// How long to leave a list alone after this many failures in a row: 2 seconds, doubled each time, at most 5 minutes.
fn back_off(failures: u32) -> Duration {
    Duration::seconds(1 << failures.clamp(1, 9)).min(Duration::minutes(5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const PER_DAY: Option<u32> = Some(2_250);

    const NOW: OffsetDateTime = datetime!(2026-11-23 9:00 UTC);

    fn complete(collection: Collection, minutes_ago: i64) -> CollectionProgress {
        let as_of = Some(NOW - Duration::minutes(minutes_ago));
        CollectionProgress {
            state: SyncState::Idle,
            started_at: as_of,
            as_of,
            calls: 1,
            ..CollectionProgress::never(collection)
        }
    }

    fn all_complete(minutes_ago: i64) -> Vec<CollectionProgress> {
        Collection::ALL.map(|collection| complete(collection, minutes_ago)).into()
    }

    fn next(progress: &[CollectionProgress]) -> Next {
        Rhythm::default().next(progress, &Failures::default(), PER_DAY, NOW)
    }

    #[test]
    fn on_a_fresh_database_every_list_gets_its_first_page_before_any_gets_its_second() {
        let mut progress = Collection::ALL.map(CollectionProgress::never).to_vec();
        let mut order = Vec::new();
        for _ in 0..11 {
            let Next::Page(collection) = next(&progress) else { panic!("there is a list to read") };
            order.push(collection);
            let row = progress.iter_mut().find(|row| row.collection == collection).unwrap();
            (row.state, row.started_at, row.done) = (SyncState::Running, Some(NOW), row.done + 500);
        }
        assert_eq!(order[..9], Collection::LISTS);
        assert_eq!(order[9..], [Collection::Customers, Collection::Customers]);
    }

    #[test]
    fn a_list_that_people_asked_for_comes_first() {
        let mut progress = all_complete(60);
        progress[7].state = SyncState::Waiting;
        assert_eq!(next(&progress), Next::Page(Collection::Reports));
    }

    #[test]
    fn details_are_read_until_the_next_list_is_due() {
        assert_eq!(next(&all_complete(2)), Next::Details { until: NOW + Duration::minutes(3) });
        assert_eq!(next(&all_complete(11)), Next::Page(Collection::Customers));
    }

    #[test]
    fn a_list_that_failed_is_left_alone_for_a_while() {
        let mut progress = all_complete(2);
        progress[0] = complete(Collection::Customers, 30);
        let mut failures = Failures::default();
        failures.add(Task::Page(Collection::Customers), NOW);
        failures.add(Task::Page(Collection::Customers), NOW);
        let next = Rhythm::default().next(&progress, &failures, PER_DAY, NOW);
        assert_eq!(next, Next::Details { until: NOW + Duration::seconds(4) });
    }

    #[test]
    fn a_huge_account_is_read_less_often_than_its_calls_would_use_up_the_day() {
        let interval = |per_day| Rhythm::default().interval(Collection::Subscriptions, 200, per_day);
        assert_eq!(interval(Some(1_000)).whole_minutes(), 24 * 60 * 200 / 330);
        assert_eq!(interval(None), Duration::minutes(10));
    }

    #[test]
    fn a_usual_account_keeps_the_rhythm() {
        let rhythm = Rhythm::default();
        assert_eq!(rhythm.interval(Collection::Subscriptions, 5, PER_DAY), Duration::minutes(10));
        assert_eq!(rhythm.interval(Collection::Reports, 1, PER_DAY), Duration::minutes(5));
        assert_eq!(rhythm.interval(Collection::Products, 10, PER_DAY), Duration::hours(6));
        assert_eq!(rhythm.interval(Collection::Resellers, 33, PER_DAY), Duration::hours(6));
    }

    #[test]
    fn the_lists_share_all_of_their_calls() {
        let shares = Collection::LISTS.map(|collection| Rhythm::default().every_and_share(collection).1);
        assert!((shares.iter().sum::<f64>() - 100.0).abs() < f64::EPSILON, "{shares:?}");
    }

    #[test]
    fn the_first_copy_of_all_orders_does_not_delay_the_new_ones() {
        let interval = Rhythm::default().interval(Collection::Orders, 42, PER_DAY);
        assert_eq!(interval, Duration::minutes(10));
    }

    #[test]
    fn the_wait_doubles_up_to_five_minutes() {
        let waits: Vec<_> = [1, 2, 3, 8, 9, 1_000].into_iter().map(|n| back_off(n).whole_seconds()).collect();
        assert_eq!(waits, [2, 4, 8, 256, 300, 300]);
    }
}
