//! Subscriptions.

use super::{Query, day, given};
use crate::client::paging::Listing;
use crate::models::{Subscription, SubscriptionStatus};
use domain::CustomerId;
use time::Date;

/// Subscriptions (`GET /subscriptions`). Without a status most of them are long removed.
#[derive(Clone, Debug, Default)]
pub struct SubscriptionFilter {
    /// Of one customer.
    pub customer: Option<CustomerId>,
    /// In one status; the marketplace takes no more than one.
    pub status: Option<SubscriptionStatus>,
    /// Created on this day or later.
    pub created_from: Option<Date>,
    /// Created on this day or earlier.
    pub created_to: Option<Date>,
}

impl Listing for SubscriptionFilter {
    type Row = Subscription;
    const OPERATION: &'static str = "list subscriptions";

    fn path(&self) -> Vec<&str> {
        vec!["subscriptions"]
    }

    fn query(&self) -> Query {
        given([
            ("customerId", self.customer.as_ref().map(ToString::to_string)),
            ("status", self.status.as_ref().map(ToString::to_string)),
            ("creationDateFrom", self.created_from.map(day)),
            ("creationDateTo", self.created_to.map(day)),
        ])
    }
}
