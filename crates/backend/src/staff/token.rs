//! Secrets that open something once, or know a browser again: 256 random bits, of which only the SHA-256 is stored.

use crate::{Error, Result};
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::fmt::Write;

const BYTES: usize = 32;

/// A new one, as 64 hexadecimal digits.
pub(super) fn new() -> Result<SecretString> {
    let mut bytes = [0; BYTES];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::Stored("this machine gives no random numbers".to_owned()))?;
    Ok(hex(&bytes).into())
}

/// What is stored of it; `None` where the text cannot be one.
pub(super) fn hash(token: &SecretString) -> Option<[u8; 32]> {
    let text = token.expose_secret();
    let could_be = text.len() == 2 * BYTES && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    could_be.then(|| Sha256::digest(text).into())
}

/// The bytes in small hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_256_bits_and_is_never_the_same() {
        let (one, other) = (new().unwrap(), new().unwrap());
        assert_eq!(one.expose_secret().len(), 64);
        assert_ne!(one.expose_secret(), other.expose_secret());
        assert_ne!(hash(&one), hash(&other));
    }

    #[test]
    fn what_cannot_be_a_token_has_no_hash() {
        for text in ["", "abc", &"g".repeat(64), &"A".repeat(64), &"a".repeat(65), "\0"] {
            assert_eq!(hash(&text.into()), None, "{text}");
        }
    }
}
