//! Details: what only a call per object tells. Read where the list says something else than when the detail was last
//! read, a few at a time: the most useful first, and each kind that waits in its turn.

use super::sql::details::{self as sql, Due};
use super::sql::progress;
use super::turns::Turns;
use super::{Collection, CollectionProgress, lists, sweep};
use crate::{Backend, Result};
use futures::{StreamExt, stream};
use marketplace::models::{OrderDetailed, PlanDetailed, SubscriptionDetailed};
use marketplace::{Client, ErrorKind, Priority};
use sqlx::{Connection, PgConnection};
use std::collections::HashMap;
use time::{Date, Duration, OffsetDateTime};

/// Objects per batch: between two batches the lists have their turn.
const BATCH: i64 = 8;

/// Calls at once: enough to use up the minute's calls although one may take seconds.
const AT_ONCE: usize = 4;

/// Orders older than this get no detail call unless they are open or somebody looks at them: a large account has more
/// orders a month than it may make calls a day.
const RECENT: Duration = Duration::days(2);

/// Subscriptions that renew within this come before others never read: what they cost is looked at next.
const SOON: Duration = Duration::days(30);

/// How often those that wait are counted: for people to see how far it is, which need not be exact.
const COUNTED_EVERY: Duration = Duration::MINUTE;

/// Kinds of details, the most useful first. What changed comes before what was never read, because the copy is wrong there,
/// and not merely incomplete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Subscriptions that somebody opened, and whose detail was not read for them.
    WantedSubscriptions,
    /// Orders that were open and are no longer listed so.
    SettledOrders,
    /// Orders that are open.
    OpenOrders,
    /// Subscriptions that changed since they were read.
    ChangedSubscriptions,
    /// Subscriptions never read that renew soon.
    RenewingSubscriptions,
    /// Plans.
    Plans,
    /// Other orders of the last days.
    RecentOrders,
    /// The other subscriptions never read. A large account has so many that they take weeks.
    UnreadSubscriptions,
}

enum Detail {
    Subscription(Box<SubscriptionDetailed>),
    Plan(Box<PlanDetailed>),
    Order(Box<OrderDetailed>),
}

/// The reading of details, by the process that keeps the copy.
#[derive(Debug, Default)]
pub(super) struct Details {
    turns: Turns,
    /// When those that wait were counted last.
    counted: HashMap<Collection, OffsetDateTime>,
}

impl Details {
    /// Reads and stores the next few details; false when there are none to read.
    pub(super) async fn next_batch(&mut self, backend: &Backend, db: &mut PgConnection) -> Result<bool> {
        let now = backend.clock.now();
        let mut waiting = Vec::new();
        for kind in Kind::ALL {
            waiting.push((kind, kind.due(db, now).await?));
        }
        for collection in Collection::DETAILS {
            if waiting.iter().all(|(kind, due)| kind.collection() != collection || due.is_empty()) {
                progress::complete(db, collection, now).await?;
            }
        }
        let waits: Vec<_> = waiting.iter().map(|(_, due)| !due.is_empty()).collect();
        let Some(turn) = self.turns.next(&waits) else { return Ok(false) };
        let (kind, due) = waiting.swap_remove(turn);
        let sweep = sweep::begin(db, kind.collection(), now).await?;
        let total = self.count(db, kind, &sweep, now).await?;
        read(backend, db, kind, due, total).await.map(|()| true)
    }

    /// How many there are, read or not; `None` where they were counted a moment ago in this sweep.
    async fn count(
        &mut self,
        db: &mut PgConnection,
        kind: Kind,
        sweep: &CollectionProgress,
        now: OffsetDateTime,
    ) -> Result<Option<i32>> {
        let last = self.counted.get(&kind.collection());
        if sweep.total.is_some() && last.is_some_and(|last| now - *last < COUNTED_EVERY) {
            return Ok(None);
        }
        let total = i64::from(sweep.done) + kind.count(db, now).await?;
        self.counted.insert(kind.collection(), now);
        Ok(Some(i32::try_from(total).unwrap_or(i32::MAX)))
    }
}

