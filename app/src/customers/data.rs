//! Loaders: permission first, then the services.

use crate::context::{backend, list_as_of, require, surface};
use crate::error::AppError;
use crate::ui::list_request;
use crate::url::Query;
use backend::customers::{self, Customer, CustomerFilter, CustomerRow, Spend};
use backend::list::Page;
use backend::order_log::{self, LoggedOrder};
use backend::subscriptions::{self, SubscriptionRow};
use backend::sync::Collection;
use domain::{Permission, Role};
use time::OffsetDateTime;

/// Orders shown on a customer's page.
const RECENT: i64 = 10;

/// The page of customers that the query asks for, and how old what it shows is.
pub(super) async fn list(query: Query) -> Result<(Page<CustomerRow>, Option<OffsetDateTime>), AppError> {
    require(Permission::Browse)?;
    let filter = CustomerFilter {
        search: query.get("search").map(ToOwned::to_owned),
        status: query.get("status").map(ToOwned::to_owned),
    };
    let backend = backend();
    let page = customers::page(&backend, &list_request(&query), &filter).await.map_err(surface)?;
    let as_of = list_as_of(page.rows.iter().map(|row| row.as_of), Collection::Customers).await?;
    Ok((page, as_of))
}

/// What a customer's page shows.
pub(super) struct Detail {
    /// The customer.
    pub(super) customer: Customer,
    /// Their subscriptions in use, those that renew soonest first.
    pub(super) subscriptions: Vec<SubscriptionRow>,
    /// What they pay, and what is earned for those who may see it.
    pub(super) spend: Spend,
    /// Their orders, the newest first.
    pub(super) orders: Vec<LoggedOrder>,
    /// The role of who looks.
    pub(super) role: Role,
}

/// One customer.
pub(super) async fn get(id: String) -> Result<Detail, AppError> {
    let role = require(Permission::Browse)?.role;
    let backend = backend();
    let (customer, subscriptions, spend, orders) = tokio::try_join!(
        customers::get(&backend, &id),
        subscriptions::of_customer(&backend, &id),
        customers::spend(&backend, &id),
        order_log::of_customer(&backend, &id, RECENT),
    )
    .map_err(surface)?;
    let spend = if role.may(Permission::ViewCosts) { spend } else { spend.without_costs() };
    Ok(Detail { customer, subscriptions, spend, orders, role })
}
