mod rotating;

use super::{InvalidKey, OpenError, Purpose, SealingKey};
use crate::test_support::sealing_key as key;
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};

const PASSWORD: Purpose = Purpose::MarketplacePassword;

/// What tells the row.
const ROW: [&str; 3] = ["https://host.example/eu", "us", "someone.API"];

/// "correct horse" as `MarketplacePassword` under the key '0', as it was sealed before there were envelopes.
const EARLIER: [u8; 46] = [
    0x01, 0x7d, 0xe3, 0x80, 0xaf, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0xd5, 0x2b,
    0xc9, 0x01, 0x47, 0x25, 0x14, 0x5a, 0x29, 0x01, 0x1d, 0xe5, 0x42, 0x35, 0x66, 0xcb, 0x17, 0xab, 0xb3, 0x53, 0x7d,
    0x91, 0xb5, 0x98, 0x20, 0xaf, 0xe3, 0x2d, 0x48,
];

fn opened(key: &SealingKey, purpose: Purpose, row: &[&str], sealed: &[u8]) -> Result<String, OpenError> {
    key.open(purpose, row, sealed).map(|secret| secret.expose_secret().to_owned())
}

fn sealed(digit: char, secret: &str) -> Vec<u8> {
    key(digit).seal(PASSWORD, &ROW, &secret.into()).unwrap()
}

#[test]
fn a_key_is_64_hexadecimal_digits_and_what_is_wrong_is_said_without_the_key() {
    let refused = |text: &str| text.parse::<SealingKey>().unwrap_err();
    assert_eq!(refused(""), InvalidKey::Length(0));
    assert_eq!(refused(&"a".repeat(63)), InvalidKey::Length(63));
    assert_eq!(refused(&"ä".repeat(64)), InvalidKey::NotHexadecimal(1));
    assert_eq!(refused(&format!("{}+f", "5ec2e7".repeat(11))), InvalidKey::Length(68));
    let almost = format!("{}+f", "5ec2e7".repeat(11).split_at(62).0);
    assert_eq!(refused(&almost), InvalidKey::NotHexadecimal(63));
    assert!(!refused(&almost).to_string().contains("5ec2e7"));
}

#[test]
fn a_key_that_repeats_itself_or_counts_is_refused_with_the_remedy() {
    let written = |bytes: [u8; 32]| bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let counting = written(std::array::from_fn(|at| u8::try_from(at).unwrap()));
    let downwards = written(std::array::from_fn(|at| 255 - 7 * u8::try_from(at).unwrap()));
    for weak in [&"0".repeat(64), &"0123456789abcdef".repeat(4), &"5ec2e7".repeat(11)[..64], &counting, &downwards] {
        let refused = weak.parse::<SealingKey>().unwrap_err();
        assert_eq!(refused, InvalidKey::Weak, "{weak}");
        assert!(refused.to_string().contains("openssl rand -hex 32"));
    }
}

#[test]
fn the_key_cannot_be_printed() {
    assert_eq!(format!("{:?}", key('a')), "SealingKey { .. }");
}

#[test]
fn the_same_secret_is_sealed_differently_each_time_and_never_in_clear() {
    let (one, other) = (sealed('a', "correct horse"), sealed('a', "correct horse"));
    let parts = |sealed: &[u8]| [sealed[5..17].to_vec(), sealed[17..65].to_vec(), sealed[65..77].to_vec()];
    for (of_one, of_other) in parts(&one).iter().zip(&parts(&other)) {
        assert_ne!(of_one, of_other, "nonces and data keys are new each time");
    }
    assert!(!one.windows(7).any(|bytes| bytes == b"correct"));
}

