//! Another `SECRET_KEY`: every stored secret is opened with the old one and sealed with the new one.

use super::sql::{self, Stored};
use super::{NotSealed, OpenError, SealingKey};
use crate::activity::{self, Actor, Entry};
use crate::{Backend, Error};
use serde_json::json;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// Secrets that were sealed anew.
    pub resealed: usize,
    /// Secrets that the new key opened already.
    pub kept: usize,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// There is no new key.
    #[error(
        "SECRET_KEY and OLD_SECRET_KEY are the same: put a new key into SECRET_KEY and the one of before into OLD_SECRET_KEY"
    )]
    SameKey,
    /// Neither key opens it.
    #[error(
        "nothing was changed, because {column} opens neither with OLD_SECRET_KEY nor with SECRET_KEY ({why}): run it again with \
         the key that it was sealed with, or forget the connection in Settings and type its password and key again"
    )]
    Unreadable {
        /// Where it is.
        column: &'static str,
        /// Why the old key does not open it.
        why: OpenError,
    },
    /// This machine cannot seal.
    #[error(transparent)]
    NotSealed(#[from] NotSealed),
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Seals all stored secrets with `new`, in one transaction: all of them or none. Whatever opens with `new` is left as it is,
/// so that it can be run again. Leaves `secrets.rotated` in the activity, unless there was nothing to do.
pub async fn rotate(backend: &Backend, old: &SealingKey, new: &SealingKey) -> Result<Rotated, RotateError> {
    if old.id == new.id {
        return Err(RotateError::SameKey);
    }
    let mut db = backend.pool.begin().await.map_err(Error::from)?;
    let mut rotated = Rotated { resealed: 0, kept: 0 };
    for stored in sql::locked(&mut db).await? {
        match resealed(&stored, old, new)? {
            Some(sealed) => {
                sql::reseal(&mut db, &stored, &sealed).await?;
                rotated.resealed += 1;
            }
            None => rotated.kept += 1,
        }
    }
    if rotated.resealed > 0 {
        let after = json!({ "resealed": rotated.resealed, "kept": rotated.kept });
        let entry = Entry { after: Some(after), ..Entry::new("secrets.rotated", "connection", "") };
        activity::record(&mut db, backend.clock.now(), Actor::Part("server secrets rotate"), entry).await?;
    }
    db.commit().await.map_err(Error::from)?;
    Ok(rotated)
}

/// `None` where it is sealed with `new` already.
fn resealed(stored: &Stored, old: &SealingKey, new: &SealingKey) -> Result<Option<Vec<u8>>, RotateError> {
    let Stored { purpose, row, sealed } = stored;
    let row: Vec<&str> = row.iter().map(String::as_str).collect();
    if new.open(*purpose, &row, sealed).is_ok() {
        return Ok(None);
    }
    let opened = old.open(*purpose, &row, sealed);
    let secret = opened.map_err(|why| RotateError::Unreadable { column: purpose.column(), why })?;
    Ok(Some(new.seal(*purpose, &row, &secret)?))
}
