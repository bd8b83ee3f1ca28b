//! Passwords: argon2id, never more than a few at a time.

use crate::{Error, Result};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// The longest password accepted, in bytes.
pub(super) const MAX_BYTES: usize = 1024;

/// 46 MiB, one pass, one lane.
const MEMORY_KIB: u32 = 47_104;
const PASSES: u32 = 1;
const LANES: u32 = 1;

/// How many passwords are hashed at the same time. The rest wait, so a flood of sign-ins takes neither all the memory
/// (46 MiB each) nor all the cores.
static HASHING: Semaphore = Semaphore::const_new(4);

/// The password's hash as a PHC string, with a new random salt.
pub(super) async fn hash(password: &SecretString) -> Result<String> {
    let password = password.clone();
    in_turn(move || hash_now(password.expose_secret())).await
}

/// Whether `stored` is the hash of the password. Without a stored hash, or with one that cannot be read, the password
/// is hashed all the same, so that the answer takes as much work whether or not the account exists.
pub(super) async fn matches(stored: Option<String>, password: &SecretString) -> Result<bool> {
    if password.expose_secret().len() > MAX_BYTES {
        return Ok(false);
    }
    let password = password.clone();
    in_turn(move || match stored {
        Some(stored) => verify_now(&stored, password.expose_secret()),
        None => hash_now(password.expose_secret()).map(|_| false),
    })
    .await
}

/// Runs the work on a thread that may block, once a place is free. The place belongs to the work, not to the request:
/// a browser that hangs up does not free it early.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let place = HASHING.acquire().await.map_err(unusable)?;
    let done = tokio::task::spawn_blocking(move || {
        let _place = place;
        work()
    });
    done.await.map_err(unusable)?
}

fn hash_now(password: &str) -> Result<String> {
    let hash = hasher()?.hash_password(password.as_bytes()).map_err(unusable)?;
    Ok(hash.to_string())
}

fn verify_now(stored: &str, password: &str) -> Result<bool> {
    match hasher()?.verify_password(password.as_bytes(), stored) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => {
            tracing::error!(%error, "a stored password hash cannot be read");
            hash_now(password).map(|_| false)
        }
    }
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(unusable)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Happens only when the machine runs out of something; the parameters above are constants and valid.
fn unusable(error: impl std::fmt::Display) -> Error {
    Error::Stored(format!("password hash: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_argon2id_with_46_mib_one_pass_and_one_lane() {
        let hash = hash(&"correct horse battery".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hash}");
    }

    #[tokio::test]
    async fn the_same_password_never_hashes_to_the_same_text() {
        let password = SecretString::from("correct horse battery");
        assert_ne!(hash(&password).await.unwrap(), hash(&password).await.unwrap());
    }

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let stored = hash(&"correct horse battery".into()).await.unwrap();
        assert!(matches(Some(stored.clone()), &"correct horse battery".into()).await.unwrap());
        assert!(!matches(Some(stored.clone()), &"correct horse battery ".into()).await.unwrap());
        assert!(!matches(Some(stored), &"".into()).await.unwrap());
    }

    #[tokio::test]
    async fn nothing_matches_where_there_is_no_hash() {
        assert!(!matches(None, &"correct horse battery".into()).await.unwrap());
    }

    #[tokio::test]
    async fn a_password_over_the_limit_never_matches_even_its_own_hash() {
        let long = SecretString::from("x".repeat(MAX_BYTES + 1));
        let stored = hash(&long).await.unwrap();
        assert!(!matches(Some(stored), &long).await.unwrap());
    }

    #[tokio::test]
    async fn nothing_matches_a_stored_hash_that_cannot_be_read() {
        assert!(!matches(Some("no hash".to_owned()), &"no hash".into()).await.unwrap());
    }
}
