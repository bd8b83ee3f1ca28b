use super::data;
use super::frame::Frame;
use super::server_fns::SetAttributes;
use crate::flash::Flash;
use crate::paths;
use crate::ui::{ErrorSummary, load};
use backend::subscriptions::Subscription;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// The form's name in the session.
pub(super) const FORM: &str = "set_attributes";

/// Empty rows below those that are there.
const SPARE: usize = 3;

/// `/subscriptions/{id}/attributes`
#[component]
pub(crate) fn AttributesPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::to_change(id, FORM), |(subscription, refused)| {
        let rows = refused.as_ref().map_or_else(|| present(&subscription), typed);
        let errors = refused.as_ref().map(|flash| flash.error.clone());
        let is_refused = refused.is_some();
        view! {
            <Frame title="Attributes" subscription=subscription.clone() refused=is_refused>
                {errors.clone().map(|error| view! { <ErrorSummary error/> })}
                <p>"Notes that the marketplace keeps with the subscription, such as your client's PO number. What is left empty stays as it is; the marketplace cannot take an attribute away."</p>
                <form class="form" method="post" action=SetAttributes::PATH>
                    <input type="hidden" name="subscription" value=subscription.id.clone()/>
                    {rows
                        .into_iter()
                        .enumerate()
                        .map(|(index, (name, value))| {
                            let error = |field: &str| {
                                errors.as_ref().and_then(|error| error.field(&format!("{field}-{index}"))).map(ToOwned::to_owned)
                            };
                            view! { <Row index name value name_error=error("name") value_error=error("value")/> }
                        })
                        .collect_view()}
                    <div class="form-actions">
                        <button class="button primary" type="submit">"Save attributes"</button>
                        <a class="button quiet" href=paths::subscription(&subscription.id)>"Back"</a>
                    </div>
                </form>
            </Frame>
        }
    })
}

/// What was typed, as the session keeps it.
pub(super) fn kept(attributes: &[(String, String)]) -> Vec<(String, String)> {
    let row = |(index, (name, value)): (usize, &(String, String))| {
        [(format!("name-{index}"), name.clone()), (format!("value-{index}"), value.clone())]
    };
    attributes.iter().enumerate().flat_map(row).collect()
}

fn typed(flash: &Flash) -> Vec<(String, String)> {
    let row = |index: usize| {
        let value = |field: &str| flash.value(&format!("{field}-{index}")).map(ToOwned::to_owned);
        Some((value("name")?, value("value").unwrap_or_default()))
    };
    (0..).map_while(row).collect()
}

fn present(subscription: &Subscription) -> Vec<(String, String)> {
    let attributes = subscription.attributes.as_object().into_iter().flatten();
    let present = attributes.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()));
    present.chain(std::iter::repeat_n(Default::default(), SPARE)).collect()
}

#[component]
fn Row(
    index: usize,
    name: String,
    value: String,
    name_error: Option<String>,
    value_error: Option<String>,
) -> impl IntoView {
    let number = index + 1;
    view! {
        <div class="pair" role="group" aria-label=format!("Attribute {number}")>
            <Text field="name" plural="names" label="Name" index text=name error=name_error/>
            <Text field="value" plural="values" label="Value" index text=value error=value_error/>
        </div>
    }
}

#[component]
fn Text(
    field: &'static str,
    plural: &'static str,
    label: &'static str,
    index: usize,
    text: String,
    error: Option<String>,
) -> impl IntoView {
    let id = format!("{field}-{index}");
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label for=id.clone()>{label}<span class="visually-hidden">{format!(" of attribute {}", index + 1)}</span></label>
            <input
                id=id
                name=format!("{plural}[{index}]")
                value=text
                autocomplete="off"
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| error_id.clone())
            />
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
    }
}
