//! The sweep over resellers below the account: their list, then of each its customers and its orders. It is one sweep
//! with one row of progress, so where it is among its lists is stored with each page.
//!
//! It costs a call for the list and two for each reseller, and up to two more where orders of a reseller are open: new
//! orders are read by when they were created, and those the copy holds for open are looked for by their status.

use super::lists::{CustomersBelow, List, OrdersBelow, Position, Resellers};
use super::sql::progress;
use super::sql::resellers as sql;
use super::sweep::{begin, is_last};
use super::{Collection, CollectionProgress};
use crate::connection::ensure_same_copy;
use crate::{Backend, Result};
use domain::ResellerId;
use marketplace::models::{OrderStatus, Page};
use marketplace::{ErrorKind, PAGE_SIZE, Priority};
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// Reads and stores the next page of whichever list it is.
pub(super) async fn next_page(backend: &Backend, db: &mut PgConnection) -> Result<()> {
    let now = backend.clock.now();
    let sweep = begin(db, Collection::Resellers, now).await?;
    // What another version wrote begins anew.
    let place = sql::place(db).await?.and_then(|place| serde_json::from_value::<Place>(place).ok()).unwrap_or_default();
    let reseller = ResellerId::from(place.reseller.as_str());
    let turn = Turn { backend, sweep, now, place: &place };
    match place.part {
        Part::Resellers => turn.read(db, &Resellers).await,
        Part::Customers => turn.read(db, &CustomersBelow(reseller)).await,
        Part::Orders | Part::Submitted | Part::Processing => {
            turn.read(db, &OrdersBelow { reseller, status: place.part.status() }).await
        }
    }
}

/// Where the sweep is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Place {
    part: Part,
    /// Whose list it is; empty for the list of resellers.
    reseller: String,
    /// Rows of it read so far.
    offset: u64,
    /// What could not be read of resellers before.
    problem: Option<String>,
}

/// The lists, in the order they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Part {
    #[default]
    Resellers,
    /// Of one reseller, like those below.
    Customers,
    /// New orders.
    Orders,
    Submitted,
    Processing,
}

impl Part {
    const OF_A_RESELLER: [Self; 4] = [Self::Customers, Self::Orders, Self::Submitted, Self::Processing];

    /// The status whose orders it lists.
    fn status(self) -> Option<OrderStatus> {
        match self {
            Self::Submitted => Some(OrderStatus::Submitted),
            Self::Processing => Some(OrderStatus::Processing),
            Self::Resellers | Self::Customers | Self::Orders => None,
        }
    }
}

/// One page of one list.
struct Turn<'a> {
    backend: &'a Backend,
    sweep: CollectionProgress,
    now: OffsetDateTime,
    place: &'a Place,
}

impl Turn<'_> {
    async fn read<L: List>(&self, db: &mut PgConnection, list: &L) -> Result<()> {
        let place = self.place;
        let complete_as_of = match place.part {
            Part::Orders => sql::orders_as_of(db, &place.reseller).await?,
            _ => None,
        };
        let client = self.backend.marketplace()?.with_priority(Priority::Background);
        let answer = list.page(&client, Position { offset: place.offset, complete_as_of }).await;
        let mut problem = place.problem.clone();
        let page = match answer {
            Ok(page) => page,
            Err(error) => self.instead_of(db, error, &mut problem).await?,
        };

        let read = page.data.len() as u64;
        let offset = place.offset + read;
        let mut db = db.begin().await?;
        ensure_same_copy(&mut db, self.now).await?;
        let changed = list.store(&mut db, &page.data, self.now).await?;
        let next = if is_last(&page, place.offset) {
            self.finish(&mut db, problem == place.problem).await?
        } else {
            Some(Place { offset, ..place.clone() })
        };
        let step = sql::Step {
            done: count(read),
            left: count(page.total().unwrap_or_default().saturating_sub(offset)),
            changed: i32::try_from(changed).unwrap_or(i32::MAX),
            calls: self.calls(),
            problem: problem.as_deref(),
            place: next.map(|next| serde_json::to_value(Place { problem: problem.clone(), ..next })).transpose()?,
        };
        let at_end = step.place.is_none();
        sql::page_read(&mut db, step).await?;
        if at_end {
            progress::complete(&mut db, Collection::Resellers, self.backend.clock.now()).await?;
        }
        Ok(db.commit().await?)
    }

    /// What is taken for the answer where the marketplace refused. An ordinary account may be refused the list of
    /// resellers, which then means that there are none. One reseller whose lists are refused does not keep the others
    /// waiting.
    async fn instead_of<T>(
        &self,
        db: &mut PgConnection,
        error: marketplace::Error,
        problem: &mut Option<String>,
    ) -> Result<Page<T>> {
        let refused = matches!(error.kind(), ErrorKind::Forbidden | ErrorKind::NotFound);
        if self.place.part != Part::Resellers && (refused || *error.kind() == ErrorKind::Invalid) {
            *problem = Some(format!("reseller {}: {error}", self.place.reseller));
        } else if !refused || sql::any(db).await? {
            return Err(error.into());
        }
        Ok(Page::new(Vec::new(), self.place.offset, PAGE_SIZE, 0))
    }

    /// The list is at its end: notes that, and says where to go on.
    async fn finish(&self, db: &mut PgConnection, complete: bool) -> Result<Option<Place>> {
        let Place { part, reseller, .. } = self.place;
        let since = self.sweep.started_at.unwrap_or(self.now);
        match part {
            Part::Customers if complete => sql::customers_read(db, reseller, since).await?,
            Part::Orders if complete => sql::orders_read(db, reseller, since).await?,
            _ => {}
        }
        for part in Part::OF_A_RESELLER.into_iter().skip_while(|of_all| of_all != part).skip(1) {
            let needed = match part.status() {
                Some(status) => sql::holds_unseen_orders(db, reseller, status.as_str(), since).await?,
                None => true,
            };
            if needed {
                return Ok(Some(Place { part, reseller: reseller.clone(), ..Place::default() }));
            }
        }
        let next = sql::after(db, reseller, since).await?;
        Ok(next.map(|reseller| Place { part: Part::Customers, reseller, ..Place::default() }))
    }

    /// Only the first sweep reads all orders of a reseller, so their further pages do not count for how often a sweep can
    /// be afforded.
    fn calls(&self) -> i32 {
        i32::from(self.place.part != Part::Orders || self.place.offset == 0)
    }
}

fn count(rows: u64) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX)
}
