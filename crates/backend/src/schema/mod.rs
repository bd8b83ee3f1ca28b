//! The database's schema and who may do what with it. One role owns it and migrates; another, with fewer rights, can serve,
//! so that what serves cannot change the activity.

mod sql;
#[cfg(test)]
mod tests;

use crate::{Error, MIGRATOR, Result};
use sqlx::migrate::{Migrate, MigrateError};
use sqlx::{PgConnection, PgPool};

/// Why the schema is not as it must be.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// Something is to be done that the role may not do.
    #[error(
        "the database lacks {0} migration(s), and this role may not apply them: run `server migrate --grant-to ROLE` with \
         the database's owner first, ROLE being this one"
    )]
    NotMigrated(usize),
    /// The migrations themselves fail, or are not those of this version.
    #[error(transparent)]
    Migration(#[from] MigrateError),
    /// The role cannot be the one that serves.
    #[error("{0}")]
    Role(String),
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Applies what is missing, if anything is; changes nothing, and needs no right to, where all is applied.
pub async fn ensure(pool: &PgPool) -> Result<(), SchemaError> {
    let mut db = pool.acquire().await.map_err(Error::from)?;
    match missing(&mut db).await? {
        0 => Ok(()),
        count if !sql::may_create(&mut db).await? => Err(SchemaError::NotMigrated(count)),
        _ => Ok(MIGRATOR.run(pool).await?),
    }
}

/// Lets the role do all that serving needs and nothing else: of the activity it may read and add rows, of the chain only
/// read.
pub async fn grant_to(pool: &PgPool, role: &str) -> Result<(), SchemaError> {
    let mut db = pool.begin().await.map_err(Error::from)?;
    let Some(found) = sql::role(&mut db, role).await? else {
        return Err(SchemaError::Role(format!("there is no role {role}: create it first, with `create role … login`")));
    };
    if let Some(power) = found.power {
        return Err(SchemaError::Role(format!("{role} {power}: no grant takes that from it; serve with another role")));
    }
    sql::grant(&mut db, &found.quoted).await?;
    if sql::may_change_activity(&mut db, role).await? {
        let way = "through another role or through `public`; take that away first";
        return Err(SchemaError::Role(format!("{role} may change the activity {way}")));
    }
    db.commit().await.map_err(Error::from)?;
    Ok(())
}

/// How many of the migrations are not applied. Fails where others are than those of this version.
async fn missing(db: &mut PgConnection) -> Result<usize, SchemaError> {
    if !sql::has_migrations(&mut *db).await? {
        return Ok(MIGRATOR.iter().count());
    }
    if let Some(version) = db.dirty_version(&MIGRATOR.table_name).await? {
        return Err(MigrateError::Dirty(version).into());
    }
    let applied = db.list_applied_migrations(&MIGRATOR.table_name).await?;
    for done in &applied {
        match MIGRATOR.iter().find(|migration| migration.version == done.version) {
            None => return Err(MigrateError::VersionMissing(done.version).into()),
            Some(migration) if migration.checksum != done.checksum => {
                return Err(MigrateError::VersionMismatch(done.version).into());
            }
            Some(_) => {}
        }
    }
    Ok(MIGRATOR.iter().count().saturating_sub(applied.len()))
}
