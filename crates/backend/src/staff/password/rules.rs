//! What a new password has to be like. Length and not being guessable by anybody who tries the obvious; nothing about
//! kinds of characters, which only makes people write `Password1!`.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The longest password accepted, in bytes: hashing must not be work without end.
pub(in crate::staff) const MAX_BYTES: usize = 1024;

/// The fewest characters of a new password, counted as Unicode scalar values.
pub const MIN_CHARS: usize = 12;

/// The fewest different characters.
const MIN_DIFFERENT: usize = 5;

/// The longest piece whose repetition is no password.
const LONGEST_PIECE: usize = 6;

/// The least that has to be left, in letters and digits, once the person's and the product's names are taken out.
const LEAST_OF_ONES_OWN: usize = 8;

/// The 5,000 most frequent passwords of at least [`MIN_CHARS`] characters, in small letters, the most frequent first: from Mark
/// Burnett's ten million passwords, which he released into the public domain in 2015.
const COMMON: &str = include_str!("common.txt");

static COMMON_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| COMMON.lines().collect());

/// What is wrong with the password for the person of that address and name, and what to do; `None` where it can be used.
pub(in crate::staff) fn problem(password: &str, email: &str, name: &str) -> Option<String> {
    if password.len() > MAX_BYTES {
        return Some(format!("Use a password of at most {MAX_BYTES} bytes"));
    }
    let typed: Vec<char> = password.nfc().collect();
    if typed.len() < MIN_CHARS {
        return Some(format!("Use at least {MIN_CHARS} characters; a few unrelated words make a good password"));
    }
    let read = read(&typed);
    if is_pattern(&read) {
        Some("Use something other than a short pattern over and over; a few unrelated words make a good password")
    } else if is_mostly_names(&read, &typed, email, name) {
        Some("Use something other than the e-mail address, the name or Seatboard; a few unrelated words make a good password")
    } else if is_common(&typed, &read) {
        Some("This is one of the passwords that are tried first; use a few unrelated words instead")
    } else {
        None
    }
    .map(ToOwned::to_owned)
}

/// The text as somebody reads it who knows that `P4$$w0rd` is a word: as many characters as were typed.
fn read(typed: &[char]) -> Vec<char> {
    let plain = |c: &char| match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c => c.to_lowercase().next().unwrap_or(*c),
    };
    typed.iter().map(plain).collect()
}

fn is_pattern(read: &[char]) -> bool {
    let different = read.iter().collect::<HashSet<_>>().len();
    let repeats = |piece: usize| read.iter().zip(&read[piece..]).all(|(one, next)| one == next);
    different < MIN_DIFFERENT || (1..=LONGEST_PIECE).any(repeats) || is_run(read)
}

/// Neighbours all the way: `abcdefghijkl`.
fn is_run(read: &[char]) -> bool {
    let step = |pair: &[char]| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
    read.windows(2).all(|pair| step(pair) == 1) || read.windows(2).all(|pair| step(pair) == -1)
}

fn is_mostly_names(read: &[char], typed: &[char], email: &str, name: &str) -> bool {
    let mut left: Vec<(char, char)> = read.iter().copied().zip(typed.iter().copied()).collect();
    for word in names(email, name) {
        while let Some(at) = left.windows(word.len()).position(|part| part.iter().map(|(c, _)| c).eq(&word)) {
            left.drain(at..at + word.len());
        }
    }
    let own = left.iter().filter(|(_, typed)| typed.is_alphanumeric());
    let in_figures_only = left.iter().all(|(_, typed)| !typed.is_alphabetic());
    left.len() < read.len() && (own.count() < LEAST_OF_ONES_OWN || in_figures_only)
}

