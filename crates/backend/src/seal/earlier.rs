//! `version (1) · key id (4) · nonce (12) · ciphertext and tag`: sealed with a key made from `SECRET_KEY` itself, and for a
//! purpose but for no row. Only read; whatever is stored now is an envelope.

use super::envelope::opened;
use super::key::SealingKey;
use super::{HEADER_LEN, OpenError, Purpose};
use ring::aead::NONCE_LEN;
use secrecy::zeroize::Zeroizing;

/// Opens what follows the version and the key's id.
pub(super) fn open(
    key: &SealingKey,
    header: [u8; HEADER_LEN],
    purpose: Purpose,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(OpenError::Damaged)?;
    let name = name(purpose).ok_or(OpenError::Damaged)?;
    let associated = [&header[..], name.as_bytes()].concat();
    opened(&key.earlier, *nonce, &associated, text)
}

/// What was sealed then; nothing else ever was.
fn name(purpose: Purpose) -> Option<&'static str> {
    match purpose {
        Purpose::MarketplacePassword => Some("marketplace password"),
        Purpose::MarketplaceKey => Some("marketplace subscription key"),
        Purpose::ConsoleDraft | Purpose::StaffLink | Purpose::FactorSeed | Purpose::RecoveryCodes => None,
    }
}
