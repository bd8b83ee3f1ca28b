//! The list of subscriptions as a file, with what they cost and earn for those who may see that.

use super::{LIST, SubscriptionFilter, SubscriptionRow, TermFilter, conditions, sql};
use crate::export::{Cell, Column, Export, Listing, asked};
use crate::list::{ListOf, ListRequest};
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::{Margin, Money, Permission};
use sqlx::PgPool;

/// A row of the list, and what one billing period costs the reseller.
struct Exported {
    row: SubscriptionRow,
    cost: Option<Money>,
}

static LISTING: Listing<Exported> = Listing { name: "subscriptions", of: &LISTED, columns: COLUMNS };

static LISTED: ListOf<Exported> =
    ListOf { list: LIST, key: |exported| &exported.row.id, read: |pool, ids| Box::pin(read(pool, ids)) };

const COLUMNS: &[Column<Exported>] = &[
    Column::new("id", |exported| exported.row.id.as_str().into()),
    Column::new("name", |exported| exported.row.name.as_str().into()),
    Column::new("status", |exported| exported.row.status.as_str().into()),
    Column::new("customer", |exported| exported.row.customer_id.as_str().into()),
    Column::new("customer name", |exported| exported.row.customer_name.as_deref().into()),
    Column::new("vendor", |exported| exported.row.vendor.as_deref().into()),
    Column::new("seats", |exported| exported.row.seats.into()),
    Column::new("renews by itself", |exported| exported.row.auto_renew.into()),
    Column::new("renewal", |exported| exported.row.renews_on.into()),
    Column::new("created", |exported| exported.row.created_on.into()),
    Column::new("term", |exported| exported.row.term.as_ref().into()),
    Column::new("billing period", |exported| exported.row.billing_period.as_ref().into()),
    Column::new("price", |exported| Cell::amount(exported.row.price)),
    Column::new("currency", |exported| Cell::currency(exported.row.price)),
    Column::of_costs("cost", |exported| Cell::amount(exported.cost)),
    Column::of_costs("cost currency", |exported| Cell::currency(exported.cost)),
    Column::of_costs("margin", |exported| Cell::amount(exported.margin().map(|margin| margin.amount))),
    Column::of_costs("margin percent", |exported| exported.margin().and_then(|margin| margin.percent).into()),
    Column::new("change under way", |exported| exported.row.change_under_way.into()),
    Column::new("as of", |exported| exported.row.as_of.into()),
];

impl Exported {
    fn margin(&self) -> Option<Margin> {
        Margin::of(self.row.price?, self.cost?)
    }
}

async fn read(pool: &PgPool, ids: &[String]) -> Result<Vec<Exported>> {
    let rows = sql::rows(pool, ids).await?;
    let mut costs = sql::costs(pool, ids).await?;
    Ok(rows.into_iter().map(|row| Exported { cost: costs.remove(&row.id), row }).collect())
}

/// Every subscription that the filter leaves, as the list shows them. Leaves an activity row.
pub async fn export(
    backend: &Backend,
    staff: &Staff,
    request: &ListRequest,
    filter: &SubscriptionFilter,
) -> Result<Export> {
    staff.require(Permission::Browse)?;
    let term = |term| match term {
        TermFilter::YearOrMore => "a year or more".to_owned(),
        TermFilter::Shorter => "less than a year".to_owned(),
    };
    let asked = asked([
        ("search", filter.search.clone()),
        ("status", filter.status.asked()),
        ("customer", filter.customer_id.clone()),
        ("vendor", filter.vendor.clone()),
        ("renews within days", filter.renews_within_days.map(|days| days.to_string())),
        ("renews by itself", filter.auto_renew.map(|on| if on { "yes" } else { "no" }).map(ToOwned::to_owned)),
        ("term", filter.term.map(term)),
        ("account manager", filter.managed_by.map(|staff_id| staff_id.to_string())),
    ]);
    LISTING.export(backend, staff, request, conditions(backend, filter).await?, asked).await
}
