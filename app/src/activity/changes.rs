//! What changed between the facts before and after, field by field.

use serde_json::Value;

/// One fact that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Its name in words; empty where the facts are a single value.
    pub(super) field: String,
    /// What it was.
    pub(super) before: Option<String>,
    /// What it is.
    pub(super) after: Option<String>,
}

/// The facts that differ; those of one side only count as well.
pub(super) fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<Change> {
    let (before, after) = (facts(before), facts(after));
    let value_in = |facts: &[(String, Option<String>)], name: &str| {
        facts.iter().find(|(field, _)| field == name).and_then(|(_, value)| value.clone())
    };
    let only_before = before.iter().filter(|(name, _)| after.iter().all(|(other, _)| other != name));
    after
        .iter()
        .chain(only_before)
        .map(|(name, _)| Change { field: name.clone(), before: value_in(&before, name), after: value_in(&after, name) })
        .filter(|change| change.before != change.after)
        .collect()
}

/// An object's fields, pairs of a name and a value such as a product and its seats, or a single value without a name.
fn facts(value: Option<&Value>) -> Vec<(String, Option<String>)> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(fields)) => fields.iter().map(|(name, value)| (in_words(name), text(value))).collect(),
        Some(Value::Array(items)) if items.iter().all(|item| pair(item).is_some()) => {
            items.iter().filter_map(pair).collect()
        }
        Some(single) => vec![(String::new(), text(single))],
    }
}

fn pair(item: &Value) -> Option<(String, Option<String>)> {
    match item.as_array()?.as_slice() {
        [Value::String(name), value] => Some((name.clone(), text(value))),
        _ => None,
    }
}

/// `po_number` reads `po number`.
fn in_words(name: &str) -> String {
    name.replace('_', " ")
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Object(money) if money.len() == 2 => match (money.get("amount"), money.get("currency")) {
            (Some(Value::String(amount)), Some(Value::String(currency))) => Some(format!("{amount} {currency}")),
            _ => Some(value.to_string()),
        },
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_shown() {
        let (before, after) = (json!({"seats": 12, "name": "Mail"}), json!({"seats": 15, "name": "Mail"}));
        let expected =
            Change { field: "seats".to_owned(), before: Some("12".to_owned()), after: Some("15".to_owned()) };
        assert_eq!(changes(Some(&before), Some(&after)), [expected]);
        assert_eq!(changes(Some(&before), Some(&before)), []);
    }

    #[test]
    fn lines_of_an_order_are_shown_by_product() {
        let (before, after) = (json!([["Mail", 12], ["Files", 5]]), json!([["Mail", 15], ["Files", 5]]));
        let shown = changes(Some(&before), Some(&after));
        assert_eq!(shown.len(), 1);
        assert_eq!((shown[0].field.as_str(), shown[0].after.as_deref()), ("Mail", Some("15")));
    }

    #[test]
    fn facts_of_one_side_only_are_shown_too() {
        let after = json!({"po_number": "PO-7", "price": {"amount": "24.60", "currency": "USD"}, "note": null});
        let shown: Vec<_> = changes(None, Some(&after)).into_iter().map(|c| (c.field, c.before, c.after)).collect();
        assert_eq!(
            shown,
            [
                ("po number".to_owned(), None, Some("PO-7".to_owned())),
                ("price".to_owned(), None, Some("24.60 USD".to_owned())),
            ]
        );
        assert_eq!(changes(Some(&json!({"renews": true})), None)[0].before.as_deref(), Some("yes"));
    }
}
