//! One stylesheet out of many.

use crate::failure::{Context, Result};
use std::fs;
use std::path::Path;

/// Joins `main.css` and the files that it imports, in its order, without comments and indentation.
pub(super) fn join(folder: &Path) -> Result<String> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).context(format!("reading {}", path.display()))
    };
    let mut joined = String::new();
    for line in read("main.css")?.lines() {
        match imported(line) {
            Some(name) => joined.push_str(&read(name)?),
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    Ok(compact(&joined))
}

/// `tokens.css` of `@import "tokens.css";`
fn imported(line: &str) -> Option<&str> {
    line.trim().strip_prefix("@import \"")?.strip_suffix("\";")
}

/// What is left when comments, indentation and empty lines are taken out.
fn compact(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    let mut quote = None;
    while let Some(character) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        if matches!(character, '"' | '\'') {
            quote = match quote {
                None => Some(character),
                Some(open) if open == character => None,
                other => other,
            };
        }
        kept.push(character);
        rest = &rest[character.len_utf8()..];
    }
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_strings_stay() {
        let css = "/* why */\n.a {\n  content: \"/* kept */\"; /* gone */\n\n  color: red;\n}\n";
        assert_eq!(compact(css), ".a {\ncontent: \"/* kept */\";\ncolor: red;\n}\n");
    }

    #[test]
    fn an_apostrophe_in_a_comment_opens_no_string() {
        assert_eq!(compact("/* it's */ a { } /* b's */"), "a { }\n");
    }

    #[test]
    fn only_whole_imports_of_files_beside_it_are_joined() {
        assert_eq!(imported("@import \"tokens.css\";"), Some("tokens.css"));
        assert_eq!(imported("@layer tokens, base;"), None);
    }
}
