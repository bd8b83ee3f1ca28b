//! Giving an order up, and letting it pass without a credit check.

use super::server_fns::AmendOrder;
use crate::flash::Flash;
use crate::ui::{ErrorSummary, Icon};
use crate::writes::FormToken;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form's name in the session.
pub(super) const FORM: &str = "amend_order";

/// What can still be changed of an order that the marketplace has and has not finished.
#[component]
pub(super) fn AmendPanel(order_id: String, refused: Option<Flash>) -> impl IntoView {
    view! {
        <section class="panel stack" aria-labelledby="amend">
            <div class="panel-header"><h2 id="amend">"Change this order"</h2></div>
            {refused.map(|flash| view! { <ErrorSummary error=flash.error/> })}
            <Amendment
                order_id=order_id.clone()
                to="cancel"
                title="Cancel the order"
                meaning="The marketplace gives the order up, if it has not carried it out by then. What is in the \
                         subscription already stays."
            />
            <Amendment
                order_id
                to="skip_credit_check"
                title="Skip the credit check"
                meaning="The order goes on although the customer's credit does not cover it. Who did so is recorded."
            />
        </section>
    }
}

/// Opened first, so that nobody cancels an order by a slip.
#[component]
fn Amendment(order_id: String, to: &'static str, title: &'static str, meaning: &'static str) -> impl IntoView {
    let button = format!("Yes, {}", title.to_lowercase());
    view! {
        <details class="fold">
            <summary>{title}<Icon name="chevron"/></summary>
            <form class="form" method="post" action=AmendOrder::PATH>
                <p>{meaning}</p>
                <input type="hidden" name="order" value=order_id/>
                <input type="hidden" name="to" value=to/>
                <FormToken/>
                <div class="form-actions"><button class="button" type="submit">{button}</button></div>
            </form>
        </details>
    }
}
