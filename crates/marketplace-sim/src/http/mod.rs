//! What handlers share: reading queries, bodies and ids, and cutting lists into pages.

mod body;
mod ids;
mod paging;
mod query;

pub(crate) use body::JsonBody;
pub(crate) use ids::number;
pub(crate) use paging::{Window, page};
pub(crate) use query::Params;
