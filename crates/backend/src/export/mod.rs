//! What people take away as files: tables of comma-separated cells, read and written batch after batch, each when the
//! one before it has left. No file is ever held whole, and no connection is kept while somebody's line is slow.

mod cell;
mod column;
mod lines;
mod listing;
#[cfg(test)]
mod tests;

pub(crate) use cell::Cell;
pub(crate) use column::Column;
pub(crate) use lines::{head, lines};
pub(crate) use listing::{Listing, asked};

use crate::Result;
use bytes::Bytes;
use futures::stream::BoxStream;
use std::fmt;

/// A file of comma-separated rows on its way to a person.
pub struct Export {
    /// What it is called.
    pub name: String,
    /// What is in it, in the order of its rows. Ends with an error where not all of it could be read.
    pub content: BoxStream<'static, Result<Bytes>>,
}

/// Says nothing of the content.
impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export").field("name", &self.name).finish_non_exhaustive()
    }
}
