//! What is shown once lies in the session between the post that makes it and the page that shows it: sealed, so that nobody
//! opens anything with what they read in a dump.

use super::token;
use crate::seal::Purpose;
use crate::{Backend, Error, Result};
use secrecy::SecretString;

/// The secret as it may be stored until it is shown.
pub(super) fn sealed(backend: &Backend, purpose: Purpose, row: &[&str], secret: &SecretString) -> Result<String> {
    let key = backend.connecting.sealing_key.as_ref();
    let key = key.ok_or_else(|| Error::Conflict("SECRET_KEY is not set, so this cannot be shown here.".to_owned()))?;
    let sealed = key.seal(purpose, row, secret).map_err(|error| Error::Stored(error.to_string()))?;
    Ok(token::hex(&sealed))
}

/// What [`sealed`] sealed for the same purpose and row; `None` where it was not sealed here.
pub(super) fn opened(backend: &Backend, purpose: Purpose, row: &[&str], sealed: &str) -> Option<SecretString> {
    let bytes = (0..sealed.len() / 2).map(|index| u8::from_str_radix(sealed.get(index * 2..index * 2 + 2)?, 16).ok());
    let bytes = bytes.collect::<Option<Vec<u8>>>()?;
    backend.connecting.sealing_key.as_ref()?.open(purpose, row, &bytes).ok()
}
