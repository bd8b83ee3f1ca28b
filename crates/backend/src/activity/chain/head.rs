//! A place in the chain, as it is written down: `POSITION:HASH`.

use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The hash of a row and of everything before it.
#[derive(Clone, PartialEq, Eq)]
pub struct Hash([u8; 32]);

/// How far the chain goes, and the hash there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many rows there are up to here.
    pub position: i64,
    /// The hash of the last of them.
    pub hash: Hash,
}

/// The text is no place in a chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write it as it was printed: the position, a colon and 64 hexadecimal digits")]
pub struct InvalidHead;

impl Head {
    /// Before the first row.
    pub(super) fn start() -> Self {
        Self { position: 0, hash: Hash(Sha256::digest([]).into()) }
    }
}

impl Hash {
    /// The hash after one more row, by the row's text.
    pub(super) fn followed_by(&self, text: &str) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(text).finalize().into())
    }

    pub(super) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.position, self.hash)
    }
}

impl FromStr for Head {
    type Err = InvalidHead;

    fn from_str(text: &str) -> Result<Self, InvalidHead> {
        let (position, digits) = text.trim().split_once(':').ok_or(InvalidHead)?;
        let position = position.parse().ok().filter(|position| *position >= 0).ok_or(InvalidHead)?;
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(InvalidHead);
        }
        let byte = |index: usize| u8::from_str_radix(&digits[2 * index..2 * index + 2], 16).map_err(|_| InvalidHead);
        let mut hash = [0; 32];
        for (index, place) in hash.iter_mut().enumerate() {
            *place = byte(index)?;
        }
        Ok(Self { position, hash: Hash(hash) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_printed() {
        let head = Head { position: 12, hash: Head::start().hash.followed_by("a row") };
        assert_eq!(head.to_string().parse(), Ok(head));
    }

    #[test]
    fn anything_else_is_no_place() {
        let hash = "0".repeat(64);
        for text in ["", "12", "12:", "12:00", &format!("-1:{hash}"), &format!("1:{}ä", "0".repeat(62)), &hash] {
            assert_eq!(text.parse::<Head>(), Err(InvalidHead), "{text}");
        }
    }
}
