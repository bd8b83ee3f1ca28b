//! Loaders: permission first, then the service.

use crate::context::{backend, require, surface};
use crate::error::AppError;
use crate::ui::list_request;
use crate::url::Query;
use backend::catalogue::{self, Choices, Plan, PlanDetail, Product, ProductFilter};
use backend::list::Page;
use domain::Permission;
use time::OffsetDateTime;

/// The list of products, as far as the person may see it.
pub(super) struct Products {
    /// Without costs unless `sees_costs`.
    pub(super) page: Page<Product>,
    /// What the filter offers.
    pub(super) choices: Choices,
    /// The person may see costs and margins.
    pub(super) sees_costs: bool,
    /// The person may order.
    pub(super) may_order: bool,
}

/// The page of products that the query asks for.
pub(super) async fn products(query: Query) -> Result<Products, AppError> {
    let role = require(Permission::Browse)?.role.permissions();
    let backend = backend();
    let choices = catalogue::choices(&backend).await.map_err(surface)?;
    let (request, filter) = (list_request(&query), filter(&query));
    let mut page = catalogue::products(&backend, &request, &filter).await.map_err(surface)?;
    let sees_costs = role.may(Permission::ViewCosts);
    if !sees_costs {
        page.rows = page.rows.into_iter().map(Product::without_costs).collect();
    }
    Ok(Products { page, choices, sees_costs, may_order: role.may(Permission::PlaceOrders) })
}

/// What the query asks for.
pub(crate) fn filter(query: &Query) -> ProductFilter {
    let field = |name| query.get(name).map(ToOwned::to_owned);
    ProductFilter {
        search: field("search"),
        vendor: field("vendor"),
        term: field("term"),
        billing_period: field("billing"),
    }
}

/// The page of plans that the query asks for, and when the oldest of all plans was read.
pub(super) async fn plans(query: Query) -> Result<(Page<Plan>, Option<OffsetDateTime>), AppError> {
    require(Permission::Browse)?;
    let backend = backend();
    let page = catalogue::plans(&backend, &list_request(&query), query.get("search")).await.map_err(surface)?;
    Ok((page, catalogue::plans_as_of(&backend).await.map_err(surface)?))
}

/// One plan.
pub(super) async fn plan(id: String) -> Result<PlanDetail, AppError> {
    require(Permission::Browse)?;
    catalogue::plan(&backend(), &id).await.map_err(surface)
}
