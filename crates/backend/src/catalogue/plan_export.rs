//! The list of plans as a file.

use super::plans::{LISTED, conditions};
use super::{Plan, PlanTerm};
use crate::export::{Column, Export, Listing, asked};
use crate::list::ListRequest;
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::Permission;

static LISTING: Listing<Plan> = Listing { name: "plans", of: &LISTED, columns: COLUMNS };

const COLUMNS: &[Column<Plan>] = &[
    Column::new("id", |plan| plan.id.as_str().into()),
    Column::new("name", |plan| plan.name.as_str().into()),
    Column::new("short description", |plan| plan.short_description.as_deref().into()),
    Column::new("terms", |plan| plan.terms.iter().map(term).collect::<Vec<_>>().join("; ").into()),
    Column::new("billing model", |plan| plan.billing_model.as_ref().map(ToString::to_string).into()),
    Column::new("billing period", |plan| plan.billing_period.as_ref().into()),
    Column::new("on sale", |plan| plan.published.into()),
    Column::new("as of", |plan| plan.as_of.into()),
];

/// `1 month, trial`, `3 year, no longer sold`
fn term(term: &PlanTerm) -> String {
    let trial = if term.trial { ", trial" } else { "" };
    let sold = if term.on_sale { "" } else { ", no longer sold" };
    format!("{} {}{trial}{sold}", term.period.length, term.period.unit)
}

/// Every plan whose name, short description or id contains `search`, as the list shows them. Leaves an activity row.
pub async fn export_plans(
    backend: &Backend,
    staff: &Staff,
    request: &ListRequest,
    search: Option<&str>,
) -> Result<Export> {
    staff.require(Permission::Browse)?;
    let asked = asked([("search", search.map(ToOwned::to_owned))]);
    LISTING.export(backend, staff, request, conditions(search), asked).await
}
