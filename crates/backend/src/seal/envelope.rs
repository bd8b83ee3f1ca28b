//! `version (1) · key id (4) · nonce (12) · wrapped data key (48) · nonce (12) · ciphertext and tag`, both ChaCha20-Poly1305.

use super::key::SealingKey;
use super::{ENVELOPE, NotSealed, OpenError};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

const KEY_LEN: usize = 32;
const TAG_LEN: usize = 16;
const WRAPPED_LEN: usize = KEY_LEN + TAG_LEN;

/// Seals `secret` with a new data key and wraps that one.
pub(super) fn seal(key: &SealingKey, associated: &[u8], secret: &SecretString) -> Result<Vec<u8>, NotSealed> {
    let data_key = Zeroizing::new(random::<KEY_LEN>()?);
    let (wrap_nonce, wrapped) = closed(&key.wrapping, associated, &*data_key)?;
    let data_key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &*data_key).map_err(|_| NotSealed)?);
    let (nonce, text) = closed(&data_key, associated, secret.expose_secret().as_bytes())?;
    Ok([&key.header(ENVELOPE)[..], &wrap_nonce, &wrapped, &nonce, &text].concat())
}

/// Opens what follows the version and the key's id.
pub(super) fn open(key: &SealingKey, associated: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (wrap_nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(OpenError::Damaged)?;
    let (wrapped, rest) = rest.split_first_chunk::<WRAPPED_LEN>().ok_or(OpenError::Damaged)?;
    let (nonce, text) = rest.split_first_chunk::<NONCE_LEN>().ok_or(OpenError::Damaged)?;
    let data_key = opened(&key.wrapping, *wrap_nonce, associated, wrapped)?;
    let data_key = UnboundKey::new(&CHACHA20_POLY1305, &data_key).map_err(|_| OpenError::Damaged)?;
    opened(&LessSafeKey::new(data_key), *nonce, associated, text)
}

/// A text encrypted under a new nonce. It has room for its tag from the start, so that no copy of it in clear stays behind.
fn closed(key: &LessSafeKey, associated: &[u8], clear: &[u8]) -> Result<([u8; NONCE_LEN], Vec<u8>), NotSealed> {
    let nonce = random::<NONCE_LEN>()?;
    let mut text = Vec::with_capacity(clear.len() + TAG_LEN);
    text.extend_from_slice(clear);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(associated), &mut text)
        .map_err(|_| NotSealed)?;
    Ok((nonce, text))
}

/// A text in clear; its memory is wiped when it is let go.
pub(super) fn opened(
    key: &LessSafeKey,
    nonce: [u8; NONCE_LEN],
    associated: &[u8],
    text: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let mut text = Zeroizing::new(text.to_vec());
    let nonce = Nonce::assume_unique_for_key(nonce);
    let length = key.open_in_place(nonce, Aad::from(associated), &mut text).map_err(|_| OpenError::Damaged)?.len();
    text.truncate(length);
    Ok(text)
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], NotSealed> {
    let mut bytes = [0; LENGTH];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NotSealed)?;
    Ok(bytes)
}
