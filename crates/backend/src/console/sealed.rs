//! A change that waits to be confirmed, sealed: it can hold passwords.

use super::typed::Typed;
use crate::seal::Purpose;
use crate::{Backend, Error, Result};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// What was typed, for the draft of that person only.
pub(super) fn sealed(backend: &Backend, draft: Uuid, staff: Uuid, typed: &Typed) -> Result<Vec<u8>> {
    let Typed { method, path, body } = typed;
    let text = SecretString::from(serde_json::to_string(&(method, path, body))?);
    let key = backend.connecting.sealing_key.as_ref();
    let key =
        key.ok_or_else(|| Error::Conflict("This server has no SECRET_KEY, so it can keep no change.".to_owned()))?;
    let [draft, staff] = [draft, staff].map(|id| id.to_string());
    key.seal(Purpose::ConsoleDraft, &[&draft, &staff], &text).map_err(|error| Error::Stored(error.to_string()))
}

/// What [`sealed`] sealed.
pub(super) fn opened(backend: &Backend, draft: Uuid, staff: Uuid, sealed: &[u8]) -> Result<Typed> {
    let [draft, staff] = [draft, staff].map(|id| id.to_string());
    let key = backend.connecting.sealing_key.as_ref();
    let opened = key.and_then(|key| key.open(Purpose::ConsoleDraft, &[&draft, &staff], sealed).ok());
    let text = opened.ok_or_else(|| {
        Error::Conflict("This change cannot be read any more, and it was not sent. Enter it again.".to_owned())
    })?;
    let (method, path, body) = serde_json::from_str(text.expose_secret())?;
    Ok(Typed { method, path, body })
}
