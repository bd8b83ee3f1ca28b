use super::data;
use super::frame::Frame;
use super::server_fns::SetAttributes;
use crate::flash::Flash;
use crate::paths;
use crate::ui::{AttributeRows, ErrorSummary, load, spare_attributes};
use crate::writes::FormToken;
use backend::subscriptions::Subscription;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// The form's name in the session.
pub(super) const FORM: &str = "set_attributes";

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
                    <FormToken/>
                    <AttributeRows rows names="names" values="values" error=errors/>
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
    present.chain(spare_attributes()).collect()
}
