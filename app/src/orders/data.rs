//! Loaders: permission first, then the service.

use crate::context::{backend, require, surface};
use crate::error::AppError;
use crate::ui::list_request;
use crate::url::Query;
use ::backend::list::Page;
use ::backend::order_list::{self, OpenOrder, OrderFilter, OrderRow};
use domain::Permission;
use time::OffsetDateTime;

/// What the page of orders shows.
pub(super) struct Orders {
    /// Those of the marketplace that the query asks for.
    pub(super) page: Page<OrderRow>,
    /// Those placed here that are not finished, or failed lately.
    pub(super) open: Vec<OpenOrder>,
    /// How old the list is.
    pub(super) as_of: Option<OffsetDateTime>,
    /// Whether the person may place orders.
    pub(super) may_order: bool,
}

/// The page of orders that the query asks for.
pub(super) async fn list(query: Query) -> Result<Orders, AppError> {
    let staff = require(Permission::Browse)?;
    let text = |name| query.get(name).map(ToOwned::to_owned);
    let filter =
        OrderFilter { search: text("search"), status: text("status"), kind: text("type"), customer: text("customer") };
    let backend = backend();
    let page = order_list::page(&backend, &list_request(&query), &filter).await.map_err(surface)?;
    let open = order_list::open(&backend).await.map_err(surface)?;
    let as_of = order_list::as_of(&backend).await.map_err(surface)?;
    Ok(Orders { page, open, as_of, may_order: staff.role.may(Permission::PlaceOrders) })
}
