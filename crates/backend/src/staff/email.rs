//! The shape of an e-mail address.

/// Whether the text could be an e-mail address: one `@` with something before it and a dotted name after it, no spaces,
/// at most 254 bytes. Only a message to it can tell more.
pub(super) fn is_plausible(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    text.len() <= 254
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && !local.is_empty()
        && !host.contains('@')
        && host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::is_plausible;

    #[test]
    fn ordinary_addresses_are_plausible() {
        for address in ["ana@seatboard.example", "o'neil+orders@mail.seatboard.example", "ÿ@bücher.example"] {
            assert!(is_plausible(address), "{address}");
        }
    }

    #[test]
    fn what_no_message_could_reach_is_not() {
        let long = format!("{}@seatboard.example", "a".repeat(240));
        let none = [
            "",
            "ana",
            "@seatboard.example",
            "ana@",
            "ana@localhost",
            "ana@.example",
            "ana@seatboard.",
            "a@b@c.example",
        ];
        for address in none.into_iter().chain(["ana lee@seatboard.example", "ana\0@seatboard.example", &long]) {
            assert!(!is_plausible(address), "{address:?}");
        }
    }
}
