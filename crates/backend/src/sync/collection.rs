//! What is copied: the lists, and the details that only a call per object tells.

use std::fmt;

/// A part of the copy with a progress of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Collection {
    /// The list of customers.
    Customers,
    /// The catalogue's products.
    Products,
    /// The list of plans.
    Plans,
    /// The list of subscriptions.
    Subscriptions,
    /// Orders, those created since the last complete sweep.
    Orders,
    /// Orders of any age that the marketplace lists as submitted.
    SubmittedOrders,
    /// Orders of any age that the marketplace lists as processing.
    ProcessingOrders,
    /// Usage reports.
    Reports,
    /// Resellers below the account, and of each its customers and its orders.
    Resellers,
    /// Product lines, prices and parameters of subscriptions.
    SubscriptionDetails,
    /// The switches of plans.
    PlanDetails,
    /// PO number, subscription, lines and charges of open and recent orders.
    OrderDetails,
}

impl Collection {
    /// The lists, in the order they are first read.
    pub const LISTS: [Self; 9] = [
        Self::Customers,
        Self::Products,
        Self::Plans,
        Self::Subscriptions,
        Self::Orders,
        Self::SubmittedOrders,
        Self::ProcessingOrders,
        Self::Reports,
        Self::Resellers,
    ];

    /// The details.
    pub const DETAILS: [Self; 3] = [Self::SubscriptionDetails, Self::PlanDetails, Self::OrderDetails];

    /// Everything, the lists first.
    pub const ALL: [Self; 12] = [
        Self::Customers,
        Self::Products,
        Self::Plans,
        Self::Subscriptions,
        Self::Orders,
        Self::SubmittedOrders,
        Self::ProcessingOrders,
        Self::Reports,
        Self::Resellers,
        Self::SubscriptionDetails,
        Self::PlanDetails,
        Self::OrderDetails,
    ];

    /// The name in `sync_progress`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Products => "products",
            Self::Plans => "plans",
            Self::Subscriptions => "subscriptions",
            Self::Orders => "orders",
            Self::SubmittedOrders => "submitted_orders",
            Self::ProcessingOrders => "processing_orders",
            Self::Reports => "reports",
            Self::Resellers => "resellers",
            Self::SubscriptionDetails => "subscription_details",
            Self::PlanDetails => "plan_details",
            Self::OrderDetails => "order_details",
        }
    }

    /// The collection of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| collection.name() == name)
    }
}

/// In words: `subscription details`.
impl fmt::Display for Collection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name().replace('_', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_collection_is_found_by_its_name() {
        for collection in Collection::ALL {
            assert_eq!(Collection::from_name(collection.name()), Some(collection));
        }
        assert_eq!(Collection::from_name("invoices"), None);
    }
}
