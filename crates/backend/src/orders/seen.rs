//! Orders of ours that the copy comes across while nobody knows where they are.

use super::place::MARK;
use super::sql;
use crate::Result;
use marketplace::models::Order;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Has every intent looked for at once whose mark is on one of the orders just read, if its order was not known or was said
/// to have never arrived. That the order is its own, the look finds out.
pub(crate) async fn notice_marks(db: &mut PgConnection, orders: &[Order], as_of: OffsetDateTime) -> Result<()> {
    let marked: Vec<Uuid> =
        orders.iter().filter_map(|order| order.attributes.get(MARK)?.as_str().parse().ok()).collect();
    if marked.is_empty() {
        return Ok(());
    }
    let found = sql::looks::marks_seen(db, &marked, as_of).await?;
    if found > 0 {
        tracing::info!(found, "orders turned up whose outcome was not known");
    }
    Ok(())
}
