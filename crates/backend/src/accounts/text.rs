//! Why a text cannot be the name of somebody, or stand beside one.

/// The most characters of a name. The marketplace publishes no limit; this one is assumed.
const MAX_NAME_CHARS: usize = 255;

/// Why the text cannot stand in one line beside others.
pub(super) fn unfit(text: &str) -> Option<&'static str> {
    if text.chars().any(turns) {
        Some("Remove the invisible characters that turn the direction of text; type it rather than paste it")
    } else if text.chars().any(char::is_control) {
        Some("Use one line of text")
    } else {
        None
    }
}

/// Why the name cannot be used. An empty one is not looked at.
pub(super) fn unfit_name(name: &str) -> Option<String> {
    if !name.is_empty() && name.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Some("Enter a name that can be seen: this one has invisible characters only".to_owned());
    }
    (name.chars().count() > MAX_NAME_CHARS).then(|| format!("Use at most {MAX_NAME_CHARS} characters"))
}

/// Embeds, overrides or isolates a direction: whatever follows may read otherwise than it is.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_script_are_taken() {
        for name in ["Aldgate", "شركة الاختبار", "חברה", "株式会社", "می\u{200C}خواهم", ""] {
            assert_eq!((unfit(name), unfit_name(name)), (None, None), "{name:?}");
        }
    }

    #[test]
    fn what_turns_the_text_around_it_or_breaks_the_line_is_not() {
        for turned in ["\u{202E}moc", "a\u{202A}", "\u{2066}a\u{2069}", "a\u{2068}b"] {
            assert!(unfit(turned).is_some_and(|why| why.contains("direction")), "{turned:?}");
        }
        for broken in ["a\nb", "a\u{0}b", "a\u{7F}"] {
            assert_eq!(unfit(broken), Some("Use one line of text"), "{broken:?}");
        }
    }

    #[test]
    fn a_name_can_be_seen_and_has_an_end() {
        for nothing in ["\u{200B}", "\u{FEFF}\u{2060}", "\u{200B} \u{3164}", "\u{AD}"] {
            assert!(unfit_name(nothing).is_some_and(|why| why.contains("can be seen")), "{nothing:?}");
        }
        assert_eq!(unfit_name(&"é".repeat(MAX_NAME_CHARS)), None);
        assert_eq!(unfit_name(&"é".repeat(MAX_NAME_CHARS + 1)).as_deref(), Some("Use at most 255 characters"));
    }
}
