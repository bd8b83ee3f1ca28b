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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_random_keys_differ_and_have_two_digits_a_byte() {
        let (one, other) = (hex(32).unwrap(), hex(32).unwrap());
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
    }
}
