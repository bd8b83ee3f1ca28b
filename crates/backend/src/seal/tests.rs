use super::{InvalidKey, OpenError, Purpose, SealingKey};
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};

const PASSWORD: Purpose = Purpose::MarketplacePassword;

fn key(digit: char) -> SealingKey {
    digit.to_string().repeat(64).parse().unwrap()
}

fn opened(key: &SealingKey, purpose: Purpose, sealed: &[u8]) -> Result<String, OpenError> {
    key.open(purpose, sealed).map(|secret| secret.expose_secret().to_owned())
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
    assert!("0123456789abcdefABCDEF".repeat(3)[..64].parse::<SealingKey>().is_ok());
}

#[test]
fn the_key_cannot_be_printed() {
    assert_eq!(format!("{:?}", key('a')), "SealingKey { .. }");
}

#[test]
fn the_same_secret_is_sealed_differently_each_time_and_never_in_clear() {
    let secret = SecretString::from("correct horse");
    let (one, other) = (key('a').seal(PASSWORD, &secret).unwrap(), key('a').seal(PASSWORD, &secret).unwrap());
    assert_ne!(one, other);
    assert!(!one.windows(7).any(|bytes| bytes == b"correct"));
}

#[test]
fn another_key_is_told_from_damage() {
    let sealed = key('a').seal(PASSWORD, &"secret".into()).unwrap();
    assert_eq!(opened(&key('b'), PASSWORD, &sealed), Err(OpenError::OtherKey));
    assert_eq!(opened(&key('a'), PASSWORD, &[]), Err(OpenError::Damaged));
    let later_version = [&[2], &sealed[1..]].concat();
    assert_eq!(opened(&key('a'), PASSWORD, &later_version), Err(OpenError::Damaged));
}

#[test]
fn a_key_that_only_claims_to_be_the_same_opens_nothing() {
    let mut sealed = key('a').seal(PASSWORD, &"secret".into()).unwrap();
    let id = key('b').seal(PASSWORD, &"secret".into()).unwrap();
    sealed[1..5].copy_from_slice(&id[1..5]);
    assert_eq!(opened(&key('b'), PASSWORD, &sealed), Err(OpenError::Damaged));
}

proptest! {
    #[test]
    fn what_is_sealed_opens_for_its_purpose_only(secret in ".*") {
        let sealed = key('a').seal(PASSWORD, &secret.as_str().into()).unwrap();
        prop_assert_eq!(opened(&key('a'), PASSWORD, &sealed), Ok(secret));
        prop_assert_eq!(opened(&key('a'), Purpose::MarketplaceKey, &sealed), Err(OpenError::Damaged));
    }

    #[test]
    fn a_changed_bit_is_noticed(secret in ".{0,40}", at in any::<prop::sample::Index>(), bit in 0u32..8) {
        let mut sealed = key('a').seal(PASSWORD, &secret.into()).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(opened(&key('a'), PASSWORD, &sealed).is_err());
    }

    #[test]
    fn what_is_cut_off_or_has_something_added_does_not_open(secret in ".{0,40}", at in any::<prop::sample::Index>()) {
        let sealed = key('a').seal(PASSWORD, &secret.into()).unwrap();
        prop_assert!(opened(&key('a'), PASSWORD, &sealed[..at.index(sealed.len())]).is_err());
        prop_assert!(opened(&key('a'), PASSWORD, &[&sealed[..], &[0]].concat()).is_err());
    }

    #[test]
    fn noise_does_not_open(noise in prop::collection::vec(any::<u8>(), 0..80)) {
        prop_assert!(opened(&key('a'), PASSWORD, &noise).is_err());
    }
}
