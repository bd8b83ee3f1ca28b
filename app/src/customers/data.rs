//! Loaders: permission first, then the services.

use super::managers::{self, Managers};
use super::new_page;
use crate::accounts;
use crate::context::{backend, list_as_of, require, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::mine::{self, Unassigned};
use crate::resellers::whose;
use crate::ui::list_request;
use crate::url::Query;
use ::backend::accounts::AccountForm;
use ::backend::activity::{self, Activity};
use ::backend::customers::{self, Customer, CustomerFilter, CustomerRow, Namesake, Spend};
use backend::list::Page;
use backend::matching;
use backend::order_log::{self, LoggedOrder};
use backend::resellers::{self, Reseller, ResellerName, Whose};
use backend::staff::Staff;
use backend::subscriptions::{self, SubscriptionRow};
use backend::sync::Collection;
use domain::{Permission, Permissions};
use time::OffsetDateTime;
use uuid::Uuid;

/// Orders shown on a customer's page.
const RECENT: i64 = 10;

/// What the list shows.
pub(super) struct Listed {
    /// The page that the query asks for.
    pub(super) page: Page<CustomerRow>,
    /// The resellers whose customers can be listed.
    pub(super) resellers: Vec<ResellerName>,
    /// How old it is.
    pub(super) as_of: Option<OffsetDateTime>,
    /// Somebody asked for their customers and has none.
    pub(super) unassigned: Option<Unassigned>,
}

/// The page of customers that the query asks for.
pub(super) async fn list(query: Query) -> Result<Listed, AppError> {
    let staff = require(Permission::Browse)?;
    let filter = filter(&query, &staff);
    let collection = match filter.whose {
        Whose::Reseller(_) => Collection::Resellers,
        Whose::Own | Whose::All => Collection::Customers,
    };
    let backend = backend();
    let request = list_request(&query);
    let page = customers::page(&backend, &request, &filter);
    let (page, resellers) = tokio::try_join!(page, resellers::names(&backend)).map_err(surface)?;
    let as_of = list_as_of(page.rows.iter().map(|row| row.as_of), collection).await?;
    let unassigned = mine::unassigned(&staff, filter.managed_by, page.rows.is_empty()).await?;
    Ok(Listed { page, resellers, as_of, unassigned })
}

/// What the query asks for.
pub(crate) fn filter(query: &Query, staff: &Staff) -> CustomerFilter {
    let text = |name| query.get(name).map(ToOwned::to_owned);
    CustomerFilter {
        search: text("search"),
        status: text("status"),
        managed_by: mine::managed_by(query, staff),
        whose: whose(query),
    }
}

/// What the form of a new customer shows.
pub(super) struct NewForm {
    pub(super) form: AccountForm,
    /// One for each form, also when it comes back: it makes one customer at most.
    pub(super) form_token: Uuid,
    /// The reseller whose customer it will be; `None` for the account's own.
    pub(super) reseller: Option<Reseller>,
    pub(super) languages: Vec<String>,
    pub(super) namesakes: Vec<Namesake>,
    pub(super) error: Option<AppError>,
}

/// The form for a new customer.
pub(super) async fn new_form(query: Query) -> Result<NewForm, AppError> {
    require(Permission::EditCustomers)?;
    let backend = backend();
    let reseller = match query.get("reseller") {
        Some(id) => Some(resellers::get(&backend, id).await.map_err(surface)?),
        None => None,
    };
    let refused = flash::take(new_page::FORM).await;
    let form = refused.as_ref().and_then(accounts::typed).unwrap_or_default();
    let token = refused.as_ref().and_then(|flash| flash.value("form_token")?.parse().ok());
    let (languages, namesakes) =
        tokio::try_join!(customers::languages(&backend), customers::namesakes(&backend, &form)).map_err(surface)?;
    Ok(NewForm {
        form,
        form_token: token.unwrap_or_else(Uuid::new_v4),
        reseller,
        languages,
        namesakes,
        error: refused.map(|flash| flash.error),
    })
}

/// A customer that is to be changed, and what the last try left.
pub(super) async fn to_change(id: String, form: &'static str) -> Result<(Customer, Option<Flash>), AppError> {
    require(Permission::EditCustomers)?;
    let customer = customers::get(&backend(), &id).await.map_err(surface)?;
    Ok((customer, flash::take(form).await))
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
    /// What was done here about them, the newest first; `None` for those who may not see who did what.
    pub(super) activity: Option<Vec<Activity>>,
    /// Who looks after them.
    pub(super) managers: Managers,
    /// What who looks may do.
    pub(super) role: Permissions,
}

/// One customer.
pub(super) async fn get(id: String) -> Result<Detail, AppError> {
    let role = require(Permission::Browse)?.role.permissions();
    let backend = backend();
    let (customer, subscriptions, spend, orders, activity, current, people) = tokio::try_join!(
        customers::get(&backend, &id),
        subscriptions::of_customer(&backend, &id),
        customers::spend(&backend, &id),
        order_log::of_customer(&backend, &id, RECENT),
        async {
            if !role.may(Permission::ViewActivity) {
                return Ok(None);
            }
            activity::of_customer(&backend, &id, None, RECENT).await.map(Some)
        },
        matching::of_customer(&backend, &id),
        matching::people(&backend),
    )
    .map_err(surface)?;
    let spend = if role.may(Permission::ViewCosts) { spend } else { spend.without_costs() };
    let managers = Managers::new(current, people, role, flash::take(managers::FORM).await);
    Ok(Detail { customer, subscriptions, spend, orders, activity, managers, role })
}
