//! Codes of authenticator apps: TOTP with SHA-1, six digits and steps of 30 seconds (RFC 6238), the one kind that every app
//! reads. SHA-1 as it is used here has no known weakness.

use super::base32::{self, STANDARD};
use ring::hmac;
use ring::rand::SecureRandom;
use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;

/// How long a code is shown.
const STEP_SECONDS: i64 = 30;

/// As long as the hash, as RFC 4226 advises.
const SEED_LEN: usize = 20;

const CODES: u32 = 1_000_000;

/// A new seed, as apps read it.
pub(super) fn new_seed(random: &dyn SecureRandom) -> Option<SecretString> {
    let mut seed = [0; SEED_LEN];
    random.fill(&mut seed).ok()?;
    Some(base32::encode(STANDARD, &seed).into())
}

/// The step whose code was typed: the one of now, or the one before or after it, because clocks differ. Those up to `last` are
/// used up.
pub(super) fn step_of(seed: &SecretString, typed: u32, last: i64, now: OffsetDateTime) -> Option<i64> {
    let seed = base32::decode(STANDARD, seed.expose_secret())?;
    let current = now.unix_timestamp().div_euclid(STEP_SECONDS);
    let steps = (current - 1..=current + 1).filter(|step| code(&seed, *step) == typed);
    steps.filter(|step| *step > last).min()
}

/// The code of six digits, in the groups that apps show it in or not.
pub(super) fn digits(typed: &str) -> Option<u32> {
    let is_code = typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| typed.parse().ok())?
}

fn code(seed: &[u8], step: i64) -> u32 {
    truncated(seed, step) % CODES
}

/// 31 bits of the hash, from where its last bits point (RFC 4226, section 5.3).
fn truncated(seed: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, seed);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let hash = tag.as_ref();
    let offset = usize::from(hash[hash.len() - 1] & 15);
    let word = hash[offset..offset + 4].iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte));
    word & 0x7fff_ffff
}

/// The code that the app of whoever has this seed shows then.
#[cfg(test)]
pub(in crate::staff) fn shown(seed: &SecretString, at: OffsetDateTime) -> String {
    let seed = base32::decode(STANDARD, seed.expose_secret()).unwrap();
    format!("{:06}", code(&seed, at.unix_timestamp() / STEP_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::START;
    use ring::rand::SystemRandom;
    use time::Duration;

    /// RFC 6238, appendix B, the rows of SHA-1: eight digits.
    const VECTORS: [(i64, u32); 6] = [
        (59, 94_287_082),
        (1_111_111_109, 7_081_804),
        (1_111_111_111, 14_050_471),
        (1_234_567_890, 89_005_924),
        (2_000_000_000, 69_279_037),
        (20_000_000_000, 65_353_130),
    ];

    const SEED: &[u8] = b"12345678901234567890";

    fn seed() -> SecretString {
        base32::encode(STANDARD, SEED).into()
    }

    #[test]
    fn the_vectors_of_the_standard_are_met() {
        for (at, eight_digits) in VECTORS {
            assert_eq!(truncated(SEED, at / STEP_SECONDS) % 100_000_000, eight_digits, "{at}");
            assert_eq!(code(SEED, at / STEP_SECONDS), eight_digits % CODES, "{at}");
        }
    }

    #[test]
    fn a_clock_may_be_a_step_fast_or_slow_and_no_more() {
        let typed = |steps: i32| digits(&shown(&seed(), START + Duration::seconds(30) * steps)).unwrap();
        let now = START.unix_timestamp() / STEP_SECONDS;
        for (steps, accepted) in [(-2, None), (-1, Some(now - 1)), (0, Some(now)), (1, Some(now + 1)), (2, None)] {
            assert_eq!(step_of(&seed(), typed(steps), 0, START), accepted, "{steps}");
        }
    }

    #[test]
    fn a_step_that_was_used_and_those_before_it_are_used_up() {
        let typed = digits(&shown(&seed(), START)).unwrap();
        let now = START.unix_timestamp() / STEP_SECONDS;
        assert_eq!(step_of(&seed(), typed, now - 1, START), Some(now));
        assert_eq!(step_of(&seed(), typed, now, START), None);
        assert_eq!(step_of(&seed(), typed, now + 1, START), None);
    }

    #[test]
    fn only_six_digits_are_a_code() {
        assert_eq!(digits("012345"), Some(12345));
        for text in ["", "12345", "1234567", "+12345", "12345a", "１２３４５６"] {
            assert_eq!(digits(text), None, "{text}");
        }
    }

    #[test]
    fn a_seed_has_160_bits_and_is_never_the_same() {
        let [one, other] = [(); 2].map(|()| new_seed(&SystemRandom::new()).unwrap());
        assert_eq!(base32::decode(STANDARD, one.expose_secret()).unwrap().len(), SEED_LEN);
        assert_ne!(one.expose_secret(), other.expose_secret());
    }
}
