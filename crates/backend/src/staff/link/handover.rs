//! The link's token between the post that makes it and the page that shows it once.

use super::Link;
use crate::seal::Purpose;
use crate::staff::handover;
use crate::{Backend, Result};
use secrecy::SecretString;

/// The link's token as it may be stored until it is shown.
pub fn hand_over(backend: &Backend, link: &Link) -> Result<String> {
    handover::sealed(backend, Purpose::StaffLink, &[], &link.token)
}

/// The token that [`hand_over`] sealed; `None` where it was not sealed here.
pub fn handed_over(backend: &Backend, sealed: &str) -> Option<SecretString> {
    handover::opened(backend, Purpose::StaffLink, &[], sealed)
}
