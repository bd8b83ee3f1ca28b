//! The list of customers as a file.

use super::{CustomerFilter, CustomerRow, LISTED};
use crate::export::{Column, Export, Listing, asked};
use crate::list::ListRequest;
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::Permission;

static LISTING: Listing<CustomerRow> = Listing { name: "customers", of: &LISTED, columns: COLUMNS };

const COLUMNS: &[Column<CustomerRow>] = &[
    Column::new("id", |row| row.id.as_str().into()),
    Column::new("name", |row| row.name.as_str().into()),
    Column::new("status", |row| row.status.as_str().into()),
    Column::new("external id", |row| row.external_id.as_deref().into()),
    Column::new("city", |row| row.city.as_deref().into()),
    Column::new("country", |row| row.country_code.as_deref().into()),
    Column::new("account managers", |row| row.managers.join("; ").into()),
    Column::new("active subscriptions", |row| row.active_subscriptions.into()),
    Column::new("reseller", |row| row.reseller_name.as_deref().into()),
    Column::new("as of", |row| row.as_of.into()),
];

/// Every customer that the filter leaves, as the list shows them. Leaves an activity row.
pub async fn export(
    backend: &Backend,
    staff: &Staff,
    request: &ListRequest,
    filter: &CustomerFilter,
) -> Result<Export> {
    staff.require(Permission::Browse)?;
    let asked = asked([
        ("search", filter.search.clone()),
        ("status", filter.status.clone()),
        ("account manager", filter.managed_by.map(|staff_id| staff_id.to_string())),
        ("reseller", filter.whose.asked()),
    ]);
    LISTING.export(backend, staff, request, filter.conditions(), asked).await
}
