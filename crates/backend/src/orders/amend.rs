//! Changes of an order that the marketplace has: giving it up, letting it pass without a credit check.

use super::sql;
use crate::activity::{self, Actor, Entry};
use crate::connection::unless_moved;
use crate::lost_answer::settle;
use crate::order_list;
use crate::staff::Staff;
use crate::{Backend, Error, Result, sync};
use domain::{OrderId, Permission};
use marketplace::Priority;
use marketplace::models::{OrderDetailed, OrderStatus, OrderUpdate};

/// What is done to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amendment {
    /// Give it up; assumed to be possible until it is completed.
    Cancel,
    /// Let it pass without the check of the customer's credit.
    SkipCreditCheck,
}

/// Amends an order of the marketplace (`PATCH /orders/{id}`), wherever it was placed.
pub async fn amend(backend: &Backend, staff: &Staff, order_id: &str, amendment: Amendment) -> Result<()> {
    staff.require(Permission::PlaceOrders)?;
    let order = order_list::get(backend, order_id).await?;
    if !matches!(order.status.as_str(), "submitted" | "processing") {
        return Err(Error::Conflict(format!("This order is {} already. It can no longer be changed.", order.status)));
    }
    let id = OrderId::from(order_id);
    let client = backend.marketplace()?.with_priority(Priority::People);
    let asked_at = backend.clock.now();
    let answer = client.update_order(&id, &amendment.update()).await;
    let (answer, note) = settle(answer, client.order(&id), |order| amendment.shows_in(order), "order").await?;
    let now = backend.clock.now();
    let mut transaction = backend.pool.begin().await?;
    let stored = unless_moved(sync::store_order(&mut transaction, &answer.value, asked_at).await)?;
    sql::look_now(&mut transaction, order_id, now).await?;
    let entry = Entry {
        customer_id: Some(&order.customer_id),
        before: Some(order.status.as_str().into()),
        after: answer.value.order.status.as_ref().map(|status| status.as_str().into()),
        correlation_id: answer.correlation_id.as_deref(),
        note,
        ..Entry::new(amendment.action(), "order", order_id)
    };
    activity::record(&mut transaction, now, Actor::Staff(staff), entry).await?;
    transaction.commit().await?;
    backend.intents_waiting.notify_one();
    stored
}

impl Amendment {
    fn update(self) -> OrderUpdate {
        match self {
            Self::Cancel => OrderUpdate::cancel(),
            Self::SkipCreditCheck => OrderUpdate { credit_check: Some(false), ..OrderUpdate::default() },
        }
    }

    fn shows_in(self, order: &OrderDetailed) -> bool {
        match self {
            Self::Cancel => order.order.status == Some(OrderStatus::Cancelled),
            Self::SkipCreditCheck => order.order.credit_check == Some(false),
        }
    }

    fn action(self) -> &'static str {
        match self {
            Self::Cancel => "order.cancel_asked",
            Self::SkipCreditCheck => "order.credit_check_skipped",
        }
    }
}
