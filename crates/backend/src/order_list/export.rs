//! The list of orders as a file: those of the marketplace, as the list has them.

use super::{LISTED, OrderFilter, OrderRow, conditions};
use crate::export::{Cell, Column, Export, Listing, asked};
use crate::list::ListRequest;
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::Permission;

static LISTING: Listing<OrderRow> = Listing { name: "orders", of: &LISTED, columns: COLUMNS };

const COLUMNS: &[Column<OrderRow>] = &[
    Column::new("id", |row| row.id.as_str().into()),
    Column::new("order number", |row| row.order_number.as_deref().into()),
    Column::new("type", |row| row.kind.as_str().into()),
    Column::new("status", |row| row.status.as_str().into()),
    Column::new("at renewal", |row| row.at_renewal.into()),
    Column::new("customer", |row| row.customer_id.as_str().into()),
    Column::new("customer name", |row| row.customer_name.as_deref().into()),
    Column::new("reseller", |row| row.reseller_name.as_deref().into()),
    Column::new("PO number", |row| row.po_number.as_deref().into()),
    Column::new("total", |row| Cell::amount(row.total)),
    Column::new("currency", |row| Cell::currency(row.total)),
    Column::new("created", |row| row.created_at.into()),
];

/// Every order of the marketplace that the filter leaves, as the list shows them. Leaves an activity row.
pub async fn export(backend: &Backend, staff: &Staff, request: &ListRequest, filter: &OrderFilter) -> Result<Export> {
    staff.require(Permission::Browse)?;
    let asked = asked([
        ("search", filter.search.clone()),
        ("status", filter.status.clone()),
        ("type", filter.kind.clone()),
        ("customer", filter.customer.clone()),
        ("account manager", filter.managed_by.map(|staff_id| staff_id.to_string())),
        ("reseller", filter.whose.asked()),
    ]);
    LISTING.export(backend, staff, request, conditions(backend, filter).await?, asked).await
}
