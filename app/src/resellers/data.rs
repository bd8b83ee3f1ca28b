//! Loaders: permission first, then the services.

use super::new_page;
use crate::accounts;
use crate::context::{backend, list_as_of, require, surface};
use crate::error::AppError;
use crate::flash::{self, Flash};
use crate::ui::list_request;
use crate::url::Query;
use ::backend::accounts::AccountForm;
use ::backend::activity::{self, Activity};
use ::backend::customers::{self, CustomerFilter, CustomerRow};
use ::backend::list::{ListRequest, Page};
use ::backend::order_log::{self, LoggedOrder};
use ::backend::resellers::{self, Reseller, ResellerFilter, ResellerName, ResellerRow, Whose};
use ::backend::sync::{self, Collection};
use domain::Permission;
use time::OffsetDateTime;
use uuid::Uuid;

/// Orders and entries of the trail shown on a reseller's page.
const RECENT: i64 = 10;

/// What the list shows.
pub(super) struct Listed {
    /// The page that the query asks for.
    pub(super) page: Page<ResellerRow>,
    /// How old it is.
    pub(super) as_of: Option<OffsetDateTime>,
    /// The marketplace has been asked for resellers and has answered.
    pub(super) read: bool,
}

/// The page of resellers that the query asks for.
pub(super) async fn list(query: Query) -> Result<Listed, AppError> {
    require(Permission::Browse)?;
    let filter = ResellerFilter {
        search: query.get("search").map(ToOwned::to_owned),
        status: query.get("status").map(ToOwned::to_owned),
    };
    let backend = backend();
    let request = list_request(&query);
    let page = resellers::page(&backend, &request, &filter);
    let (page, complete) = tokio::try_join!(page, sync::as_of(&backend, Collection::Resellers)).map_err(surface)?;
    let as_of = list_as_of(page.rows.iter().map(|row| row.as_of), Collection::Resellers).await?;
    Ok(Listed { page, as_of, read: complete.is_some() })
}

/// What a reseller's page shows.
pub(super) struct Detail {
    /// The reseller.
    pub(super) reseller: Reseller,
    /// Its customers, the first page of them.
    pub(super) customers: Page<CustomerRow>,
    /// Orders of its customers, the newest first.
    pub(super) orders: Vec<LoggedOrder>,
    /// What was done here about it, the newest first; `None` for those who may not see who did what.
    pub(super) activity: Option<Vec<Activity>>,
}

/// One reseller.
pub(super) async fn get(id: String) -> Result<Detail, AppError> {
    let role = require(Permission::Browse)?.role.permissions();
    let backend = backend();
    let (request, filter) =
        (ListRequest::default(), CustomerFilter { whose: Whose::Reseller(id.clone()), ..CustomerFilter::default() });
    let (reseller, customers, orders, activity) = tokio::try_join!(
        resellers::get(&backend, &id),
        customers::page(&backend, &request, &filter),
        order_log::of_reseller(&backend, &id, RECENT),
        async {
            if !role.may(Permission::ViewActivity) {
                return Ok(None);
            }
            activity::of_subject(&backend, "reseller", &id, RECENT).await.map(Some)
        },
    )
    .map_err(surface)?;
    Ok(Detail { reseller, customers, orders, activity })
}

/// What the form of a new reseller shows.
pub(super) struct NewForm {
    pub(super) form: AccountForm,
    pub(super) currency: Option<String>,
    pub(super) taxation_provider: Option<String>,
    pub(super) customer_class: Option<String>,
    /// One for each form, also when it comes back: it makes one reseller at most.
    pub(super) form_token: Uuid,
    pub(super) languages: Vec<String>,
    pub(super) namesakes: Vec<ResellerName>,
    pub(super) error: Option<AppError>,
}

/// The form for a new reseller.
pub(super) async fn new_form() -> Result<NewForm, AppError> {
    require(Permission::EditResellers)?;
    let backend = backend();
    let refused = flash::take(new_page::FORM).await;
    let form = refused.as_ref().and_then(accounts::typed).unwrap_or_default();
    let kept = |name: &str| refused.as_ref().and_then(|flash| flash.value(name)).map(ToOwned::to_owned);
    let token = kept("form_token").and_then(|token| token.parse().ok());
    let (languages, namesakes) =
        tokio::try_join!(resellers::languages(&backend), resellers::namesakes(&backend, &form)).map_err(surface)?;
    Ok(NewForm {
        form,
        currency: kept("currency"),
        taxation_provider: kept("taxation_provider"),
        customer_class: kept("customer_class"),
        form_token: token.unwrap_or_else(Uuid::new_v4),
        languages,
        namesakes,
        error: refused.map(|flash| flash.error),
    })
}

/// A reseller that is to be changed, and what the last try left.
pub(super) async fn to_change(id: String, form: &'static str) -> Result<(Reseller, Option<Flash>), AppError> {
    require(Permission::EditResellers)?;
    let reseller = resellers::get(&backend(), &id).await.map_err(surface)?;
    Ok((reseller, flash::take(form).await))
}
