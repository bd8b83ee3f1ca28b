//! Secrets at rest: sealed with a key that only the server's environment holds, so that a stolen database is worth
//! nothing without it.
//!
//! Each secret is sealed with a data key of its own, and that one is wrapped with a key made from `SECRET_KEY`
//! ([`envelope`]). Authenticated with both is what the secret belongs to: its column and what tells its row. So a secret
//! opens nowhere else, and not with a row that was changed, such as one that would send it to another host. Seals of
//! before are read as they are ([`earlier`]); [`rotate`] seals everything anew. The key id tells, without trying, which
//! key a secret was sealed with.

mod earlier;
mod envelope;
mod key;
mod rotate;
mod sql;
#[cfg(test)]
mod tests;

pub use key::{InvalidKey, SealingKey};
pub use rotate::{RotateError, Rotated, rotate};

use secrecy::SecretString;

/// What a secret is for. What is sealed for one purpose cannot be passed off as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The password of the marketplace's API user.
    MarketplacePassword,
    /// The subscription key of the marketplace's gateway.
    MarketplaceKey,
    /// A one-time link, between being made and being shown.
    StaffLink,
    /// A change that somebody typed in the console, until it is sent.
    ConsoleDraft,
    /// What somebody's authenticator app makes its codes from.
    FactorSeed,
    /// Recovery codes, between being made and being shown.
    RecoveryCodes,
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
    /// It was changed, cut off, or sealed for another purpose, another row or by a later version.
    #[error("what is stored is damaged")]
    Damaged,
}

/// The first byte of what is sealed.
const EARLIER: u8 = 1;
const ENVELOPE: u8 = 2;

/// The version and the key's id.
const HEADER_LEN: usize = 1 + key::ID_LEN;

impl SealingKey {
    /// Seals `secret` for `purpose` in the row that `row` tells; twice the same secret is sealed differently.
    pub fn seal(&self, purpose: Purpose, row: &[&str], secret: &SecretString) -> Result<Vec<u8>, NotSealed> {
        envelope::seal(self, &associated(self.header(ENVELOPE), purpose, row), secret)
    }

    /// Opens what [`SealingKey::seal`] sealed for the same purpose and row.
    pub fn open(&self, purpose: Purpose, row: &[&str], sealed: &[u8]) -> Result<SecretString, OpenError> {
        let (header, rest) = sealed.split_first_chunk::<HEADER_LEN>().ok_or(OpenError::Damaged)?;
        if !matches!(header[0], EARLIER | ENVELOPE) {
            return Err(OpenError::Damaged);
        }
        if header[1..] != self.id {
            return Err(OpenError::OtherKey);
        }
        let opened = if header[0] == EARLIER {
            earlier::open(self, *header, purpose, rest)?
        } else {
            envelope::open(self, &associated(*header, purpose, row), rest)?
        };
        std::str::from_utf8(&opened).map(SecretString::from).map_err(|_| OpenError::Damaged)
    }

    fn header(&self, version: u8) -> [u8; HEADER_LEN] {
        let [a, b, c, d] = self.id;
        [version, a, b, c, d]
    }
}

impl Purpose {
    /// The column. Goes into what is sealed, so it may never change.
    fn column(self) -> &'static str {
        match self {
            Self::StaffLink => "staff link",
            Self::MarketplacePassword => "marketplace_connection.sealed_password",
            Self::MarketplaceKey => "marketplace_connection.sealed_key",
            Self::ConsoleDraft => "console_draft.sealed_call",
            Self::FactorSeed => "second_factor.sealed_seed",
            Self::RecoveryCodes => "recovery codes",
        }
    }
}

/// What is authenticated along with the secret: each part with its length, so that no two rows are written alike.
fn associated(header: [u8; HEADER_LEN], purpose: Purpose, row: &[&str]) -> Vec<u8> {
    let mut text = header.to_vec();
    for part in [purpose.column()].iter().chain(row) {
        text.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        text.extend_from_slice(part.as_bytes());
    }
    text
}
