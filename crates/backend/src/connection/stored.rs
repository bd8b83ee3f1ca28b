//! The connection that holds: the stored one or, where none is stored, the environment's.

use super::sql;
use crate::seal::{OpenError, Purpose, SealingKey};
use crate::{Backend, Result};
use marketplace::Connection;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Which connection it is. No two connections that were ever stored have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// The environment's.
    Environment,
    /// A stored one.
    Stored(i64),
}

impl Version {
    /// From the version of the stored connection, if there is one.
    pub(super) fn of(stored: Option<i64>) -> Self {
        stored.map_or(Self::Environment, Self::Stored)
    }
}

/// The connection as it is stored.
pub(super) struct Stored {
    pub(super) url: String,
    pub(super) code: String,
    pub(super) username: String,
    pub(super) sealed_password: Vec<u8>,
    pub(super) sealed_key: Vec<u8>,
    pub(super) key_hint: String,
    pub(super) version: i64,
    pub(super) changed_at: OffsetDateTime,
    /// The name of who stored it.
    pub(super) changed_by: String,
}

impl Stored {
    /// With its secrets.
    pub(super) fn open(&self, key: Option<&SealingKey>) -> Result<Connection, OpenError> {
        let key = key.ok_or(OpenError::OtherKey)?;
        let row = [&*self.url, &*self.code, &*self.username];
        Ok(Connection {
            base_url: self.url.clone(),
            marketplace: self.code.clone(),
            username: self.username.clone(),
            password: key.open(Purpose::MarketplacePassword, &row, &self.sealed_password)?,
            subscription_key: key.open(Purpose::MarketplaceKey, &row, &self.sealed_key)?,
        })
    }
}

/// The connection that holds.
pub(super) struct Held {
    pub(super) version: Version,
    pub(super) url: String,
    pub(super) code: String,
    pub(super) username: String,
    /// With its secrets, or why they cannot be read.
    pub(super) connection: Result<Connection, OpenError>,
}

impl Held {
    /// The connection that holds now; `None` where there is none at all.
    pub(super) async fn read(backend: &Backend) -> Result<Option<Self>> {
        Self::read_in(backend, &mut *backend.pool.acquire().await?).await
    }

    /// The same, as the transaction sees it.
    pub(super) async fn read_in(backend: &Backend, db: &mut PgConnection) -> Result<Option<Self>> {
        Ok(match sql::stored(db).await? {
            Some(stored) => Some(Self::stored(stored, backend.connecting.sealing_key.as_ref())),
            None => backend.connecting.environment.as_ref().map(Self::environment),
        })
    }

    /// The stored one.
    pub(super) fn stored(stored: Stored, key: Option<&SealingKey>) -> Self {
        let connection = stored.open(key);
        let Stored { url, code, username, version, .. } = stored;
        Self { version: Version::Stored(version), url, code, username, connection }
    }

    /// The environment's.
    pub(super) fn environment(connection: &Connection) -> Self {
        Self {
            version: Version::Environment,
            // One that cannot be read was refused when the server started.
            url: connection.address().unwrap_or_default(),
            code: connection.marketplace.trim().to_owned(),
            username: connection.username.clone(),
            connection: Ok(connection.clone()),
        }
    }
}
