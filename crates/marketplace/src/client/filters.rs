//! What lists can be filtered by. The marketplace ignores parameters it does not know and answers with everything, so a
//! filter is a type and never a string.

use super::paging::Listing;
use crate::models::{
    Customer, Order, OrderStatus, Plan, Product, ReportFormat, ReportStatus, ReportType, Reseller, Subscription,
    SubscriptionStatus,
};
use domain::{CustomerId, ResellerId, SubscriptionId};
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};

/// Query parameters.
pub(super) type Query = Vec<(&'static str, String)>;

/// Customers (`GET /customers`).
#[derive(Clone, Debug, Default)]
pub struct CustomerFilter {
    /// Part of the name.
    pub name: Option<String>,
    /// The e-mail address of any contact person.
    pub email: Option<String>,
    /// The id in the reseller's own system, exactly.
    pub external_id: Option<String>,
    /// Of one sub-reseller.
    pub reseller: Option<ResellerId>,
}

impl Listing for CustomerFilter {
    type Row = Customer;
    const OPERATION: &'static str = "list customers";

    fn path(&self) -> Vec<&str> {
        vec!["customers"]
    }

    fn query(&self) -> Query {
        given([
            ("name", self.name.clone()),
            ("email", self.email.clone()),
            ("externalId", self.external_id.clone()),
            ("resellerId", self.reseller.as_ref().map(ToString::to_string)),
        ])
    }
}

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

/// Products (`GET /products`).
#[derive(Clone, Debug, Default)]
pub struct ProductFilter {
    /// Part of the name (assumed).
    pub name: Option<String>,
    /// Part of the service's name (assumed).
    pub service_name: Option<String>,
    /// The vendor's number of the product.
    pub mpn: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
}

impl Listing for ProductFilter {
    type Row = Product;
    const OPERATION: &'static str = "list products";

    fn path(&self) -> Vec<&str> {
        vec!["products"]
    }

    fn query(&self) -> Query {
        given([
            ("name", self.name.clone()),
            ("serviceName", self.service_name.clone()),
            ("mpn", self.mpn.clone()),
            ("vendor", self.vendor.clone()),
        ])
    }
}

/// All plans (`GET /plans`); they cannot be filtered.
#[derive(Clone, Copy, Debug, Default)]
pub struct AllPlans;

impl Listing for AllPlans {
    type Row = Plan;
    const OPERATION: &'static str = "list plans";

    fn path(&self) -> Vec<&str> {
        vec!["plans"]
    }

    fn query(&self) -> Query {
        Query::new()
    }
}

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

/// Resellers below the one that signs in (`GET /resellers`).
#[derive(Clone, Debug, Default)]
pub struct ResellerFilter {
    /// Part of the name.
    pub name: Option<String>,
    /// The e-mail address of any contact person.
    pub email: Option<String>,
    /// The id in the parent's own system, exactly.
    pub external_id: Option<String>,
}

impl Listing for ResellerFilter {
    type Row = Reseller;
    const OPERATION: &'static str = "list resellers";

    fn path(&self) -> Vec<&str> {
        vec!["resellers"]
    }

    fn query(&self) -> Query {
        given([("name", self.name.clone()), ("email", self.email.clone()), ("externalId", self.external_id.clone())])
    }
}

/// Customers of a sub-reseller (`GET /resellers/{id}/customers`).
#[derive(Clone, Debug)]
pub struct ResellerCustomers {
    /// Whose.
    pub reseller: ResellerId,
    /// Part of the name.
    pub name: Option<String>,
    /// The e-mail address of any contact person.
    pub email: Option<String>,
    /// The id in the reseller's own system, exactly.
    pub external_id: Option<String>,
}

impl Listing for ResellerCustomers {
    type Row = Customer;
    const OPERATION: &'static str = "list a reseller's customers";

    fn path(&self) -> Vec<&str> {
        vec!["resellers", self.reseller.as_str(), "customers"]
    }

    fn query(&self) -> Query {
        given([("name", self.name.clone()), ("email", self.email.clone()), ("externalId", self.external_id.clone())])
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

/// Reports (`GET /reports`), which come all at once.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// The name they are configured under.
    pub name: Option<String>,
    /// In one format.
    pub format: Option<ReportFormat>,
    /// In one status.
    pub status: Option<ReportStatus>,
    /// Of one type.
    pub kind: Option<ReportType>,
    /// From this day.
    pub from: Option<Date>,
    /// Until this day.
    pub to: Option<Date>,
}

impl ReportFilter {
    pub(super) fn query(&self) -> Query {
        given([
            ("name", self.name.clone()),
            ("format", self.format.as_ref().map(ToString::to_string)),
            ("status", self.status.as_ref().map(ToString::to_string)),
            ("type", self.kind.as_ref().map(ToString::to_string)),
            ("from", self.from.map(day)),
            ("to", self.to.map(day)),
        ])
    }
}

fn given<const N: usize>(parameters: [(&'static str, Option<String>); N]) -> Query {
    parameters.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
}

/// `YYYY-MM-DD`, which is how [`Date`] displays.
fn day(date: Date) -> String {
    date.to_string()
}

fn moment(time: OffsetDateTime) -> Option<String> {
    time.format(&Rfc3339).ok()
}