async fn read(backend: &Backend, db: &mut PgConnection, kind: Kind, due: Vec<Due>, total: Option<i32>) -> Result<()> {
    let now = backend.clock.now();
    let client = &backend.marketplace()?.with_priority(Priority::Background);
    let mut worth_going_on = due.len() == 1;
    let mut calls = stream::iter(due)
        .map(|due| async move {
            let as_of = backend.clock.now();
            (kind.fetch(client, &due.id).await, due, as_of)
        })
        .buffer_unordered(AT_ONCE);
    let mut last_error = None;
    while let Some((detail, due, as_of)) = calls.next().await {
        let mut db = db.begin().await?;
        let problem = match detail {
            Ok(detail) => {
                detail.store(&mut db, due.list_key.as_deref(), as_of).await?;
                worth_going_on = true;
                None
            }
            Err(error) if concerns_one_object(&error) => {
                kind.postpone(&mut db, &due.id, now).await?;
                Some(format!("{} {}: {}", kind.noun(), due.id, last_error.insert(error)))
            }
            Err(error) => return Err(error.into()),
        };
        progress::detail_read(&mut db, kind.collection(), total, problem.as_deref()).await?;
        db.commit().await?;
    }
    match last_error {
        // All of them failed: more likely the marketplace is at fault than every single object.
        Some(error) if !worth_going_on => Err(error.into()),
        _ => Ok(()),
    }
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::WantedSubscriptions,
        Self::SettledOrders,
        Self::OpenOrders,
        Self::ChangedSubscriptions,
        Self::RenewingSubscriptions,
        Self::Plans,
        Self::RecentOrders,
        Self::UnreadSubscriptions,
    ];

    fn collection(self) -> Collection {
        match self {
            Self::WantedSubscriptions
            | Self::ChangedSubscriptions
            | Self::RenewingSubscriptions
            | Self::UnreadSubscriptions => Collection::SubscriptionDetails,
            Self::Plans => Collection::PlanDetails,
            Self::SettledOrders | Self::OpenOrders | Self::RecentOrders => Collection::OrderDetails,
        }
    }

    fn noun(self) -> &'static str {
        match self.collection() {
            Collection::SubscriptionDetails => "subscription",
            Collection::PlanDetails => "plan",
            _ => "order",
        }
    }

    async fn due(self, db: &mut PgConnection, now: OffsetDateTime) -> Result<Vec<Due>> {
        match self {
            Self::WantedSubscriptions => sql::wanted_subscriptions(db, now, BATCH).await,
            Self::SettledOrders => sql::settled_orders(db, now, BATCH).await,
            Self::OpenOrders => sql::open_orders(db, now, BATCH).await,
            Self::ChangedSubscriptions => sql::changed_subscriptions(db, now, BATCH).await,
            Self::RenewingSubscriptions => sql::renewing_subscriptions(db, soon(now), now, BATCH).await,
            Self::Plans => sql::plans(db, now, BATCH).await,
            Self::RecentOrders => sql::recent_orders(db, now - RECENT, now, BATCH).await,
            Self::UnreadSubscriptions => sql::unread_subscriptions(db, soon(now), now, BATCH).await,
        }
    }

    async fn count(self, db: &mut PgConnection, now: OffsetDateTime) -> Result<i64> {
        match self.collection() {
            Collection::SubscriptionDetails => sql::count_subscriptions(db, now).await,
            Collection::PlanDetails => sql::count_plans(db, now).await,
            _ => sql::count_orders(db, now - RECENT, now).await,
        }
    }

    async fn postpone(self, db: &mut PgConnection, id: &str, now: OffsetDateTime) -> Result<()> {
        match self.collection() {
            Collection::SubscriptionDetails => sql::subscription_failed(db, id, now).await,
            Collection::PlanDetails => sql::plan_failed(db, id, now).await,
            _ => sql::order_failed(db, id, now).await,
        }
    }
}

impl Kind {
    async fn fetch(self, client: &Client, id: &str) -> Result<Detail, marketplace::Error> {
        match self.collection() {
            Collection::SubscriptionDetails => {
                client.subscription(&id.into()).await.map(Box::new).map(Detail::Subscription)
            }
            Collection::PlanDetails => client.plan(&id.into()).await.map(Box::new).map(Detail::Plan),
            _ => client.order(&id.into()).await.map(Box::new).map(Detail::Order),
        }
    }
}

impl Detail {
    async fn store(&self, db: &mut PgConnection, key: Option<&str>, as_of: OffsetDateTime) -> Result<()> {
        match self {
            Self::Subscription(detail) => lists::store_subscription_detail(db, detail, key, as_of).await,
            Self::Plan(detail) => lists::store_plan_detail(db, detail, key, as_of).await,
            Self::Order(detail) => lists::store_order_detail(db, detail, key, as_of).await,
        }
    }
}

/// The last day that is soon.
fn soon(now: OffsetDateTime) -> Date {
    (now + SOON).date()
}

/// Whether the next object may well be read although this one was not.
pub(super) fn concerns_one_object(error: &marketplace::Error) -> bool {
    use ErrorKind::{Conflict, Decode, Forbidden, Invalid, NotFound, TooLarge, Upstream};
    matches!(error.kind(), NotFound | Forbidden | Invalid | Conflict { .. } | Upstream | Decode | TooLarge)
}
