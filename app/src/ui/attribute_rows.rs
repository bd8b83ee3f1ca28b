use super::Field;
use crate::error::AppError;
use leptos::prelude::*;

/// Empty rows below those that are there.
pub(crate) fn spare_attributes() -> impl Iterator<Item = (String, String)> {
    std::iter::repeat_n(Default::default(), 3)
}

/// Attributes as fields, a row each. `names` and `values` are what the fields are called when they are sent, and
/// `error` says which are at fault.
#[component]
pub(crate) fn AttributeRows(
    rows: Vec<(String, String)>,
    names: &'static str,
    values: &'static str,
    #[prop(optional_no_strip)] error: Option<AppError>,
) -> impl IntoView {
    let fault = |field: &str| error.as_ref().and_then(|error| error.field(field)).map(ToOwned::to_owned);
    rows.into_iter()
        .enumerate()
        .map(|(index, (name, value))| {
            let of = format!("of attribute {}", index + 1);
            let (name_id, value_id) = (format!("name-{index}"), format!("value-{index}"));
            let (name_error, value_error) = (fault(&name_id), fault(&value_id));
            view! {
                <div class="pair" role="group" aria-label=format!("Attribute {}", index + 1)>
                    <Field id=name_id name=format!("{names}[{index}]") label="Name" of=of.clone() value=name error=name_error autocomplete="off"/>
                    <Field id=value_id name=format!("{values}[{index}]") label="Value" of value error=value_error autocomplete="off"/>
                </div>
            }
        })
        .collect_view()
}
