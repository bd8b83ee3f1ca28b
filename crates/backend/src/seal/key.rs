//! The key that secrets are sealed with, made from `SECRET_KEY`.

use ring::aead::{CHACHA20_POLY1305, LessSafeKey, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use secrecy::zeroize::Zeroizing;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The key that secrets are sealed with.
pub struct SealingKey {
    pub(super) id: [u8; ID_LEN],
    /// Wraps the data keys.
    pub(super) wrapping: LessSafeKey,
    /// Opens the seals of before.
    pub(super) earlier: LessSafeKey,
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
    /// Nobody who drew it at random gets it.
    #[error("it repeats itself or counts, so it can be guessed; take a new one, as `openssl rand -hex 32` prints")]
    Weak,
}

pub(super) const ID_LEN: usize = 4;

const SECRET_LEN: usize = 32;

/// Of 32 random bytes about 30 differ, and never fewer than these; of what somebody typed, far fewer.
const FEWEST_DIFFERENT: usize = 16;

/// From 64 hexadecimal digits.
impl FromStr for SealingKey {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let secret = secret(text)?;
        if is_weak(&secret) {
            return Err(InvalidKey::Weak);
        }
        // Each use has a key of its own, so that one cannot weaken another. Only a wrong length fails.
        let derived = Salt::new(HKDF_SHA256, b"seatboard").extract(&*secret);
        let wrong_length = |_| InvalidKey::Length(text.len());
        let mut id = [0; ID_LEN];
        derived.expand(&[b"key id"], IdLength).and_then(|key_id| key_id.fill(&mut id)).map_err(wrong_length)?;
        let key = |info| key_for(&derived, info).map_err(wrong_length);
        Ok(Self { id, wrapping: key(b"wrap")?, earlier: key(b"seal")? })
    }
}

fn secret(text: &str) -> Result<Zeroizing<[u8; SECRET_LEN]>, InvalidKey> {
    let length = text.chars().count();
    if length != 2 * SECRET_LEN {
        return Err(InvalidKey::Length(length));
    }
    if let Some(position) = text.chars().position(|c| !c.is_ascii_hexdigit()) {
        return Err(InvalidKey::NotHexadecimal(position + 1));
    }
    let mut secret = Zeroizing::new([0; SECRET_LEN]);
    for (index, byte) in secret.iter_mut().enumerate() {
        let digits = &text[index * 2..index * 2 + 2];
        *byte = u8::from_str_radix(digits, 16).map_err(|_| InvalidKey::NotHexadecimal(index * 2 + 1))?;
    }
    Ok(secret)
}

/// Few different bytes, or each a step from the one before.
fn is_weak(secret: &[u8; SECRET_LEN]) -> bool {
    let different: BTreeSet<u8> = secret.iter().copied().collect();
    let steps: BTreeSet<u8> = secret.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).collect();
    different.len() < FEWEST_DIFFERENT || steps.len() < FEWEST_DIFFERENT / 2
}

fn key_for(derived: &Prk, info: &[u8]) -> Result<LessSafeKey, ring::error::Unspecified> {
    let info = [info];
    Ok(LessSafeKey::new(UnboundKey::from(derived.expand(&info, &CHACHA20_POLY1305)?)))
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
