//! What somebody does with their authenticator app, computed apart from the product.

use ring::hmac;
use time::OffsetDateTime;

/// The key that the page of the second factor shows.
pub(crate) fn key_in(page: &str) -> String {
    let code = page.split("id=\"factor-key\"").nth(1).unwrap().split('>').nth(1).unwrap();
    code.split('<').next().unwrap().replace(' ', "")
}

/// The recovery codes that it shows once.
pub(crate) fn codes_in(page: &str) -> Vec<String> {
    let codes = page.split("id=\"recovery-codes\"").nth(1).unwrap().split("</pre>").next().unwrap();
    codes.split('>').nth(1).unwrap().trim().lines().map(ToOwned::to_owned).collect()
}

/// What the key stands for.
pub(crate) fn seed(key: &str) -> Vec<u8> {
    let symbols = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let position = |byte: u8| symbols.iter().position(|symbol| *symbol == byte).unwrap();
    let bits = key.bytes().map(|byte| format!("{:05b}", position(byte))).collect::<Vec<_>>().concat();
    (0..bits.len() / 8).map(|at| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).unwrap()).collect()
}

/// The code of an app with that key.
pub(crate) fn shown(key: &str, at: OffsetDateTime) -> String {
    let step = at.unix_timestamp() / 30;
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &seed(key));
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let offset = usize::from(tag.as_ref()[19] & 15);
    let word = u32::from_be_bytes(tag.as_ref()[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}
