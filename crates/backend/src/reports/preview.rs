//! A look into a report without downloading it.

use super::contents::{open, record_preview};
use super::table::{self, Preview};
use crate::staff::Staff;
use crate::{Backend, Error, Result};
use domain::Permission;
use futures::TryStreamExt;
use marketplace::Download;
use std::time::Duration;

/// How much of a file is read for a preview.
const READ_AT_MOST: usize = 1024 * 1024;

/// A page waits no longer than this for a report's file.
const WAIT_AT_MOST: Duration = Duration::from_secs(10);

/// The page numbered `page`, from 0, of a completed report's rows, for a person who may see costs; `None` unless its
/// format is CSV. Reads no more than the file's first MiB. Leaves an activity row, at most one a day.
pub async fn preview(backend: &Backend, staff: &Staff, id: &str, page: usize) -> Result<Option<Preview>> {
    staff.require(Permission::ViewCosts)?;
    if super::get(backend, id).await?.format != "csv" {
        return Ok(None);
    }
    let reading = async {
        let (_, file) = open(backend, id).await?;
        beginning(file).await
    };
    let (bytes, cut) = tokio::time::timeout(WAIT_AT_MOST, reading).await.map_err(|_| too_slow())??;
    record_preview(backend, staff, id).await?;
    Ok(Some(table::read(&bytes, page, cut)))
}

/// The first bytes, and whether there are more.
async fn beginning(mut file: Download) -> Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    while let Some(chunk) = file.content.try_next().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > READ_AT_MOST {
            bytes.truncate(READ_AT_MOST);
            return Ok((bytes, true));
        }
    }
    Ok((bytes, false))
}

fn too_slow() -> Error {
    Error::Conflict("The report's file did not arrive in time. Try again, or download it.".to_owned())
}
