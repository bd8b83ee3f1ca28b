//! Loaders: permission first, then the services.

use super::others::{Others, others};
use super::reading::opened;
use crate::context::{backend, list_as_of, require, surface};
use crate::error::AppError;
use crate::flash;
use crate::mine::{self, Unassigned};
use crate::paths;
use crate::ui::list_request;
use crate::url::Query;
use backend::activity::{self, Activity};
use backend::list::Page;
use backend::order_log::{self, LoggedOrder};
use backend::staff::Staff;
use backend::subscriptions::{self, StatusFilter, Subscription, SubscriptionFilter, SubscriptionRow, TermFilter};
use backend::sync::Collection;
use domain::{Permission, Permissions};
use time::OffsetDateTime;

/// Orders and entries of the trail shown on a subscription's page.
const RECENT: i64 = 20;

/// What the list shows.
pub(super) struct Listed {
    /// The page that the query asks for.
    pub(super) page: Page<SubscriptionRow>,
    /// The vendors it can be filtered by.
    pub(super) vendors: Vec<String>,
    /// How old it is.
    pub(super) as_of: Option<OffsetDateTime>,
    /// Somebody asked for their customers and has none.
    pub(super) unassigned: Option<Unassigned>,
}

/// The list's page.
pub(super) async fn list(query: Query) -> Result<Listed, AppError> {
    let staff = require(Permission::Browse)?;
    let backend = backend();
    let (request, filter) = (list_request(&query), filter(&query, &staff));
    let page = subscriptions::page(&backend, &request, &filter);
    let (page, vendors) = tokio::try_join!(page, subscriptions::vendors(&backend)).map_err(surface)?;
    let as_of = list_as_of(page.rows.iter().map(|row| row.as_of), Collection::Subscriptions).await?;
    let unassigned = mine::unassigned(&staff, filter.managed_by, page.rows.is_empty()).await?;
    Ok(Listed { page, vendors, as_of, unassigned })
}

/// What a subscription's page shows.
pub(super) struct Detail {
    /// The subscription, with costs only for those who may see them.
    pub(super) subscription: Subscription,
    /// Its orders, the newest first.
    pub(super) orders: Vec<LoggedOrder>,
    /// What others do at it.
    pub(super) others: Others,
    /// What was done to it; `None` for those who may not see it.
    pub(super) activity: Option<Vec<Activity>>,
    /// What who looks may do.
    pub(super) role: Permissions,
    /// What came of the post that led here.
    pub(super) told: Option<String>,
}

/// One subscription.
pub(super) async fn get(id: String) -> Result<Detail, AppError> {
    let staff = require(Permission::Browse)?;
    let role = staff.role.permissions();
    let backend = backend();
    let activity = async {
        if role.may(Permission::ViewActivity) {
            activity::of_subject(&backend, "subscription", &id, RECENT).await.map(Some)
        } else {
            Ok(None)
        }
    };
    let subscription = opened(&id).await?;
    let (orders, activity) =
        tokio::try_join!(order_log::of_subscription(&backend, &id, RECENT), activity).map_err(surface)?;
    let subscription = if role.may(Permission::ViewCosts) { subscription } else { subscription.without_costs() };
    let others = others(&staff, &id).await?;
    let told = flash::told(&paths::subscription(&id)).await;
    Ok(Detail { subscription, orders, others, activity, role, told })
}

/// What the query asks for.
pub(crate) fn filter(query: &Query, staff: &Staff) -> SubscriptionFilter {
    let text = |name| query.get(name).map(ToOwned::to_owned);
    SubscriptionFilter {
        search: text("search"),
        status: match query.get("status") {
            None => StatusFilter::InUse,
            Some("any") => StatusFilter::Any,
            Some(status) => StatusFilter::Exactly(status.to_owned()),
        },
        customer_id: text("customer"),
        vendor: text("vendor"),
        renews_within_days: query.get("renews").and_then(|days| days.parse().ok()),
        auto_renew: match query.get("auto") {
            Some("on") => Some(true),
            Some("off") => Some(false),
            _ => None,
        },
        term: match query.get("term") {
            Some("long") => Some(TermFilter::YearOrMore),
            Some("short") => Some(TermFilter::Shorter),
            _ => None,
        },
        managed_by: mine::managed_by(query, staff),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Role;
    use uuid::Uuid;

    fn asked(query: &Query) -> SubscriptionFilter {
        let vera = Staff { id: Uuid::nil(), email: String::new(), name: "Vera".to_owned(), role: Role::Viewer.into() };
        filter(query, &vera)
    }

    #[test]
    fn without_a_status_only_those_in_use_are_asked_for() {
        assert_eq!(asked(&Query::default()).status, StatusFilter::InUse);
        assert_eq!(asked(&Query::default().with("status", "any")).status, StatusFilter::Any);
        let removed = asked(&Query::default().with("status", "removed")).status;
        assert_eq!(removed, StatusFilter::Exactly("removed".to_owned()));
    }

    #[test]
    fn a_damaged_number_of_days_filters_nothing() {
        assert_eq!(asked(&Query::default().with("renews", "soon")).renews_within_days, None);
        assert_eq!(asked(&Query::default().with("renews", "30")).renews_within_days, Some(30));
    }
}
