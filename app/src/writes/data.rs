//! Loaders: permission first, then the service.

use crate::context::{backend, require, surface};
use crate::error::AppError;
use crate::mine;
use crate::url::Query;
use backend::writes::{self, OpenWrite};
use domain::Permission;

/// Those about one thing.
pub(super) async fn of_subject(kind: &'static str, id: String) -> Result<Vec<OpenWrite>, AppError> {
    require(Permission::Browse)?;
    writes::of_subject(&backend(), kind, &id).await.map_err(surface)
}

/// Those about things of one kind.
pub(super) async fn of_kind(kind: &'static str) -> Result<Vec<OpenWrite>, AppError> {
    require(Permission::Browse)?;
    writes::of_kind(&backend(), kind).await.map_err(surface)
}

/// All of them, or one's own and those about one's own customers.
pub(super) async fn all(query: Query) -> Result<Vec<OpenWrite>, AppError> {
    let staff = require(Permission::Browse)?;
    writes::open(&backend(), mine::managed_by(&query, &staff)).await.map_err(surface)
}
