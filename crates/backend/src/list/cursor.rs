//! Where a page begins or ends: the sort value and key of the row beside it.

use std::fmt;
use std::str::FromStr;

/// A place between two rows of a sorted list. Written into the URL as `>key~value` (the page after it) or `<key~value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The key of the row beside the page.
    pub(super) key: String,
    /// That row's sort value, as Postgres writes it.
    pub(super) value: String,
    /// The page ends there; otherwise it begins there.
    pub(super) backwards: bool,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}~{}", if self.backwards { '<' } else { '>' }, self.key, self.value)
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (backwards, rest) = match (text.strip_prefix('<'), text.strip_prefix('>')) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(InvalidCursor),
        };
        let (key, value) = rest.split_once('~').ok_or(InvalidCursor)?;
        Ok(Self { key: key.to_owned(), value: value.to_owned(), backwards })
    }
}

/// The page link is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this page link is damaged; start at the first page")]
pub struct InvalidCursor;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_survives_the_url(key in "[a-z0-9]{1,12}", value in ".*", backwards: bool) {
            let cursor = Cursor { key, value, backwards };
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
    }

    #[test]
    fn a_damaged_cursor_is_refused() {
        assert_eq!("1000~Acme".parse::<Cursor>(), Err(InvalidCursor));
        assert_eq!(">1000".parse::<Cursor>(), Err(InvalidCursor));
    }
}
