use super::{List, Position, json, word};
use crate::Result;
use crate::connection::ensure_same_copy;
use crate::order_list::OrderTerms;
use crate::orders::notice_marks;
use crate::sync::sql::orders::{self as sql, OrderFacts, OrderRow};
use domain::{ResellerId, SubscriptionId};
use marketplace::models::{Order, OrderDetailed, OrderStatus, Page};
use marketplace::{Client, OrderFilter, PAGE_SIZE, ResellerOrders};
use sqlx::{Connection, PgConnection};
use time::{Duration, OffsetDateTime};

/// Orders created since the last complete sweep, and a day more: it costs nothing and shows what became of them.
pub(in crate::sync) struct NewOrders;

/// Orders of any age in an open status.
pub(in crate::sync) struct OpenOrders(pub(in crate::sync) OrderStatus);

/// Orders of a reseller below the account: those created since its last complete reading and a day more, or of any age in
/// one status.
pub(in crate::sync) struct OrdersBelow {
    pub(in crate::sync) reseller: ResellerId,
    pub(in crate::sync) status: Option<OrderStatus>,
}

const OVERLAP: Duration = Duration::days(1);

impl List for NewOrders {
    type Item = Order;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Order>, marketplace::Error> {
        let created_from = position.complete_as_of.map(|complete| complete - OVERLAP);
        client.page(&OrderFilter { created_from, ..OrderFilter::default() }, position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Order], as_of: OffsetDateTime) -> Result<i64> {
        store_rows(db, items, None, as_of).await
    }
}

impl List for OpenOrders {
    type Item = Order;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Order>, marketplace::Error> {
        let filter = OrderFilter { status: Some(self.0.clone()), ..OrderFilter::default() };
        client.page(&filter, position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Order], as_of: OffsetDateTime) -> Result<i64> {
        store_rows(db, items, None, as_of).await
    }
}

impl List for OrdersBelow {
    type Item = Order;

    async fn page(&self, client: &Client, position: Position) -> Result<Page<Order>, marketplace::Error> {
        let filter = ResellerOrders {
            reseller: self.reseller.clone(),
            customer: None,
            subscription: None,
            status: self.status.clone(),
            created_from: position.complete_as_of.map(|complete| complete - OVERLAP),
            created_to: None,
        };
        client.page(&filter, position.offset, PAGE_SIZE).await
    }

    async fn store(&self, db: &mut PgConnection, items: &[Order], as_of: OffsetDateTime) -> Result<i64> {
        store_rows(db, items, Some(&self.reseller), as_of).await
    }
}

async fn store_rows(
    db: &mut PgConnection,
    items: &[Order],
    reseller: Option<&ResellerId>,
    as_of: OffsetDateTime,
) -> Result<i64> {
    let rows: Vec<_> = items.iter().map(|order| row(order, None)).collect();
    let changed =
        sql::upsert(db, &rows, sql::Source::List { reseller: reseller.map(ResellerId::as_str) }, as_of).await?;
    notice_marks(db, items, as_of).await?;
    Ok(changed)
}

/// Stores an order answered to a write, as the marketplace had it at `as_of` (when the call began). Facts fresher than that
/// stay, and a detail that is to be read stays so.
pub async fn store_order(db: &mut PgConnection, order: &OrderDetailed, as_of: OffsetDateTime) -> Result<()> {
    let key = sql::detail_key(db, order.order.id.as_str()).await?;
    store_detail(db, order, key.as_deref(), as_of).await
}

/// Stores an order just read. `key`: what the list said when it was asked for.
pub(in crate::sync) async fn store_detail(
    db: &mut PgConnection,
    detailed: &OrderDetailed,
    key: Option<&str>,
    as_of: OffsetDateTime,
) -> Result<()> {
    let id = detailed.order.id.as_str();
    let subscription = detailed.subscription_id.as_ref().or_else(|| {
        let mut of_lines = detailed.products.iter().filter_map(|line| line.subscription_id.as_ref());
        of_lines.next()
    });
    let facts = OrderFacts {
        id,
        lines: json(&detailed.products),
        charges: json(&detailed.order.details),
        terms: json(OrderTerms::of(detailed)),
    };
    let mut db = db.begin().await?;
    ensure_same_copy(&mut db, as_of).await?;
    let row = row(&detailed.order, subscription.map(SubscriptionId::as_str));
    sql::upsert(&mut db, &[row], sql::Source::Detail, as_of).await?;
    sql::update_detail(&mut db, &facts, key, as_of).await?;
    sql::outdate_subscription(&mut db, id).await?;
    notice_marks(&mut db, std::slice::from_ref(&detailed.order), as_of).await?;
    Ok(db.commit().await?)
}

fn row<'a>(order: &'a Order, subscription_id: Option<&'a str>) -> OrderRow<'a> {
    OrderRow {
        id: order.id.as_str(),
        order_number: order.order_number.as_deref(),
        kind: word(order.kind.as_ref()),
        customer_id: order.customer_id.as_ref().map_or("", |id| id.as_str()),
        status: word(order.status.as_ref()),
        status_code: order.status_code.as_deref(),
        created_at: order.creation_date,
        provisioned_at: order.provisioning_date,
        total_amount: order.total.map(|total| total.amount),
        total_currency: order.total.map(|total| total.currency.to_string()),
        attributes: json(&order.attributes),
        po_number: order.po_number.as_deref(),
        subscription_id,
        scheduled_on: order.scheduled_on.as_ref().map(ToString::to_string),
    }
}
