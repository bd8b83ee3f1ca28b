use super::data::Chosen;
use super::page::Frame;
use crate::error::AppError;
use crate::orders::product_price;
use crate::paths;
use crate::ui::{ErrorSummary, Field, SelectField};
use leptos::prelude::*;

/// How far its term is, and how many seats it has.
#[component]
pub(super) fn TermStep(chosen: Chosen, problem: Option<AppError>) -> impl IntoView {
    let Chosen { state, customer, product } = chosen;
    let refused = problem.is_some();
    let summary = problem.clone();
    let error = move |field: &str| problem.as_ref().and_then(|problem| problem.field(field)).map(ToOwned::to_owned);
    let renews = [("yes", "Renews by itself"), ("no", "Ends with its term")];
    let renews = renews.map(|(value, text)| (value.to_owned(), text.to_owned())).into();
    view! {
        <Frame state=state.clone() number=2 refused>
            {summary.map(|error| view! { <ErrorSummary error/> })}
            <form class="form" method="get" action=paths::MIGRATE novalidate>
                <p id="product">{product.name.clone()}", "{product_price(&product)}<span class="sub">"For "{customer.name}</span></p>
                <input type="hidden" name="customer" value=customer.id/>
                <input type="hidden" name="product" value=product.key/>
                {state.again.map(|again| view! { <input type="hidden" name="again" value=again/> })}
                <Field
                    name="seats"
                    label="Seats"
                    hint="As many as it has now."
                    value=state.seats
                    error=error("seats")
                    inputmode="numeric"
                    autocomplete="off"
                />
                <div class="field-row">
                    <Field
                        name="started_on"
                        label="Term began on"
                        kind="date"
                        value=state.started_on
                        error=error("started_on")
                    />
                    <Field
                        name="expires_on"
                        label="Term ends on"
                        kind="date"
                        value=state.expires_on
                        error=error("expires_on")
                    />
                </div>
                <SelectField name="renews" label="Automatic renewal" options=renews value=state.renews/>
                <Field
                    name="po_number"
                    label="PO number"
                    hint="Optional. Your client's purchase order; the marketplace keeps it with the order."
                    value=state.po_number
                    error=error("po_number")
                    autocomplete="off"
                />
                <div class="form-actions">
                    <button class="button primary" type="submit" name="step" value="review">"Review"</button>
                </div>
            </form>
        </Frame>
    }
}
