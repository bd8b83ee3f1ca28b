//! Lists, page by page.

use super::Client;
use super::call::Call;
use super::error::Error;
use crate::models::Page;
use futures::Stream;
use futures::stream::try_unfold;
use serde::de::DeserializeOwned;

/// The largest page that is known to work.
pub const PAGE_SIZE: u64 = 500;

/// A list of the marketplace, with its filter.
pub trait Listing: Send + Sync {
    /// What it lists.
    type Row: DeserializeOwned + Send;
    /// Its name in logs and errors.
    const OPERATION: &'static str;

    /// The segments of its path, without the base.
    fn path(&self) -> Vec<&str>;

    /// Its query parameters, without those of the page.
    fn query(&self) -> Vec<(&'static str, String)>;
}

impl Client {
    /// One page of at most `limit` rows (1 to [`PAGE_SIZE`]) after the first `offset`.
    pub async fn page<L: Listing>(&self, list: &L, offset: u64, limit: u64) -> Result<Page<L::Row>, Error> {
        let limit = limit.clamp(1, PAGE_SIZE);
        let call = Call::get(L::OPERATION, &list.path())
            .with_query(list.query())
            .with_query([("offset", offset.to_string()), ("limit", limit.to_string())]);
        Ok(self.request(call).await?.value)
    }

    /// The whole list, in pages of [`PAGE_SIZE`].
    pub fn pages<L: Listing>(&self, list: L) -> impl Stream<Item = Result<Page<L::Row>, Error>> + Send {
        self.pages_from(list, 0)
    }

    /// The list after its first `offset` rows, to go on where an earlier walk stopped.
    ///
    /// Lists are newest first, so rows that are added during the walk make others appear twice; none is missed.
    pub fn pages_from<L: Listing>(
        &self,
        list: L,
        offset: u64,
    ) -> impl Stream<Item = Result<Page<L::Row>, Error>> + Send {
        let client = self.clone();
        try_unfold((client, list, Some(offset)), async |(client, list, offset)| {
            let Some(offset) = offset else { return Ok(None) };
            let page = client.page(&list, offset, PAGE_SIZE).await?;
            let next = next(&page, offset);
            Ok(Some((page, (client, list, next))))
        })
    }
}

/// Where the page after this one begins. The marketplace may give fewer rows than asked for, so what counts is how many
/// came; an empty page ends every list.
fn next<T>(page: &Page<T>, offset: u64) -> Option<u64> {
    let rows = u64::try_from(page.data.len()).unwrap_or(u64::MAX);
    let next = offset.saturating_add(rows);
    (rows > 0 && page.total().is_none_or(|total| next < total)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_at_its_total_or_with_an_empty_page() {
        assert_eq!(next(&Page::new(vec![(); 500], 0, 500, 1001), 0), Some(500));
        assert_eq!(next(&Page::new(vec![(); 1], 1000, 500, 1001), 1000), None);
        assert_eq!(next(&Page::new(vec![(); 0], 2000, 500, 3000), 2000), None);
        assert_eq!(next(&Page { data: vec![(); 3], pagination: None }, 0), Some(3));
    }
}
