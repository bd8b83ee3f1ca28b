use super::server_fns::SetOrderProof;
use crate::flash::Flash;
use crate::ui::Field;
use domain::Money;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// From which amount on whoever places or approves an order confirms first that it is them.
#[component]
pub(super) fn OrderProofForm(threshold: Option<Money>, refused: Option<Flash>) -> impl IntoView {
    let error = |field: &str| refused.as_ref().and_then(|flash| flash.error.field(field)).map(ToOwned::to_owned);
    let value = |field: &str, stored: Option<String>| match &refused {
        Some(flash) => flash.value(field).map(ToOwned::to_owned),
        None => stored,
    };
    let amount = threshold.map(|threshold| threshold.amount.to_string());
    let currency = threshold.map(|threshold| threshold.currency.code().to_owned());
    view! {
        <section class="panel" aria-labelledby="order-proof">
            <div class="panel-header"><h2 id="order-proof">"Orders that take a proof"</h2></div>
            <form class="form" method="post" action=SetOrderProof::PATH>
                <p class="hint">
                    "Whoever places or approves an order of this amount or more confirms first that it is them, unless they did \
                     so in the last five minutes. That holds for every role."
                </p>
                <Field
                    name="proof_amount"
                    label="From this amount on"
                    hint="What is charged or credited now, before tax, such as 1000.00. What costs nothing now is charged later, and takes a proof \
                          in any case. Empty: no order takes one."
                    value=value("proof_amount", amount)
                    error=error("proof_amount")
                    inputmode="decimal"
                    autocomplete="off"
                    may_be_empty=true
                />
                <Field
                    name="proof_currency"
                    label="Its currency"
                    hint="Such as USD. Orders in other currencies, or at a price that is not known, take a proof in any case."
                    value=value("proof_currency", currency)
                    error=error("proof_currency")
                    autocomplete="off"
                    may_be_empty=true
                />
                <div class="form-actions"><button class="button" type="submit">"Save amount"</button></div>
            </form>
        </section>
    }
}
