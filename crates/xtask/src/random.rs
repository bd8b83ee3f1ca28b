//! Passwords and keys that are made up on the spot.

use crate::failure::{Context, Result};
use std::fmt::Write;
use std::fs::File;
use std::io::Read;

/// This many bytes from the system's random source, as hexadecimal digits.
pub(crate) fn hex(bytes: usize) -> Result<String> {
    let mut random = vec![0; bytes];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut random)).context("reading /dev/urandom")?;
    Ok(random.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// Of four bytes, so that a person can type it.
pub(crate) fn seed() -> Result<u64> {
    u64::from_str_radix(&hex(4)?, 16).context("reading a random number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_seed_is_short_enough_to_type() {
        assert!(u32::try_from(seed().unwrap()).is_ok());
    }

    #[test]
    fn two_random_keys_differ_and_have_two_digits_a_byte() {
        let (one, other) = (hex(32).unwrap(), hex(32).unwrap());
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
    }
}
