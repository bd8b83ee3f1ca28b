//! Pages of lists.

use super::field::{Field, Wire};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One page of a list.
///
/// `data` is the one part that must be there: a list that lost it is not an empty list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub struct Page<T> {
    /// The rows.
    pub data: Vec<T>,
    /// Where in the list the page is.
    #[serde(default, deserialize_with = "Field::read", skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}

impl<T> Page<T> {
    /// The page of `limit` rows from `offset`, of `total` rows in all.
    pub fn new(data: Vec<T>, offset: u64, limit: u64, total: u64) -> Self {
        Self { data, pagination: Some(Pagination { offset, limit, total }) }
    }

    /// Rows in the whole list, where the marketplace says so.
    pub fn total(&self) -> Option<u64> {
        self.pagination.map(|pagination| pagination.total)
    }
}

/// Where in a list a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pagination {
    /// Rows before the page.
    #[serde(default)]
    pub offset: u64,
    /// Rows asked for.
    #[serde(default)]
    pub limit: u64,
    /// Rows in the whole list.
    pub total: u64,
}

/// Without a total that makes sense it says nothing; an unread row is worse than an unknown total.
impl Wire for Pagination {
    fn from_json(value: Value) -> Result<Option<Self>, serde_json::Error> {
        let count = |name: &str| {
            let number = value.get(name).filter(|number| !number.is_null()).cloned();
            let number = number.and_then(|number| i64::from_json(number).ok().flatten())?;
            u64::try_from(number).ok()
        };
        let at = |total| Self { offset: count("offset").unwrap_or(0), limit: count("limit").unwrap_or(0), total };
        Ok(count("total").map(at))
    }
}
