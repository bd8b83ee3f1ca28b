//! Loaders: permission first, then the services.

use super::managers::{self, Managers};
use crate::context::{backend, list_as_of, require, surface};
use crate::error::AppError;
use crate::flash;
use crate::mine::{self, Unassigned};
use crate::ui::list_request;
use crate::url::Query;
use backend::customers::{self, Customer, CustomerFilter, CustomerRow, Spend};
use backend::list::Page;
use backend::matching;
use backend::order_log::{self, LoggedOrder};
use backend::subscriptions::{self, SubscriptionRow};
use backend::sync::Collection;
use domain::{Permission, Role};
use time::OffsetDateTime;

/// Orders shown on a customer's page.
const RECENT: i64 = 10;

/// What the list shows.
pub(super) struct Listed {
    /// The page that the query asks for.
    pub(super) page: Page<CustomerRow>,
    /// How old it is.
    pub(super) as_of: Option<OffsetDateTime>,
    /// Somebody asked for their customers and has none.
    pub(super) unassigned: Option<Unassigned>,
    /// The role of who looks.
    pub(super) role: Role,
}

/// The list's page.
pub(super) async fn list(query: Query) -> Result<Listed, AppError> {
    let staff = require(Permission::Browse)?;
    let managed_by = mine::managed_by(&query, &staff);
    let filter = CustomerFilter {
        search: query.get("search").map(ToOwned::to_owned),
        status: query.get("status").map(ToOwned::to_owned),
        managed_by,
    };
    let backend = backend();
    let page = customers::page(&backend, &list_request(&query), &filter).await.map_err(surface)?;
    let as_of = list_as_of(page.rows.iter().map(|row| row.as_of), Collection::Customers).await?;
    let unassigned = mine::unassigned(&staff, managed_by, page.rows.is_empty()).await?;
    Ok(Listed { page, as_of, unassigned, role: staff.role })
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
    /// Who looks after them.
    pub(super) managers: Managers,
    /// The role of who looks.
    pub(super) role: Role,
}

/// One customer.
pub(super) async fn get(id: String) -> Result<Detail, AppError> {
    let role = require(Permission::Browse)?.role;
    let backend = backend();
    let (customer, subscriptions, spend, orders, current, people) = tokio::try_join!(
        customers::get(&backend, &id),
        subscriptions::of_customer(&backend, &id),
        customers::spend(&backend, &id),
        order_log::of_customer(&backend, &id, RECENT),
        matching::of_customer(&backend, &id),
        matching::people(&backend),
    )
    .map_err(surface)?;
    let spend = if role.may(Permission::ViewCosts) { spend } else { spend.without_costs() };
    let managers = Managers::new(current, people, role, flash::take(managers::FORM).await);
    Ok(Detail { customer, subscriptions, spend, orders, managers, role })
}
