//! Passwords: argon2id, a few at a time, and the rules that a new one keeps.
//!
//! What is hashed is the text in NFC, because keyboards differ in how they write `é`: whoever set a password on one
//! machine can sign in on another. Nothing else is changed, and nothing is cut off.

mod queue;
mod rules;
#[cfg(test)]
mod tests;

pub(super) use queue::{Place, place};
pub use rules::MIN_CHARS;
pub(super) use rules::{MAX_BYTES, problem};

use crate::{Error, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;

/// 46 MiB, one pass, one lane.
const MEMORY_KIB: u32 = 47_104;
const PASSES: u32 = 1;
const LANES: u32 = 1;

/// The password's hash as a PHC string, with a new random salt.
pub(super) async fn hash(password: &SecretString) -> Result<String> {
    place().await?.hash(password).await
}

impl Place {
    /// The password's hash as a PHC string, with a new random salt.
    pub(super) async fn hash(self, password: &SecretString) -> Result<String> {
        let password = password.clone();
        self.run(move || hash_now(password.expose_secret())).await
    }

    /// Whether `stored` is the hash of the password. Without a stored hash, or with one that cannot be read, the password
    /// is hashed all the same, so that the answer takes as much work whether or not the account exists.
    pub(super) async fn matches(self, stored: Option<String>, password: &SecretString) -> Result<bool> {
        if password.expose_secret().len() > MAX_BYTES {
            return Ok(false);
        }
        let password = password.clone();
        self.run(move || match stored {
            Some(stored) => verify_now(&stored, password.expose_secret()),
            None => hash_now(password.expose_secret()).map(|_| false),
        })
        .await
    }
}

/// Whether the hash was made with less work than one made today.
pub(super) fn is_outdated(stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else { return true };
    let Ok(params) = Params::try_from(&hash) else { return true };
    hash.algorithm.as_str() != Algorithm::Argon2id.as_str()
        || params.m_cost() * params.t_cost() < MEMORY_KIB * PASSES
        || params.m_cost() < MEMORY_KIB
}

fn hash_now(password: &str) -> Result<String> {
    let hash = hasher()?.hash_password(normal(password).as_bytes()).map_err(unusable)?;
    Ok(hash.to_string())
}

fn verify_now(stored: &str, password: &str) -> Result<bool> {
    match hasher()?.verify_password(normal(password).as_bytes(), stored) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => {
            tracing::error!(%error, "a stored password hash cannot be read");
            hash_now(password).map(|_| false)
        }
    }
}

fn normal(password: &str) -> String {
    password.nfc().collect()
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(unusable)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Happens only when the machine runs out of something; the parameters above are constants and valid.
fn unusable(error: impl std::fmt::Display) -> Error {
    Error::Stored(format!("password hash: {error}"))
}
