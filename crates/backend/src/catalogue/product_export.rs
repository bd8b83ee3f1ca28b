//! The list of products as a file.

use super::products::LISTED;
use super::{Product, ProductFilter, Tier};
use crate::export::{Cell, Column, Export, Listing, asked};
use crate::list::ListRequest;
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::Permission;

static LISTING: Listing<Product> = Listing { name: "products", of: &LISTED, columns: COLUMNS };

/// Prices and costs are per seat and billing period.
const COLUMNS: &[Column<Product>] = &[
    Column::new("id", |product| product.id.as_deref().into()),
    Column::new("mpn", |product| product.mpn.as_deref().into()),
    Column::new("vendor", |product| product.vendor.as_str().into()),
    Column::new("name", |product| product.name.as_str().into()),
    Column::new("term", |product| product.term.as_ref().into()),
    Column::new("billing period", |product| product.billing_period.as_ref().into()),
    Column::new("minimum seats", |product| product.limits.minimum.into()),
    Column::new("maximum seats", |product| product.limits.maximum.into()),
    Column::new("billing model", |product| product.billing_model.as_ref().map(ToString::to_string).into()),
    Column::new("price", |product| Cell::amount(product.price)),
    Column::new("currency", |product| Cell::currency(product.price)),
    Column::new("price by quantity", |product| by_quantity(&product.price_tiers)),
    Column::new("setup price", |product| Cell::amount(product.setup_price)),
    Column::new("setup currency", |product| Cell::currency(product.setup_price)),
    Column::of_costs("cost", |product| Cell::amount(product.cost)),
    Column::of_costs("cost currency", |product| Cell::currency(product.cost)),
    Column::of_costs("cost by quantity", |product| by_quantity(&product.cost_tiers)),
    Column::of_costs("margin", |product| Cell::amount(product.margin().map(|margin| margin.amount))),
    Column::of_costs("margin percent", |product| product.margin().and_then(|margin| margin.percent).into()),
    Column::new("as of", |product| product.as_of.into()),
];

/// `10.00 from 1; 9.00 from 50`
fn by_quantity(tiers: &[Tier]) -> Cell {
    let tiers = tiers.iter().map(|tier| format!("{} from {}", tier.price.amount, tier.from.normalize()));
    Some(tiers.collect::<Vec<_>>().join("; ")).filter(|tiers| !tiers.is_empty()).into()
}

/// Every product that the filter leaves, as the list shows them. Leaves an activity row.
pub async fn export_products(
    backend: &Backend,
    staff: &Staff,
    request: &ListRequest,
    filter: &ProductFilter,
) -> Result<Export> {
    staff.require(Permission::Browse)?;
    let asked = asked([
        ("search", filter.search.clone()),
        ("vendor", filter.vendor.clone()),
        ("term", filter.term.clone()),
        ("billing period", filter.billing_period.clone()),
    ]);
    LISTING.export(backend, staff, request, filter.conditions(), asked).await
}
