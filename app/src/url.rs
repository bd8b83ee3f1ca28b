//! Query strings: reading the page's own and writing links that change one thing of it.

use leptos::prelude::GetUntracked;
use leptos_router::hooks::use_query_map;
use time::Date;
use time::macros::format_description;

/// The query of a page, in the order of its fields; empty values are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// The query of the page being rendered.
    pub(crate) fn of_page() -> Self {
        let map = use_query_map().get_untracked();
        Self(
            map.into_iter()
                .map(|(name, value)| (name.into_owned(), tidied(&value)))
                .filter(|(_, v)| !v.is_empty())
                .collect(),
        )
    }

    /// A query as it is written in an address; empty when it is damaged.
    pub(crate) fn parse(text: &str) -> Self {
        let fields: Vec<(String, String)> = serde_urlencoded::from_str(text).unwrap_or_default();
        let fields = fields.into_iter().map(|(name, value)| (name, tidied(&value)));
        Self(fields.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The field's value, trimmed; `None` when absent or empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The same with the field set.
    #[must_use]
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.without(&[name]);
        if !value.is_empty() {
            changed.0.push((name.to_owned(), value.to_owned()));
        }
        changed
    }

    /// The same without the fields.
    #[must_use]
    pub(crate) fn without(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(field, _)| !names.contains(&field.as_str())).cloned().collect())
    }

    /// The fields other than the named ones, for a form's hidden inputs.
    pub(crate) fn others(&self, names: &[&str]) -> Vec<(String, String)> {
        self.without(names).0
    }

    /// A link to `path` with this query.
    pub(crate) fn link(&self, path: &str) -> String {
        match serde_urlencoded::to_string(&self.0) {
            Ok(query) if !query.is_empty() => format!("{path}?{query}"),
            _ => path.to_owned(),
        }
    }
}

/// Without what is typed around a value, and without the character that no text of the database can hold.
fn tidied(value: &str) -> String {
    value.replace('\0', "").trim().to_owned()
}

/// A day of a query; one that cannot be read filters nothing.
pub(crate) fn day(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

/// The path, if it leads to a page of this site and nowhere else: no scheme, no host, no `//`, no backslash, nothing that
/// browsers drop from an address.
pub(crate) fn local_path(path: &str) -> Option<&str> {
    let dropped = |c: char| c == '\\' || c.is_control();
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains(dropped);
    (local && !path.starts_with("/api/")).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::{Query, local_path};
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn only_pages_of_this_site_are_gone_to_after_sign_in() {
        assert_eq!(local_path("/orders?status=error"), Some("/orders?status=error"));
        for elsewhere in
            ["//evil.example", "/\\evil.example", "https://evil.example", "orders", "/\t/evil.example", "/api/sign_out"]
        {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn a_link_changes_one_field_and_keeps_the_others() {
        let query = Query::default().with("status", "active").with("search", "a&b").with("after", "1~x");
        let link = query.without(&["after"]).with("status", "hold").link("/subscriptions");
        assert_eq!(link, "/subscriptions?search=a%26b&status=hold");
        assert_eq!(query.with("status", "").get("status"), None);
    }

    #[test]
    fn a_value_holds_nothing_that_no_text_can_hold() {
        let query = Query::parse("search=%00&name=+a%00b+");
        assert_eq!((query.get("search"), query.get("name")), (None, Some("ab")));
    }

    /// What people try: the parts that browsers read in more than one way.
    fn addresses() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "/",
            "//",
            "\\",
            "/\\",
            "\t",
            "\n",
            "\r",
            "\0",
            "\u{b}",
            " ",
            "\u{a0}",
            "\u{2028}",
            "%2f",
            "%5c",
            "%09",
            "%0d%0a",
            "%00",
            "evil.example",
            "@",
            ":",
            "?",
            "#",
            "..",
            ".",
            "/..",
            "/.",
            "https:",
            "http://",
            "javascript:",
            "data:",
            "orders",
            "／",
            "\u{feff}",
            ";",
            "&",
            "api",
        ]);
        prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        /// The oracle reads addresses as browsers do (the URL standard).
        #[test]
        fn no_address_that_is_let_through_leads_to_another_site(path in prop_oneof![addresses(), ".{0,40}", "/[/\\\\\t\r\n.%@:a-z]{0,20}"]) {
            let here = Url::parse("https://seatboard.example/sign-in?next=x").unwrap();
            if let Some(local) = local_path(&path) {
                let there = here.join(local).unwrap();
                prop_assert_eq!(there.origin(), here.origin(), "{:?}", path);
                prop_assert!(there.username().is_empty() && there.password().is_none(), "{:?}", path);
                prop_assert!(!local.contains(['\r', '\n']), "{:?}", path);
            }
        }
    }

    #[test]
    fn addresses_of_this_site_are_let_through_whatever_is_encoded_in_them() {
        for path in [
            "/",
            "/orders?search=a%2F%2Fb",
            "/subscriptions/%2e%2e",
            "/customers/1#renewals",
            "/customers?search=M%C3%BCller",
        ] {
            assert_eq!(local_path(path), Some(path));
        }
    }
}
