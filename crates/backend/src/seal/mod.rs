//! Secrets at rest: sealed with a key that only the server's environment holds, so that a stolen database is worth
//! nothing without it.
//!
//! A sealed secret is `version (1 byte) · key id (4) · nonce (12) · ciphertext and tag`, ChaCha20-Poly1305. Version, key
//! id and purpose are authenticated with it: what was sealed for one purpose does not open for another. The key id
//! tells, without trying, which key a secret was sealed with, so that keys can be rotated one day.

#[cfg(test)]
mod tests;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::str::FromStr;

/// The key that secrets are sealed with, made from `SECRET_KEY`.
pub struct SealingKey {
    id: [u8; ID_LEN],
    key: LessSafeKey,
}

/// What a secret is for. What is sealed for one purpose cannot be passed off as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The password of the marketplace's API user.
    MarketplacePassword,
    /// The subscription key of the marketplace's gateway.
    MarketplaceKey,
    /// A one-time link, between being made and being shown.
    StaffLink,
}

/// Why a text is no key. Never quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// Too short or too long.
    #[error("it has {0} characters and needs 64 hexadecimal digits, as `openssl rand -hex 32` prints")]
    Length(usize),
    /// Something else than digits and the letters a to f.
    #[error("character {0} is no hexadecimal digit; it needs 64 of them, as `openssl rand -hex 32` prints")]
    NotHexadecimal(usize),
}

/// A secret could not be sealed: this machine gives no random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this machine gives no random numbers")]
pub struct NotSealed;

/// Why a sealed secret does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It was sealed with another key.
    #[error("it was sealed with another SECRET_KEY")]
    OtherKey,
    /// It was changed, cut off, or sealed for another purpose or by a later version.
    #[error("what is stored is damaged")]
    Damaged,
}

const VERSION: u8 = 1;
const ID_LEN: usize = 4;
const HEADER_LEN: usize = 1 + ID_LEN;

impl SealingKey {
    /// Seals `secret` for `purpose`; twice the same secret is sealed differently.
    pub fn seal(&self, purpose: Purpose, secret: &SecretString) -> Result<Vec<u8>, NotSealed> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| NotSealed)?;
        let mut text = secret.expose_secret().as_bytes().to_vec();
        let header = self.header();
        let aad = Aad::from(associated(header, purpose));
        let key = &self.key;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut text).map_err(|_| NotSealed)?;
        Ok([&header[..], &nonce, &text].concat())
    }

    /// Opens what [`SealingKey::seal`] sealed for the same purpose.
    pub fn open(&self, purpose: Purpose, sealed: &[u8]) -> Result<SecretString, OpenError> {
        let (header, rest) = sealed.split_first_chunk::<HEADER_LEN>().ok_or(OpenError::Damaged)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_LEN>().ok_or(OpenError::Damaged)?;
        if header[0] != VERSION {
            return Err(OpenError::Damaged);
        }
        if header[1..] != self.id {
            return Err(OpenError::OtherKey);
        }
        let mut text = text.to_vec();
        let aad = Aad::from(associated(*header, purpose));
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.key.open_in_place(nonce, aad, &mut text).map_err(|_| OpenError::Damaged)?;
        std::str::from_utf8(opened).map(SecretString::from).map_err(|_| OpenError::Damaged)
    }

    fn header(&self) -> [u8; HEADER_LEN] {
        let [a, b, c, d] = self.id;
        [VERSION, a, b, c, d]
    }
}

/// What is authenticated along with the secret.
fn associated(header: [u8; HEADER_LEN], purpose: Purpose) -> Vec<u8> {
    [&header[..], purpose.name().as_bytes()].concat()
}

impl Purpose {
    /// Goes into what is sealed, so it may never change.
    fn name(self) -> &'static str {
        match self {
            Self::MarketplacePassword => "marketplace password",
            Self::MarketplaceKey => "marketplace subscription key",
            Self::StaffLink => "staff link",
        }
    }
}

/// From 64 hexadecimal digits.
impl FromStr for SealingKey {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let length = text.chars().count();
        if length != 64 {
            return Err(InvalidKey::Length(length));
        }
        if let Some(position) = text.chars().position(|c| !c.is_ascii_hexdigit()) {
            return Err(InvalidKey::NotHexadecimal(position + 1));
        }
        let mut secret = [0; 32];
        for (index, byte) in secret.iter_mut().enumerate() {
            let digits = &text[index * 2..index * 2 + 2];
            *byte = u8::from_str_radix(digits, 16).map_err(|_| InvalidKey::NotHexadecimal(index * 2 + 1))?;
        }
        // Sealing has a key of its own, so that another use of SECRET_KEY cannot weaken it. Only a wrong length fails.
        let wrong_length = |_| InvalidKey::Length(length);
        let derived = Salt::new(HKDF_SHA256, b"seatboard").extract(&secret);
        let key = derived.expand(&[b"seal"], &CHACHA20_POLY1305).map_err(wrong_length)?;
        let mut id = [0; ID_LEN];
        derived.expand(&[b"key id"], IdLength).and_then(|key_id| key_id.fill(&mut id)).map_err(wrong_length)?;
        Ok(Self { id, key: LessSafeKey::new(UnboundKey::from(key)) })
    }
}

/// How many bytes to derive for the key's id.
struct IdLength;

impl KeyType for IdLength {
    fn len(&self) -> usize {
        ID_LEN
    }
}

/// Says nothing of the key.
impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealingKey").finish_non_exhaustive()
    }
}
