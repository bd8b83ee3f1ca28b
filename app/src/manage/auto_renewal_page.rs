use super::data;
use super::frame::{Frame, NotNow};
use super::server_fns::SetAutoRenewal;
use crate::format;
use crate::paths;
use crate::ui::{ErrorSummary, load};
use crate::writes::FormToken;
use backend::subscriptions::Subscription;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// The form's name in the session.
pub(super) const FORM: &str = "set_auto_renewal";

/// `/subscriptions/{id}/auto-renewal`: what happens at the end of the term, and the button that changes it.
#[component]
pub(crate) fn AutoRenewalPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    load(data::to_change(id, FORM), |(subscription, refused)| {
        let is_refused = refused.is_some();
        view! {
            <Frame title="Automatic renewal" subscription=subscription.clone() refused=is_refused>
                {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
                {if subscription.status == "active" {
                    view! { <Turn subscription/> }.into_any()
                } else {
                    let reason = format!("This subscription is {}. Only an active one renews.", subscription.status);
                    view! { <NotNow reason subscription_id=subscription.id/> }.into_any()
                }}
            </Frame>
        }
    })
}

#[component]
fn Turn(subscription: Subscription) -> impl IntoView {
    let day = subscription.renews_on.or(subscription.expires_on);
    let on_day = day.map(|day| format!(" on {}", format::date(day))).unwrap_or_default();
    let on = subscription.auto_renew == Some(true);
    let (now, then, to, button) = if on {
        (
            format!("It renews by itself{on_day}."),
            format!(
                "Without automatic renewal it ends{on_day}. Until then nothing changes, and it can be turned on again."
            ),
            "off",
            "Turn automatic renewal off",
        )
    } else {
        (
            format!("It ends{on_day}; no new term begins by itself."),
            format!("With automatic renewal a new term begins{on_day}, at the price that holds then."),
            "on",
            "Turn automatic renewal on",
        )
    };
    view! {
        <p>{now}" "{then}</p>
        <form class="form" method="post" action=SetAutoRenewal::PATH>
            <input type="hidden" name="subscription" value=subscription.id.clone()/>
            <input type="hidden" name="to" value=to/>
            <FormToken/>
            <div class="form-actions">
                <button class="button primary" type="submit">{button}</button>
                <a class="button quiet" href=paths::subscription(&subscription.id)>"Back"</a>
            </div>
        </form>
    }
}
