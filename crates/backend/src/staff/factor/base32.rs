//! Five bits a symbol (RFC 4648, section 6), without padding.

/// What authenticator apps read.
pub(super) const STANDARD: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What people copy by hand: no letter that is taken for a digit.
pub(super) const FOR_PEOPLE: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The bytes, whose number is a multiple of five.
pub(super) fn encode(alphabet: &[u8; 32], bytes: &[u8]) -> String {
    let groups = bytes.chunks_exact(5).flat_map(|five| {
        let bits = five.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        (0..8).rev().map(move |symbol| (bits >> (symbol * 5)) & 31)
    });
    groups.filter_map(|bits| usize::try_from(bits).ok()).map(|bits| char::from(alphabet[bits])).collect()
}

/// What [`encode`] encoded; `None` where it is nothing of the kind.
pub(super) fn decode(alphabet: &[u8; 32], text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(8) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 8 * 5);
    for eight in text.as_bytes().chunks_exact(8) {
        let mut bits = 0_u64;
        for symbol in eight {
            let value = alphabet.iter().position(|known| known == symbol)?;
            bits = (bits << 5) | u64::try_from(value).ok()?;
        }
        bytes.extend_from_slice(&bits.to_be_bytes()[3..]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_vectors_of_the_standard_are_met() {
        assert_eq!(encode(STANDARD, b"fooba"), "MZXW6YTB");
        assert_eq!(decode(STANDARD, "MZXW6YTB").as_deref(), Some(&b"fooba"[..]));
        assert_eq!(encode(STANDARD, b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn what_was_not_encoded_is_not_decoded() {
        for text in ["MZXW6YT", "MZXW6YT1", "mzxw6ytb", "MZXW6YÄ"] {
            assert_eq!(decode(STANDARD, text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_encoded_comes_back(groups in proptest::collection::vec(any::<[u8; 5]>(), 0..6)) {
            let bytes = groups.concat();
            for alphabet in [STANDARD, FOR_PEOPLE] {
                prop_assert_eq!(decode(alphabet, &encode(alphabet, &bytes)), Some(bytes.clone()));
            }
        }
    }
}
