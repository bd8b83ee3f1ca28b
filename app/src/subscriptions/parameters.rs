use crate::ui::Icon;
use leptos::prelude::*;
use serde_json::Value;

/// Attributes and parameters, as the marketplace gives them: folded, because few people need them.
#[component]
pub(super) fn Parameters(title: &'static str, values: Vec<(String, String)>) -> impl IntoView {
    (!values.is_empty()).then(|| {
        view! {
            <details class="panel fold">
                <summary><h2>{title}</h2><Icon name="chevron"/></summary>
                <dl class="facts rows">
                    {values
                        .into_iter()
                        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
                        .collect_view()}
                </dl>
            </details>
        }
    })
}

/// The members of an object of texts.
pub(super) fn of_object(attributes: &Value) -> Vec<(String, String)> {
    let members = attributes.as_object().into_iter().flatten();
    members.map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The entries of an array of `{name, value, structured_value}`.
pub(super) fn of_array(parameters: Option<&Value>) -> Vec<(String, String)> {
    let entries = parameters.and_then(Value::as_array).into_iter().flatten();
    entries
        .filter_map(|entry| {
            let name = entry.get("name")?.as_str()?.to_owned();
            let value = entry.get("value").or_else(|| entry.get("structured_value"))?;
            Some((name, text(value)))
        })
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parameters_without_a_name_or_a_value_are_left_out() {
        let parameters = json!([{"name": "domain", "value": "x.example"}, {"name": "empty"}, {"value": 1}, {"name": "n", "value": 1}]);
        let read = of_array(Some(&parameters));
        assert_eq!(read, [("domain".to_owned(), "x.example".to_owned()), ("n".to_owned(), "1".to_owned())]);
    }
}
