//! The field of one activation parameter.

use ::backend::orders::{FieldKind, ParameterField};
use leptos::prelude::*;

/// Where the field is on the page: its line and its place among the line's parameters, both counted from 0.
pub(super) fn id(line: usize, at: usize) -> String {
    format!("parameter-{line}-{at}")
}

/// `admin_email` is read as `Admin email`.
pub(super) fn label(field: &ParameterField) -> String {
    let words = field.member.as_deref().unwrap_or(&field.name).replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What was entered, in words; never a password.
pub(super) fn shown(field: &ParameterField) -> String {
    match field.kind {
        FieldKind::Checkbox => if field.is_checked() { "yes" } else { "no" }.to_owned(),
        _ if field.value.is_empty() => "none".to_owned(),
        FieldKind::Password => "entered, not shown".to_owned(),
        FieldKind::Choice => {
            let choice = field.choices.iter().find(|(value, _)| *value == field.value);
            choice.map_or_else(|| field.value.clone(), |(_, text)| text.clone())
        }
        _ => field.value.clone(),
    }
}

/// The field with its label, hint and message, and what tells the server which parameter it is.
#[component]
pub(super) fn ParameterInput(
    line: usize,
    at: usize,
    /// Its place among all fields of the form, counted from 0.
    entry: usize,
    product_key: String,
    field: ParameterField,
) -> impl IntoView {
    let id = id(line, at);
    let name = |part: &str| format!("entered[{entry}][{part}]");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let hint = hint(&field);
    let described: Vec<String> =
        [hint.as_ref().map(|_| hint_id.clone()), field.error.as_ref().map(|_| error_id.clone())]
            .into_iter()
            .flatten()
            .collect();
    let described_by = (!described.is_empty()).then(|| described.join(" "));
    let needed = if field.required { " (required)" } else { " (optional)" };
    let text = view! { {label(&field)}<span class="optional">{needed}</span> };
    let hint = hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> });
    let error = field.error.clone().map(|error| view! { <p class="field-error" id=error_id>{error}</p> });
    let invalid = field.error.is_some().then_some("true");
    let input = input(&field, &id, name("value"), described_by, invalid);
    let body = if field.kind == FieldKind::Checkbox {
        view! { <label class="check">{input}<span>{text}</span></label>{hint}{error} }.into_any()
    } else {
        view! { <label for=id>{text}</label>{hint}{input}{error} }.into_any()
    };
    view! {
        <div class="field">
            <input type="hidden" name=name("product") value=product_key/>
            <input type="hidden" name=name("name") value=field.name/>
            {field.member.map(|member| view! { <input type="hidden" name=name("member") value=member/> })}
            {body}
        </div>
    }
}

fn input(
    field: &ParameterField,
    id: &str,
    name: String,
    described_by: Option<String>,
    invalid: Option<&'static str>,
) -> AnyView {
    let id = id.to_owned();
    let required = field.required.then_some("true");
    match field.kind {
        FieldKind::Checkbox => view! {
            <input id=id name=name type="checkbox" value="true" checked=field.is_checked()
                aria-describedby=described_by aria-invalid=invalid aria-required=required/>
        }
        .into_any(),
        FieldKind::Choice => {
            let chosen = field.value.clone();
            let nothing = (String::new(), "Choose…".to_owned());
            let options = std::iter::once(nothing).chain(field.choices.clone());
            let options = options.map(|(value, text)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{text}</option> }
            });
            view! {
                <select id=id name=name aria-describedby=described_by aria-invalid=invalid aria-required=required>
                    {options.collect_view()}
                </select>
            }
            .into_any()
        }
        kind => {
            let (input_type, inputmode) = input_type(kind);
            let value = (kind != FieldKind::Password).then(|| field.value.clone());
            let autocomplete = if kind == FieldKind::Password { "new-password" } else { "off" };
            view! {
                <input id=id name=name type=input_type inputmode=inputmode value=value autocomplete=autocomplete
                    aria-describedby=described_by aria-invalid=invalid aria-required=required/>
            }
            .into_any()
        }
    }
}

/// The input's type, and the keyboard a telephone shows for it.
fn input_type(kind: FieldKind) -> (&'static str, Option<&'static str>) {
    match kind {
        FieldKind::Email => ("email", None),
        FieldKind::Phone => ("tel", None),
        FieldKind::Url => ("url", None),
        // A domain is no web address: browsers would refuse it without `https://`.
        FieldKind::Domain => ("text", Some("url")),
        FieldKind::Password => ("password", None),
        FieldKind::Text | FieldKind::Choice | FieldKind::Checkbox => ("text", None),
    }
}

fn hint(field: &ParameterField) -> Option<String> {
    let kept = field.kind == FieldKind::Password && !field.value.is_empty();
    if kept { Some("Entered and kept. Leave it empty to keep it.".to_owned()) } else { field.note.clone() }
}
