use crate::ui::Icon;
use leptos::prelude::*;

/// In place of the spend and the renewals of a reseller's customer: the marketplace lists the subscriptions of the
/// account's own customers only, so what is known of others is not all there is.
#[component]
pub(super) fn Untold(reseller: String) -> impl IntoView {
    view! {
        <div class="notice" data-tone="info">
            <Icon name="info"/>
            <div>
                <p class="notice-title">{format!("A customer of {reseller}")}</p>
                <p>
                    "Their subscriptions, renewals and spend are not told by the marketplace: it lists those of your own "
                    "customers only."
                </p>
            </div>
        </div>
    }
}
