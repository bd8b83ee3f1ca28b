//! What the connection's page shows. Never the secrets.

use super::copy::{OpenIntent, Place};
use super::sql;
use super::stored::{Held, Stored};
use crate::seal::OpenError;
use crate::staff::Staff;
use crate::{Backend, Result};
use domain::Permission;
use time::OffsetDateTime;

/// The connection as it is now.
#[derive(Clone, Debug)]
pub struct Current {
    /// The one in use; `None` while there is none.
    pub in_use: Option<InUse>,
    /// Whether the environment has one, in use or not.
    pub environment: bool,
    /// Something has been read from a marketplace.
    pub copied: bool,
    /// The URL and code that the copy was read from, where they are not those in use.
    pub copied_from_another: Option<(String, String)>,
    /// Orders that stand in the way of forgetting the copy, at most twenty.
    pub open_intents: Vec<OpenIntent>,
}

/// A connection in use.
#[derive(Clone, Debug)]
pub struct InUse {
    /// Where it was set.
    pub source: Source,
    /// The marketplace's address.
    pub url: String,
    /// The marketplace's code.
    pub code: String,
    /// The API user.
    pub username: String,
    /// Why its secrets cannot be read, so that nothing can be asked.
    pub unreadable: Option<OpenError>,
}

/// Where a connection was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the environment of the server.
    Environment,
    /// In Settings.
    Settings {
        /// When.
        since: OffsetDateTime,
        /// The name of who did it.
        by: String,
        /// The end of the subscription key; empty for one that is too short for that.
        key_hint: String,
    },
}

/// The connection as it is now.
pub async fn current(backend: &Backend, staff: &Staff) -> Result<Current> {
    staff.require(Permission::ManageConnection)?;
    let mut db = backend.pool.acquire().await?;
    let environment = backend.connecting.environment.as_ref();
    let in_use = match sql::stored(&mut db).await? {
        Some(stored) => Some(InUse::stored(stored, backend)),
        None => environment.map(|environment| InUse::of(Held::environment(environment), Source::Environment)),
    };
    let copied = sql::anything_copied(&mut db).await?;
    let of = sql::place(&mut db).await?.filter(|of| {
        copied && in_use.as_ref().is_some_and(|it| !of.is(&Place { url: it.url.clone(), code: it.code.clone() }))
    });
    Ok(Current {
        in_use,
        environment: environment.is_some(),
        copied,
        copied_from_another: of.map(|of| (of.url, of.code)),
        open_intents: sql::open_intents(&mut db).await?,
    })
}

impl InUse {
    fn stored(stored: Stored, backend: &Backend) -> Self {
        let source = Source::Settings {
            since: stored.changed_at,
            by: stored.changed_by.clone(),
            key_hint: stored.key_hint.clone(),
        };
        Self::of(Held::stored(stored, backend.connecting.sealing_key.as_ref()), source)
    }

    fn of(held: Held, source: Source) -> Self {
        let Held { url, code, username, connection, .. } = held;
        Self { source, url, code, username, unreadable: connection.err() }
    }
}
