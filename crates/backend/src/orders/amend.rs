//! Changes of an order that the marketplace has: giving it up, letting it pass without a credit check.

use crate::order_list;
use crate::staff::Staff;
use crate::writes::{self, Kind, Request, Wish};
use crate::{Backend, Error, Result};
use domain::{OrderId, Permission};
use marketplace::models::OrderUpdate;
use serde_json::json;
use uuid::Uuid;

/// What is done to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amendment {
    /// Give it up; assumed to be possible until it is completed.
    Cancel,
    /// Let it pass without the check of the customer's credit.
    SkipCreditCheck,
}

/// Amends an order of the marketplace (`PATCH /orders/{id}`), wherever it was placed. The same form token makes one call,
/// however often it is posted.
pub async fn amend(
    backend: &Backend,
    staff: &Staff,
    order_id: &str,
    amendment: Amendment,
    form_token: Uuid,
) -> Result<()> {
    staff.require(Permission::PlaceOrders)?;
    if writes::made_by_form(backend, staff, form_token).await?.is_some() {
        return Ok(());
    }
    let order = order_list::get(backend, order_id).await?;
    if !matches!(order.status.as_str(), "submitted" | "processing") {
        return Err(Error::Conflict(format!("This order is {} already. It can no longer be changed.", order.status)));
    }
    let wish = Wish {
        form_token,
        kind: amendment.kind(),
        subject_id: Some(order_id.to_owned()),
        customer_id: Some(order.customer_id),
        request: Request::UpdateOrder { id: OrderId::from(order_id), update: amendment.update() },
        before: Some(json!({ "status": order.status })),
        after: None,
    };
    writes::carry_out(backend, staff, wish).await.map(drop)
}

impl Amendment {
    fn update(self) -> OrderUpdate {
        match self {
            Self::Cancel => OrderUpdate::cancel(),
            Self::SkipCreditCheck => OrderUpdate { credit_check: Some(false), ..OrderUpdate::default() },
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Cancel => Kind::OrderCancel,
            Self::SkipCreditCheck => Kind::OrderCreditCheck,
        }
    }
}
