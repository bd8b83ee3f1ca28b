//! What an entry of the trail is about.

use crate::paths;

/// A thing of ours or the marketplace's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// Its name, or its identifier where the name is not known.
    pub(super) text: String,
    /// What kind of thing, and the identifier unless it is the text already or means nothing to people.
    pub(super) sub: String,
    /// Its page, where it has one.
    pub(super) href: Option<String>,
}

impl Subject {
    /// The thing of that kind and identifier, called `name`.
    pub(super) fn new(kind: &str, id: &str, name: Option<String>) -> Self {
        let href = match kind {
            "customer" => Some(paths::customer(id)),
            "subscription" => Some(paths::subscription(id)),
            "order" if !id.is_empty() => Some(paths::order(id)),
            "report" => Some(paths::report(id)),
            "matching" => Some(paths::matching_batch(id)),
            "role" => Some(paths::role(id)),
            "reseller" if !id.is_empty() => Some(paths::reseller(id)),
            _ => None,
        };
        let known_by_name = name.is_some();
        let text = match (name, kind, id) {
            (Some(name), ..) => name,
            (None, "staff", "unknown") => "nobody known".to_owned(),
            // Known by the token of a form, which says nothing to people.
            (None, "report_request", _) => "a report".to_owned(),
            (None, "connection", "") => "the connection".to_owned(),
            (None, "activity", _) => "the activity".to_owned(),
            (None, "matching", _) => "a table of customers".to_owned(),
            (None, "role", _) => "a role".to_owned(),
            (None, "approval rule", _) => "a rule".to_owned(),
            (None, _, "") => "not numbered yet".to_owned(),
            (None, ..) => id.to_owned(),
        };
        let label = match kind {
            "staff" => "staff member",
            "report_request" => "report",
            "call" => "call in the API console",
            "matching" => "bulk match",
            "activity" => "the whole trail, or part of it",
            "function" => "function of the server",
            kind => kind,
        };
        let sub = if known_by_name && kind != "staff" { format!("{label} {id}") } else { label.to_owned() };
        Self { text, sub, href }
    }
}

#[cfg(test)]
mod tests {
    use super::Subject;

    #[test]
    fn a_named_thing_shows_its_kind_and_number_below() {
        let subject = Subject::new("subscription", "1000201", Some("Mail".to_owned()));
        assert_eq!((subject.text.as_str(), subject.sub.as_str()), ("Mail", "subscription 1000201"));
        assert_eq!(subject.href.as_deref(), Some("/subscriptions/1000201"));
    }

    #[test]
    fn a_thing_without_a_page_has_no_link() {
        let subject = Subject::new("staff", "unknown", None);
        assert_eq!((subject.text.as_str(), subject.href), ("nobody known", None));
    }
}
