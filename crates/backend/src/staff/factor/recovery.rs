//! Recovery codes: for whoever has lost their authenticator app. Each has 120 random bits, so a plain hash of it is enough.

use super::base32::{self, FOR_PEOPLE};
use ring::rand::SecureRandom;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How many one gets at once.
pub const CODES: usize = 10;

const BYTES: usize = 15;
const SYMBOLS: usize = 24;
const GROUP: usize = 6;

/// A new one, in groups that people can copy.
pub(super) fn new_code(random: &dyn SecureRandom) -> Option<SecretString> {
    let mut bytes = [0; BYTES];
    random.fill(&mut bytes).ok()?;
    let symbols = base32::encode(FOR_PEOPLE, &bytes);
    let groups: Vec<&str> = (0..SYMBOLS).step_by(GROUP).map(|at| &symbols[at..at + GROUP]).collect();
    Some(groups.join("-").into())
}

/// What is stored of it, whatever stands between its groups and however it was copied; `None` where the text cannot be one.
pub(super) fn hash(staff_id: Uuid, typed: &str) -> Option<[u8; 32]> {
    let symbols: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(read).collect();
    let could_be = symbols.len() == SYMBOLS && symbols.bytes().all(|byte| FOR_PEOPLE.contains(&byte));
    could_be.then(|| Sha256::new().chain_update(staff_id).chain_update(&symbols).finalize().into())
}

/// The letters that are taken for digits are those digits.
fn read(typed: char) -> char {
    match typed.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;
    use secrecy::ExposeSecret;

    #[test]
    fn a_code_is_known_again_however_it_was_copied() {
        let code = "01abcd-efghjk-mnpqrs-tvwxyz";
        let stored = hash(Uuid::nil(), code);
        assert!(stored.is_some());
        for copied in [" 01ABCD EFGHJK MNPQRS TVWXYZ ", "oiabcdefghjkmnpqrstvwxyz", "OLabcd-efghjk-mnpqrs-tvwxyz\n"] {
            assert_eq!(hash(Uuid::nil(), copied), stored, "{copied}");
        }
        assert_ne!(hash(Uuid::max(), code), stored, "another person's is another");
    }

    #[test]
    fn what_cannot_be_a_code_has_no_hash() {
        for text in ["", "123456", "01abcd-efghjk-mnpqrs-tvwxy", "01abcd-efghjk-mnpqrs-tvwxyu", "\0"] {
            assert_eq!(hash(Uuid::nil(), text), None, "{text}");
        }
    }

    #[test]
    fn a_new_code_is_four_groups_and_never_the_same() {
        let [one, other] = [(); 2].map(|()| new_code(&SystemRandom::new()).unwrap());
        assert_eq!(one.expose_secret().split('-').map(str::len).collect::<Vec<_>>(), [6, 6, 6, 6]);
        assert!(hash(Uuid::nil(), one.expose_secret()).is_some());
        assert_ne!(one.expose_secret(), other.expose_secret());
    }
}
