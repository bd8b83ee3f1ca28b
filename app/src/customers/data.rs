//! Loaders: permission first, then the service.

use crate::context::{backend, require, surface};
use crate::error::AppError;
use crate::ui::list_request;
use crate::url::Query;
use backend::customers::{self, Customer, CustomerFilter, CustomerRow};
use backend::list::Page;
use domain::Permission;

/// The page of customers that the query asks for.
pub(super) async fn list(query: Query) -> Result<Page<CustomerRow>, AppError> {
    require(Permission::Browse)?;
    let filter = CustomerFilter {
        search: query.get("search").map(ToOwned::to_owned),
        status: query.get("status").map(ToOwned::to_owned),
    };
    customers::page(&backend(), &list_request(&query), &filter).await.map_err(surface)
}

/// One customer.
pub(super) async fn get(id: String) -> Result<Customer, AppError> {
    require(Permission::Browse)?;
    customers::get(&backend(), &id).await.map_err(surface)
}
