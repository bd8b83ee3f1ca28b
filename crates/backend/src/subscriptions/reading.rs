//! The detail of a subscription (seats, prices, product lines): read when somebody opens the subscription and the copy's is
//! missing or out of date.

use super::{Subscription, known, sql};
use crate::{Backend, Result, sync};
use marketplace::Priority;
use time::{Duration, OffsetDateTime};
use tracing::Instrument;

/// How far the reading of a subscription's detail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// There is nothing to read: the copy's is up to date, as far as the list tells, or the subscription is over.
    Done,
    /// It is being read now.
    UnderWay,
    /// The marketplace answered the last attempt, and did not tell.
    Refused,
    /// The marketplace did not answer the last attempt. It is read as soon as it does.
    Unanswered,
    /// It is to be read, and nobody asked for it.
    NotAskedFor,
}

/// One subscription for somebody who opens it. Where its detail was never read, is older than a day or than what the list
/// says now, it is read from the marketplace (`GET /subscriptions/{id}`), once a minute at most whoever asks in whichever
/// process. Returns at once: a page does not wait for the marketplace. What a stop of the process breaks off, the process
/// that keeps the copy reads first.
pub async fn look_at(backend: &Backend, id: &str) -> Result<Subscription> {
    let now = backend.clock.now();
    let (subscription, state) = known(backend, id, now).await?;
    if !backend.link.is_connected() || !state.may_be_asked_for(now) {
        return Ok(subscription);
    }
    if sql::want_detail(&backend.pool, id, &state, now).await? {
        backend.outliving.spawn(read(backend.clone(), id.to_owned()).in_current_span());
    }
    Ok(Subscription { reading: Reading::UnderWay, ..subscription })
}

async fn read(backend: Backend, id: String) {
    let read = sync::refresh_subscription(&backend, &id.as_str().into(), Priority::People).await;
    let Err(error) = read else { return };
    tracing::warn!(%error, subscription = id, "the detail of a subscription could not be read");
    if let Err(error) = sync::subscription_not_read(&backend, &id, &error).await {
        tracing::error!(%error, subscription = id, "nor could that be noted");
    }
}

/// A detail older than this is read again when somebody opens the subscription, whatever the list says.
const STALE: Duration = Duration::DAY;

/// What is noted of a subscription's detail.
pub(super) struct DetailState {
    pub(super) is_over: bool,
    /// The list says something else than when it was read.
    pub(super) is_outdated: bool,
    pub(super) detailed_at: Option<OffsetDateTime>,
    pub(super) wanted_at: Option<OffsetDateTime>,
    pub(super) failed_at: Option<OffsetDateTime>,
    pub(super) unanswered_at: Option<OffsetDateTime>,
}

impl DetailState {
    pub(super) fn reading(&self, now: OffsetDateTime) -> Reading {
        if !self.is_due(now) {
            return Reading::Done;
        }
        let wanted_at = self.wanted_at.filter(|_| self.wanted_at > self.detailed_at);
        match wanted_at {
            Some(_) if self.failed_at >= wanted_at => Reading::Refused,
            Some(_) if self.unanswered_at >= wanted_at => Reading::Unanswered,
            Some(wanted_at) if now - wanted_at < sync::LEFT_TO_READER => Reading::UnderWay,
            // Nobody did, or whoever read it has stopped.
            None | Some(_) => Reading::NotAskedFor,
        }
    }

    fn may_be_asked_for(&self, now: OffsetDateTime) -> bool {
        let last = self.wanted_at.max(self.detailed_at);
        self.is_due(now) && last.is_none_or(|last| now - last >= sync::LEFT_TO_READER)
    }

    fn is_due(&self, now: OffsetDateTime) -> bool {
        !self.is_over && (self.is_outdated || self.detailed_at.is_none_or(|at| now - at > STALE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-12-01 9:00 UTC);

    /// Never read, of a subscription that runs.
    const UNREAD: DetailState = DetailState {
        is_over: false,
        is_outdated: true,
        detailed_at: None,
        wanted_at: None,
        failed_at: None,
        unanswered_at: None,
    };

    fn ago(seconds: i64) -> OffsetDateTime {
        NOW - Duration::seconds(seconds)
    }

    fn of(state: &DetailState) -> (Reading, bool) {
        (state.reading(NOW), state.may_be_asked_for(NOW))
    }

    #[test]
    fn what_is_missing_outdated_or_a_day_old_is_to_be_read() {
        let read = DetailState { is_outdated: false, detailed_at: Some(ago(3_600)), ..UNREAD };
        assert_eq!(of(&UNREAD), (Reading::NotAskedFor, true));
        assert_eq!(of(&read), (Reading::Done, false));
        assert_eq!(of(&DetailState { is_outdated: true, ..read }), (Reading::NotAskedFor, true));
        assert_eq!(of(&DetailState { detailed_at: Some(ago(86_401)), ..read }), (Reading::NotAskedFor, true));
        assert_eq!(of(&DetailState { is_over: true, ..UNREAD }), (Reading::Done, false));
    }

    #[test]
    fn it_is_asked_for_once_a_minute_whatever_came_of_it() {
        let asked = DetailState { wanted_at: Some(ago(59)), ..UNREAD };
        assert_eq!(of(&asked), (Reading::UnderWay, false));
        assert_eq!(of(&DetailState { failed_at: Some(ago(58)), ..asked }), (Reading::Refused, false));
        assert_eq!(of(&DetailState { unanswered_at: Some(ago(58)), ..asked }), (Reading::Unanswered, false));
        let read_since = DetailState { detailed_at: Some(ago(59)), ..asked };
        assert_eq!(of(&read_since), (Reading::NotAskedFor, false), "the list says something new within the minute");
    }

    #[test]
    fn after_a_minute_it_is_asked_for_again_also_when_whoever_read_it_has_stopped() {
        let asked = DetailState { wanted_at: Some(ago(60)), ..UNREAD };
        assert_eq!(of(&asked), (Reading::NotAskedFor, true));
        assert_eq!(of(&DetailState { failed_at: Some(ago(59)), ..asked }), (Reading::Refused, true));
        assert_eq!(
            of(&DetailState { failed_at: Some(ago(61)), ..asked }),
            (Reading::NotAskedFor, true),
            "an older failure"
        );
    }
}
