//! Between the post that makes a link and the page that shows it once, its token lies in the session: sealed, so that nobody
//! opens anything with what they read in a dump.

use super::Link;
use crate::staff::token;
use crate::{Backend, Error, Result, seal};
use secrecy::SecretString;

/// The link's token as it may be stored until it is shown.
pub fn hand_over(backend: &Backend, link: &Link) -> Result<String> {
    let key = backend.connecting.sealing_key.as_ref();
    let key = key.ok_or_else(|| Error::Conflict("SECRET_KEY is not set, so no link can be shown here.".to_owned()))?;
    let sealed =
        key.seal(seal::Purpose::StaffLink, &[], &link.token).map_err(|error| Error::Stored(error.to_string()))?;
    Ok(token::hex(&sealed))
}

/// The token that [`hand_over`] sealed; `None` where it was not sealed here.
pub fn handed_over(backend: &Backend, sealed: &str) -> Option<SecretString> {
    let bytes = (0..sealed.len() / 2).map(|index| u8::from_str_radix(sealed.get(index * 2..index * 2 + 2)?, 16).ok());
    let bytes = bytes.collect::<Option<Vec<u8>>>()?;
    backend.connecting.sealing_key.as_ref()?.open(seal::Purpose::StaffLink, &[], &bytes).ok()
}
