//! Sweeps over lists. A sweep is a row in `sync_progress` and goes page by page; each page is stored in one transaction
//! with the progress it makes, so that whatever happens costs at most the page under way.

use super::lists::{Customers, List, NewOrders, OpenOrders, Plans, Position, Products, Reports, Subscriptions, Sweep};
use super::sql::progress as sql;
use super::{Collection, CollectionProgress, resellers};
use crate::connection::ensure_same_copy;
use crate::{Backend, Result};
use marketplace::models::{OrderStatus, Page};
use marketplace::{PAGE_SIZE, Priority};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// Reads and stores the next page of a list.
pub(super) async fn next_page(backend: &Backend, db: &mut PgConnection, collection: Collection) -> Result<()> {
    match collection {
        Collection::Customers => step(backend, db, collection, &Customers).await,
        Collection::Products => step(backend, db, collection, &Products).await,
        Collection::Plans => step(backend, db, collection, &Plans).await,
        Collection::Subscriptions => step(backend, db, collection, &Subscriptions).await,
        Collection::Orders => step(backend, db, collection, &NewOrders).await,
        Collection::SubmittedOrders => step(backend, db, collection, &OpenOrders(OrderStatus::Submitted)).await,
        Collection::ProcessingOrders => step(backend, db, collection, &OpenOrders(OrderStatus::Processing)).await,
        Collection::Reports => step(backend, db, collection, &Reports).await,
        Collection::Resellers => resellers::next_page(backend, db).await,
        // Details are no lists; the rhythm never asks for a page of them.
        Collection::SubscriptionDetails | Collection::PlanDetails | Collection::OrderDetails => Ok(()),
    }
}

async fn step<L: List>(backend: &Backend, db: &mut PgConnection, collection: Collection, list: &L) -> Result<()> {
    let now = backend.clock.now();
    let sweep = begin(db, collection, now).await?;
    let offset = u64::try_from(sweep.done).unwrap_or_default();
    let client = backend.marketplace()?.with_priority(Priority::Background);
    let page = list.page(&client, Position { offset, complete_as_of: sweep.as_of }).await?;

    let read = i32::try_from(page.data.len()).unwrap_or(i32::MAX);
    let done = sweep.done.saturating_add(read);
    let total = page.total().map_or(done, |total| i32::try_from(total).unwrap_or(i32::MAX));
    let at_end = is_last(&page, offset);
    let mut db = db.begin().await?;
    ensure_same_copy(&mut db, now).await?;
    let changed = list.store(&mut db, &page.data, now).await?;
    let changed = i32::try_from(changed).unwrap_or(i32::MAX);
    sql::page_read(&mut db, collection, sql::Step { done: read, total, changed }).await?;
    if at_end {
        let started_at = sweep.started_at.unwrap_or(now);
        list.complete(&mut db, Sweep { started_at, now, total }).await?;
        sql::complete(&mut db, collection, backend.clock.now()).await?;
    }
    Ok(db.commit().await?)
}

/// Whether the page, which begins after `offset` rows, ends its list.
pub(super) fn is_last<T>(page: &Page<T>, offset: u64) -> bool {
    let rows = page.data.len() as u64;
    page.total().map_or(rows < PAGE_SIZE, |total| rows == 0 || offset + rows >= total)
}

/// Begins a sweep, or goes on with the one that did not reach the end.
pub(super) async fn begin(
    db: &mut PgConnection,
    collection: Collection,
    now: OffsetDateTime,
) -> Result<CollectionProgress> {
    match sql::of(db, collection).await? {
        Some(sweep) if sweep.unfinished() => {
            sql::resume(db, collection).await?;
            Ok(sweep)
        }
        before => {
            sql::start(db, collection, now).await?;
            let as_of = before.and_then(|before| before.as_of);
            Ok(CollectionProgress { started_at: Some(now), as_of, ..CollectionProgress::never(collection) })
        }
    }
}
