use super::data::{self, Usual};
use super::frame::{Frame, NotNow};
use super::server_fns::SetPrice;
use crate::paths;
use crate::subscriptions::{NotReadYet, On, ReadingView};
use crate::ui::{ErrorSummary, Field, load};
use crate::url::Query;
use crate::writes::FormToken;
use backend::subscriptions::ProductLine;
use domain::Money;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// The form's name in the session.
pub(super) const FORM: &str = "set_price";

/// `/subscriptions/{id}/price?line=1`: what a seat costs the customer in future bills.
#[component]
pub(crate) fn PricePage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let line = Query::of_page().get("line").and_then(|line| line.parse().ok()).unwrap_or(1);
    load(data::to_price(id, line, FORM), move |(subscription, refused, usual)| {
        if subscription.status == "active" && subscription.is_unread() {
            return view! { <NotReadYet title="Special price" subscription/> }.into_any();
        }
        let is_refused = refused.is_some();
        let price = refused.as_ref().and_then(|flash| flash.value("price")).map(ToOwned::to_owned);
        let error = refused.as_ref().and_then(|flash| flash.error.field("price")).map(ToOwned::to_owned);
        let line = subscription.line(line).cloned();
        view! {
            <Frame title="Special price" subscription=subscription.clone() refused=is_refused>
                {view! { <ReadingView subscription=subscription.clone() on=On::AForm/> }.into_any()}
                {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
                {match line {
                    Some(line) if subscription.status == "active" => {
                        view! { <Form id=subscription.id line usual price error/> }.into_any()
                    }
                    _ => view! {
                        <NotNow
                            reason="A price can be set for a product line of an active subscription only.".to_owned()
                            subscription_id=subscription.id
                        />
                    }
                    .into_any(),
                }}
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn Form(id: String, line: ProductLine, usual: Usual, price: Option<String>, error: Option<String>) -> impl IntoView {
    let now = line.unit_price.map_or_else(|| "not known".to_owned(), Money::display);
    let beside = [
        usual.price.map(|price| format!(" The usual price is {}.", price.display())),
        usual.cost.map(|cost| format!(" Your cost is {}.", cost.display())),
    ];
    let beside: String = beside.into_iter().flatten().collect();
    let hint = format!("{now} per seat and billing period now.{beside} The new price holds for future bills.");
    let price = price.or_else(|| line.unit_price.map(|price| price.amount.normalize().to_string()));
    view! {
        <p>{line.name}</p>
        <form class="form" method="post" action=SetPrice::PATH>
            <input type="hidden" name="subscription" value=id.clone()/>
            <input type="hidden" name="line" value=line.line.to_string()/>
            <FormToken/>
            <Field name="price" label="Price per seat" value=price hint error inputmode="decimal" autocomplete="off"/>
            <div class="form-actions">
                <button class="button primary" type="submit">"Set the price"</button>
                <a class="button quiet" href=paths::subscription(&id)>"Back"</a>
            </div>
        </form>
    }
}
