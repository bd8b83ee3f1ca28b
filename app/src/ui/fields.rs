//! Form fields with their label, hint and message, and the summary of what is wrong.

use super::{CorrelationId, Icon};
use crate::error::{AppError, Kind};
use leptos::prelude::*;

/// A text input. Its id, which errors link to, is its name unless it has one of its own.
#[component]
pub(crate) fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
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
    /// Says so beside the label.
    #[prop(optional)]
    may_be_empty: bool,
    /// Says after the label, for those who cannot see, which of several such fields it is.
    #[prop(optional, into)]
    of: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described_by = described_by(&id, hint.is_some(), error.is_some());
    view! {
        <div class="field">
            <label for=id.clone()>
                {label}
                {of.map(|of| view! { <span class="visually-hidden">" "{of}</span> })}
                {may_be_empty.then(|| view! { <span class="optional">" (optional)"</span> })}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <input
                id=id.clone()
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
            {error.map(|error| view! { <p class="field-error" id=format!("{id}-error")>{error}</p> })}
        </div>
    }
}

/// A choice of one; each option is a value and what people read.
#[component]
pub(crate) fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    options: Vec<(String, String)>,
    #[prop(optional_no_strip, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    /// Says after the label, for those who cannot see, which of several such fields it is.
    #[prop(optional, into)]
    of: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described_by = described_by(&id, hint.is_some(), error.is_some());
    let chosen = value.unwrap_or_default();
    view! {
        <div class="field">
            <label for=id.clone()>{label}{of.map(|of| view! { <span class="visually-hidden">" "{of}</span> })}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            <select id=id.clone() name=name autocomplete=autocomplete aria-describedby=described_by aria-invalid=error.is_some().then_some("true")>
                {options
                    .into_iter()
                    .map(|(option, text)| {
                        let selected = option == chosen;
                        view! { <option value=option selected=selected>{text}</option> }
                    })
                    .collect_view()}
            </select>
            {error.map(|error| view! { <p class="field-error" id=format!("{id}-error")>{error}</p> })}
        </div>
    }
}

/// What a form carries along unseen.
#[component]
pub(crate) fn Hidden(fields: Vec<(String, String)>) -> impl IntoView {
    fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}

/// Everything wrong with a form, each with a link to its field.
#[component]
pub(crate) fn ErrorSummary(error: AppError) -> impl IntoView {
    if error.kind == Kind::ProofNeeded {
        return view! { <SendAgain text=error.message/> }.into_any();
    }
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
    .into_any()
}

/// For whoever comes back from confirming that it is them. Nothing is wrong with what they typed.
#[component]
fn SendAgain(text: String) -> impl IntoView {
    view! {
        <div class="notice" data-tone="info" role="status" tabindex="-1" autofocus>
            <Icon name="info"/>
            <div><p class="notice-title">"Nothing was done yet"</p><p>{text}</p></div>
        </div>
    }
}

/// What stands between the tags of a `textarea`, where Leptos writes text as it is. The line break before it is the one
/// that browsers drop.
pub(crate) fn textarea_content(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> = [(hint, "hint"), (error, "error")]
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, what)| format!("{id}-{what}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::textarea_content;

    #[test]
    fn text_cannot_end_the_textarea_it_stands_in() {
        let shown = textarea_content("a &lt; </textarea><script>");
        assert_eq!(shown, "\na &amp;lt; &lt;/textarea>&lt;script>");
    }
}