/// The person's and the product's names and their parts, as [`read`] has them, the longest first.
fn names(email: &str, name: &str) -> Vec<Vec<char>> {
    let parts = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(ToOwned::to_owned).collect::<Vec<_>>();
    let joined = name.split_whitespace().collect::<String>();
    let whole = ["seatboard".to_owned(), email.to_owned(), name.to_owned(), joined];
    let words = whole.into_iter().chain(parts(email)).chain(parts(name));
    let mut words: Vec<Vec<char>> = words.map(|word| read(&word.nfc().collect::<Vec<_>>())).collect();
    words.retain(|word| word.len() >= 3);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

fn is_common(typed: &[char], read: &[char]) -> bool {
    let small = typed.iter().flat_map(|c| c.to_lowercase()).collect::<String>();
    let decorated = |text: &str| text.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
    let plain = read.iter().collect::<String>();
    [decorated(&small), decorated(&plain), small, plain].iter().any(|text| COMMON_SET.contains(text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(password: &str) -> Option<String> {
        problem(password, "ana.reyes@aldgate.example", "Ana Reyes")
    }

    #[track_caller]
    fn assert_refused(password: &str, because: &str) {
        let problem = refused(password).unwrap_or_default();
        assert!(problem.contains(because), "{password}: {problem:?}");
    }

    #[test]
    fn twelve_characters_are_enough_whatever_they_are() {
        for good in ["seven otters", "        9k!fQw", "Größe über Öl", "密碼密鑰門窗山水火風雲雨", "jq8w z5kd rm"]
        {
            assert_eq!(refused(good), None, "{good}");
        }
        assert_refused("seven otter", "at least 12 characters");
        assert_refused("密碼密鑰門窗山水火風雲", "at least 12 characters");
    }

    #[test]
    fn a_character_typed_in_two_pieces_counts_as_one() {
        assert_refused("seven otte\u{301}", "at least 12 characters");
        assert_eq!(refused("seven otter\u{301}s"), None);
    }

    #[test]
    fn the_cap_is_counted_in_bytes() {
        let long = "seven quiet otters ".repeat(54);
        assert_eq!((long.len() > MAX_BYTES, refused(&long[..MAX_BYTES])), (true, None));
        assert_refused(&long, "at most 1024 bytes");
    }

    #[test]
    fn names_with_a_little_around_them_are_refused() {
        for own in [
            "ana.reyes@aldgate.example",
            "ANA.REYES@aldgate.example1",
            "AnaReyes2026!",
            "r3y3s-4n4-2026",
            "Seatboard2026!",
            "$34tb04rd!$34tb04rd!",
            "aldgate12345678",
            "Seatboard Reyes 1",
        ] {
            assert_refused(own, "the name or Seatboard");
        }
        assert_eq!(refused("ana likes seven quiet otters"), None);
        assert_eq!(refused("banana peel orchard"), None);
    }

    #[test]
    fn patterns_are_refused() {
        for pattern in ["aaaaaaaaaaaa", "abababababab", "123456123456", "abcdefghijklm", "zyxwvutsrqpo", "qwe!qwe!qwe!"]
        {
            assert_refused(pattern, "pattern");
        }
    }

    #[test]
    fn what_is_tried_first_is_refused_in_any_case_and_with_something_around_it() {
        for common in
            ["unbelievable", "UnBelievable", "unbelievable1!", "2026unbelievable", "unb3li3v4ble", "1qaz2wsx3edc"]
        {
            assert_refused(common, "tried first");
        }
    }

    #[test]
    fn at_least_3000_common_passwords_that_are_long_enough_are_refused() {
        assert!(COMMON_SET.len() >= 3000, "{}", COMMON_SET.len());
        for common in COMMON.lines() {
            assert!(common.chars().count() >= MIN_CHARS, "{common} is too short to matter");
            assert!(refused(common).is_some(), "{common}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged(password in ".{0,40}", email in ".{0,20}", name in ".{0,20}") {
            let problem = problem(&password, &email, &name);
            let characters = password.nfc().count();
            prop_assert!(characters >= MIN_CHARS || problem.is_some());
        }

        #[test]
        fn four_words_of_a_dictionary_are_always_good(words in proptest::collection::vec("[b-df-hj-np-tv-z]{5}", 4)) {
            prop_assume!(words.windows(2).all(|pair| pair[0] != pair[1]));
            prop_assume!(!is_pattern(&words.join(" ").chars().collect::<Vec<_>>()));
            prop_assert_eq!(refused(&words.join(" ")), None);
        }
    }
}
