//! Orders.

use super::{Query, given, moment};
use crate::client::paging::Listing;
use crate::models::{Order, OrderStatus};
use domain::{CustomerId, ResellerId, SubscriptionId};
use time::OffsetDateTime;

/// Orders (`GET /orders`). They cannot be filtered by type.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Of one customer.
    pub customer: Option<CustomerId>,
    /// Acting on one subscription.
    pub subscription: Option<SubscriptionId>,
    /// With this number, such as `CH005810`.
    pub order_number: Option<String>,
    /// In one status.
    pub status: Option<OrderStatus>,
    /// With this finer status.
    pub status_code: Option<String>,
    /// Placed at this time or later.
    pub created_from: Option<OffsetDateTime>,
    /// Placed at this time or earlier.
    pub created_to: Option<OffsetDateTime>,
}

impl Listing for OrderFilter {
    type Row = Order;
    const OPERATION: &'static str = "list orders";

    fn path(&self) -> Vec<&str> {
        vec!["orders"]
    }

    fn query(&self) -> Query {
        given([
            ("customerId", self.customer.as_ref().map(ToString::to_string)),
            ("subscriptionId", self.subscription.as_ref().map(ToString::to_string)),
            ("orderNumber", self.order_number.clone()),
            ("status", self.status.as_ref().map(ToString::to_string)),
            ("statusCode", self.status_code.clone()),
            ("creationTimeFrom", self.created_from.and_then(moment)),
            ("creationTimeTo", self.created_to.and_then(moment)),
        ])
    }
}

/// Orders of a sub-reseller (`GET /resellers/{id}/orders`); neither by number nor by finer status.
#[derive(Clone, Debug)]
pub struct ResellerOrders {
    /// Whose.
    pub reseller: ResellerId,
    /// Of one customer.
    pub customer: Option<CustomerId>,
    /// Acting on one subscription.
    pub subscription: Option<SubscriptionId>,
    /// In one status.
    pub status: Option<OrderStatus>,
    /// Placed at this time or later.
    pub created_from: Option<OffsetDateTime>,
    /// Placed at this time or earlier.
    pub created_to: Option<OffsetDateTime>,
}

impl Listing for ResellerOrders {
    type Row = Order;
    const OPERATION: &'static str = "list a reseller's orders";

    fn path(&self) -> Vec<&str> {
        vec!["resellers", self.reseller.as_str(), "orders"]
    }

    fn query(&self) -> Query {
        given([
            ("customerId", self.customer.as_ref().map(ToString::to_string)),
            ("subscriptionId", self.subscription.as_ref().map(ToString::to_string)),
            ("status", self.status.as_ref().map(ToString::to_string)),
            ("creationTimeFrom", self.created_from.and_then(moment)),
            ("creationTimeTo", self.created_to.and_then(moment)),
        ])
    }
}