#[test]
fn another_key_is_told_from_damage() {
    let sealed = sealed('a', "secret");
    assert_eq!(opened(&key('b'), PASSWORD, &ROW, &sealed), Err(OpenError::OtherKey));
    assert_eq!(opened(&key('a'), PASSWORD, &ROW, &[]), Err(OpenError::Damaged));
    let later_version = [&[3], &sealed[1..]].concat();
    assert_eq!(opened(&key('a'), PASSWORD, &ROW, &later_version), Err(OpenError::Damaged));
    let said_to_be_earlier = [&[1], &sealed[1..]].concat();
    assert_eq!(opened(&key('a'), PASSWORD, &ROW, &said_to_be_earlier), Err(OpenError::Damaged));
}

#[test]
fn a_key_that_only_claims_to_be_the_same_opens_nothing() {
    let mut one = sealed('a', "secret");
    one[1..5].copy_from_slice(&sealed('b', "secret")[1..5]);
    assert_eq!(opened(&key('b'), PASSWORD, &ROW, &one), Err(OpenError::Damaged));
}

#[test]
fn a_secret_does_not_open_with_a_row_that_was_changed() {
    let sealed = sealed('a', "secret");
    let [url, code, user] = ROW;
    for row in [&["https://evil.example/eu", code, user][..], &[url, "usso", "meone.API"], &[url, code], &[]] {
        assert_eq!(opened(&key('a'), PASSWORD, row, &sealed), Err(OpenError::Damaged), "{row:?}");
    }
    assert_eq!(opened(&key('a'), PASSWORD, &ROW, &sealed).as_deref(), Ok("secret"));
}

#[test]
fn data_keys_cannot_be_exchanged_between_two_secrets() {
    let (one, other) = (sealed('a', "one"), sealed('a', "other"));
    let mixed = [&one[..65], &other[65..]].concat();
    assert_eq!(opened(&key('a'), PASSWORD, &ROW, &mixed), Err(OpenError::Damaged));
}

#[test]
fn what_was_sealed_before_there_were_envelopes_still_opens() {
    assert_eq!(opened(&key('0'), PASSWORD, &ROW, &EARLIER).as_deref(), Ok("correct horse"));
    assert_eq!(opened(&key('0'), Purpose::MarketplaceKey, &ROW, &EARLIER), Err(OpenError::Damaged));
    assert_eq!(opened(&key('1'), PASSWORD, &ROW, &EARLIER), Err(OpenError::OtherKey));
}

proptest! {
    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_row_only(secret in ".*", row in prop::collection::vec(".{0,9}", 0..4)) {
        let row: Vec<&str> = row.iter().map(String::as_str).collect();
        let sealed = key('a').seal(PASSWORD, &row, &SecretString::from(secret.as_str())).unwrap();
        prop_assert_eq!(opened(&key('a'), PASSWORD, &row, &sealed), Ok(secret));
        prop_assert_eq!(opened(&key('a'), Purpose::MarketplaceKey, &row, &sealed), Err(OpenError::Damaged));
        let longer = [&row[..], &[""]].concat();
        prop_assert_eq!(opened(&key('a'), PASSWORD, &longer, &sealed), Err(OpenError::Damaged));
    }

    #[test]
    fn a_changed_bit_is_noticed(secret in ".{0,40}", at in any::<prop::sample::Index>(), bit in 0u32..8) {
        let mut sealed = sealed('a', &secret);
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(opened(&key('a'), PASSWORD, &ROW, &sealed).is_err());
    }

    #[test]
    fn what_is_cut_off_or_has_something_added_does_not_open(secret in ".{0,40}", at in any::<prop::sample::Index>()) {
        let sealed = sealed('a', &secret);
        prop_assert!(opened(&key('a'), PASSWORD, &ROW, &sealed[..at.index(sealed.len())]).is_err());
        prop_assert!(opened(&key('a'), PASSWORD, &ROW, &[&sealed[..], &[0]].concat()).is_err());
    }

    #[test]
    fn noise_does_not_open(noise in prop::collection::vec(any::<u8>(), 0..160)) {
        prop_assert!(opened(&key('a'), PASSWORD, &ROW, &noise).is_err());
    }
}
