//! Details: what only a call per object tells. Read where the list says something else than when the detail was last
//! read, a few at a time, the most useful first.

use super::sql::details::{self as sql, Due};
use super::sql::progress;
use super::{Collection, lists, sweep};
use crate::{Backend, Result};
use futures::{StreamExt, stream};
use marketplace::models::{OrderDetailed, PlanDetailed, SubscriptionDetailed};
use marketplace::{Client, ErrorKind, Priority};
use sqlx::{Connection, PgConnection};
use time::{Duration, OffsetDateTime};

/// Objects per batch: between two batches the lists have their turn.
const BATCH: i64 = 8;

/// Calls at once: enough to use up the minute's calls although one may take seconds.
const AT_ONCE: usize = 4;

/// Orders older than this get no detail call unless they are open or somebody looks at them: a large account has more
/// orders a month than it may make calls a day.
const RECENT: Duration = Duration::days(2);

/// Kinds of details, the most useful first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Subscriptions that somebody opened, and whose detail was not read for them.
    WantedSubscriptions,
    /// Orders that were open and are no longer listed so.
    SettledOrders,
    /// Subscriptions that are not terminated.
    Subscriptions,
    /// Orders that are open.
    OpenOrders,
    /// Plans.
    Plans,
    /// Other orders of the last days.
    RecentOrders,
}

enum Detail {
    Subscription(Box<SubscriptionDetailed>),
    Plan(Box<PlanDetailed>),
    Order(Box<OrderDetailed>),
}

/// Reads and stores the next few details; false when there are none to read.
pub(super) async fn next_batch(backend: &Backend, db: &mut PgConnection) -> Result<bool> {
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
    match waiting.into_iter().find(|(_, due)| !due.is_empty()) {
        Some((kind, due)) => read(backend, db, kind, due).await.map(|()| true),
        None => Ok(false),
    }
}

async fn read(backend: &Backend, db: &mut PgConnection, kind: Kind, due: Vec<Due>) -> Result<()> {
    let now = backend.clock.now();
    let done = sweep::begin(db, kind.collection(), now).await?.done;
    let total = i64::from(done) + kind.count(db, now).await?;
    let total = i32::try_from(total).unwrap_or(i32::MAX);
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
    const ALL: [Self; 6] = [
        Self::WantedSubscriptions,
        Self::SettledOrders,
        Self::Subscriptions,
        Self::OpenOrders,
        Self::Plans,
        Self::RecentOrders,
    ];

    fn collection(self) -> Collection {
        match self {
            Self::WantedSubscriptions | Self::Subscriptions => Collection::SubscriptionDetails,
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
            Self::SettledOrders => sql::settled_orders(db, now, BATCH).await,
            Self::WantedSubscriptions => sql::wanted_subscriptions(db, now, BATCH).await,
            Self::Subscriptions => sql::subscriptions(db, now, BATCH).await,
            Self::OpenOrders => sql::open_orders(db, now, BATCH).await,
            Self::Plans => sql::plans(db, now, BATCH).await,
            Self::RecentOrders => sql::recent_orders(db, now - RECENT, now, BATCH).await,
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

/// Whether the next object may well be read although this one was not.
pub(super) fn concerns_one_object(error: &marketplace::Error) -> bool {
    use ErrorKind::{Conflict, Decode, Forbidden, Invalid, NotFound, TooLarge, Upstream};
    matches!(error.kind(), NotFound | Forbidden | Invalid | Conflict { .. } | Upstream | Decode | TooLarge)
}
