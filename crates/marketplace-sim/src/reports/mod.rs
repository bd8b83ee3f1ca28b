//! Report files: what is in them, how they are written, and the other origin they are downloaded from.

mod charges;
mod download;
mod formats;
mod signature;
mod table;
mod tables;

pub(crate) use download::{download_url, files_router};

use time::Duration;

/// How long a report and its signed URL live.
pub(crate) const KEPT_FOR: Duration = Duration::days(90);
