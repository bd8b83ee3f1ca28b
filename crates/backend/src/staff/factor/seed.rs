//! Seeds at rest: sealed for the person they belong to.

use crate::seal::Purpose;
use crate::{Backend, Error, Result};
use secrecy::SecretString;
use uuid::Uuid;

/// As it is stored.
pub(super) fn sealed(backend: &Backend, staff_id: Uuid, seed: &SecretString) -> Result<Vec<u8>> {
    let key = backend.connecting.sealing_key.as_ref();
    let key = key
        .ok_or_else(|| Error::Conflict("This server has no SECRET_KEY, so it can keep no second factor.".to_owned()))?;
    let row = staff_id.to_string();
    key.seal(Purpose::FactorSeed, &[&row], seed).map_err(|error| Error::Stored(error.to_string()))
}

/// What [`sealed`] sealed; `None`, which is logged, where it cannot be opened. Recovery codes still work then.
pub(super) fn opened(backend: &Backend, staff_id: Uuid, sealed: &[u8]) -> Option<SecretString> {
    let row = staff_id.to_string();
    let opened = backend.connecting.sealing_key.as_ref()?.open(Purpose::FactorSeed, &[&row], sealed);
    opened.inspect_err(|error| tracing::error!(%error, %staff_id, "a second factor cannot be read")).ok()
}
