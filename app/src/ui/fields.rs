//! Form fields with their label, hint and message, and the summary of what is wrong.

use super::CorrelationId;
use crate::error::AppError;
use leptos::prelude::*;

/// A text input.
#[component]
pub(crate) fn Field(
    name: &'static str,
    label: &'static str,
    #[prop(optional_no_strip, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional_no_strip, into)] placeholder: Option<String>,
    /// The id of the `datalist` with suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let described_by = described_by(name, hint.is_some(), error.is_some());
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            <input
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                placeholder=placeholder
                list=list
                autofocus=autofocus
                aria-describedby=described_by
                aria-invalid=error.is_some().then_some("true")
            />
            {error.map(|error| view! { <p class="field-error" id=format!("{name}-error")>{error}</p> })}
        </div>
    }
}

/// A choice of one; each option is a value and what people read.
#[component]
pub(crate) fn SelectField(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    #[prop(optional_no_strip, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let described_by = described_by(name, hint.is_some(), error.is_some());
    let chosen = value.unwrap_or_default();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            <select id=name name=name aria-describedby=described_by aria-invalid=error.is_some().then_some("true")>
                {options
                    .into_iter()
                    .map(|(option, text)| {
                        let selected = option == chosen;
                        view! { <option value=option selected=selected>{text}</option> }
                    })
                    .collect_view()}
            </select>
            {error.map(|error| view! { <p class="field-error" id=format!("{name}-error")>{error}</p> })}
        </div>
    }
}

/// Everything wrong with a form, each with a link to its field.
#[component]
pub(crate) fn ErrorSummary(error: AppError) -> impl IntoView {
    let items = if error.fields.is_empty() {
        view! { <li>{error.message}</li> }.into_any()
    } else {
        error
            .fields
            .into_iter()
            .map(|field| view! { <li><a href=format!("#{}", field.field)>{field.message}</a></li> })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="error-summary" role="alert" tabindex="-1" autofocus>
            <h2>"There is a problem"</h2>
            <ul>{items}</ul>
            {error.correlation_id.map(|id| view! { <CorrelationId id/> })}
        </div>
    }
}

fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> = [(hint, "hint"), (error, "error")]
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, what)| format!("{name}-{what}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
