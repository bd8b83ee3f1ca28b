//! How a table's `search` column is searched: everything a list's search covers, in lower case, each part after a unit
//! separator. A trigram index makes it quick.

use sqlx::{Postgres, QueryBuilder};

/// Adds the condition that the column contains the text, whatever the case. The index knows three characters and more: a
/// shorter text is found only where a word begins with it.
pub(super) fn push(query: &mut QueryBuilder<Postgres>, column: &str, text: &str) {
    let mut patterns = patterns(text).into_iter();
    query.push("(");
    while let Some(pattern) = patterns.next() {
        // Lowered by Postgres, as the column is.
        query.push(column).push(" like lower(").push_bind(pattern);
        query.push(if patterns.len() > 0 { ") or " } else { ")" });
    }
    query.push(")");
}

/// Adds how well the column answers the text that it contains: 0 where a part is the text, an id, a number, a whole name; 1
/// where a part begins with it, 2 where a word does, else 3.
pub(super) fn push_rank(query: &mut QueryBuilder<Postgres>, column: &str, text: &str) {
    let text = escaped(text);
    let [part, word] = WORD_STARTS.map(|before| format!("%{before}{text}"));
    let ranked =
        [(format!("{part}{SEPARATOR}%"), 0), (part.clone(), 0), (format!("{part}%"), 1), (format!("{word}%"), 2)];
    query.push("case");
    for (pattern, rank) in ranked {
        query.push(" when ").push(column).push(" like lower(").push_bind(pattern).push(format!(") then {rank}"));
    }
    query.push(" else 3 end");
}

/// The pattern of texts that contain this one.
pub(crate) fn contains(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// One of these is matched.
fn patterns(text: &str) -> Vec<String> {
    if has_trigram(text) {
        vec![contains(text)]
    } else {
        WORD_STARTS.iter().map(|before| format!("%{before}{}%", escaped(text))).collect()
    }
}

/// Stands before each part, and nobody types it.
const SEPARATOR: char = '\u{1f}';

/// What stands before the first letter of a word: the beginning of a part, or a space.
const WORD_STARTS: [char; 2] = [SEPARATOR, ' '];

/// Whether the index knows three characters in a row that every match holds. It takes words apart, and knows of each that
/// two blanks come before it and one after it; at the ends of the text a word may go on.
fn has_trigram(text: &str) -> bool {
    let mut words = text.split(|character: char| !character.is_alphanumeric()).enumerate().peekable();
    while let Some((position, word)) = words.next() {
        let blanks = if position > 0 { 2 } else { 0 } + usize::from(words.peek().is_some());
        if !word.is_empty() && word.chars().count() + blanks >= 3 {
            return true;
        }
    }
    false
}

/// `like` treats `%`, `_` and `\` specially; people mean them literally.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, character| {
        if matches!(character, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_characters_are_found_anywhere_and_fewer_where_a_word_begins() {
        assert_eq!(patterns("fab"), ["%fab%"]);
        assert_eq!(patterns("fa"), ["%\u{1f}fa%", "% fa%"]);
        assert_eq!(patterns("ü"), ["%\u{1f}ü%", "% ü%"]);
    }

    #[test]
    fn short_words_in_a_row_are_found_anywhere_once_the_index_knows_one_of_them_whole() {
        let texts = [("a b", true), ("ab c", true), ("-a", true), ("ab-", true), ("a-", false), ("& ", false)];
        for (text, known) in texts {
            assert_eq!(has_trigram(text), known, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_pattern_without_its_escapes_is_the_text(text in ".*") {
            let mut characters = escaped(&text).chars().collect::<Vec<_>>().into_iter();
            let mut read = String::new();
            while let Some(character) = characters.next() {
                match character {
                    '\\' => read.extend(characters.next()),
                    '%' | '_' => prop_assert!(false, "a wildcard in {:?}", text),
                    other => read.push(other),
                }
            }
            prop_assert_eq!(read, text);
        }
    }
}
