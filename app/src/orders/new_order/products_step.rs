use super::data::{Chosen, Search};
use super::line_fields::{LineErrors, LineFields};
use super::page::Frame;
use super::product_search::ProductSearch;
use super::product_text::end_text;
use crate::error::AppError;
use crate::paths;
use crate::ui::{ErrorSummary, Field, SelectField};
use ::backend::orders::EndTogether;
use leptos::prelude::*;

/// What is ordered. One form, so that whichever button is pressed keeps everything typed.
#[component]
pub(super) fn ProductsStep(chosen: Chosen, search: Search, problem: Option<AppError>) -> impl IntoView {
    let Chosen { draft, customer, products, added, may_price, end } = chosen;
    let po_error = problem.as_ref().and_then(|problem| problem.field("po_number")).map(ToOwned::to_owned);
    let end_error = problem.as_ref().and_then(|problem| problem.field("end_with")).map(ToOwned::to_owned);
    let empty = products.is_empty();
    let fields: Vec<_> = draft
        .lines
        .iter()
        .zip(products)
        .enumerate()
        .map(|(index, (line, product))| {
            let error = |name| {
                let field = format!("{name}-{index}");
                problem.as_ref().and_then(|problem| problem.field(&field)).map(ToOwned::to_owned)
            };
            let errors = LineErrors { seats: error("seats"), product: error("product"), price: error("price") };
            view! { <LineFields index product line=line.clone() added=added == Some(index) may_price errors/> }
        })
        .collect();
    view! {
        <Frame draft=draft.clone() number=1 refused=problem.is_some()>
            {problem.map(|error| view! { <ErrorSummary error/> })}
            <form class="stack" method="get" action=paths::NEW_ORDER novalidate>
                <input type="hidden" name="customer" value=customer.id/>
                {draft.parameters.map(|id| view! { <input type="hidden" name="draft" value=id.to_string()/> })}
                {draft.again.map(|id| view! { <input type="hidden" name="again" value=id.to_string()/> })}
                <EnterButton/>
                <ProductSearch search/>
                <section class="panel" aria-labelledby="order">
                    <div class="panel-header"><h2 id="order">{format!("Order for {}", customer.name)}</h2></div>
                    <div class="form">
                    <div id="products" class="stack">
                        {if empty { view! { <p class="sub">"Nothing yet. Search for a product and add it."</p> }.into_any() }
                        else { fields.into_any() }}
                    </div>
                    <Field
                        name="po_number"
                        label="PO number"
                        hint="Optional. Your client's purchase order; the marketplace keeps it with the order."
                        value=draft.po_number
                        error=po_error
                        autocomplete="off"
                    />
                    <EndField end value=draft.end_with error=end_error/>
                    <div class="form-actions">
                        <button class="button primary" type="submit" name="step" value="review" disabled=empty>"Review"</button>
                        {empty.then(|| view! { <span class="sub">"Add a product first."</span> })}
                    </div>
                    </div>
                </section>
            </form>
        </Frame>
    }
}

/// Offered only where every product of the order allows it.
#[component]
fn EndField(end: EndTogether, value: Option<String>, error: Option<String>) -> impl IntoView {
    (!end.choices.is_empty()).then(|| {
        let nothing = if end.required { "Choose…" } else { "Nothing: its own full term" };
        let choices = end.choices.iter().map(|choice| (choice.with.to_string(), end_text(choice)));
        let options = std::iter::once((String::new(), nothing.to_owned())).chain(choices).collect();
        let hint = if end.required {
            "A product of this order has to end on the same day as something else."
        } else {
            "Optional. The first term is shorter, so that both are up for renewal on the same day."
        };
        view! { <SelectField name="end_with" label="End together with" options value hint error/> }
    })
}

/// What Enter presses in any field, being the first button: it searches where the search was edited, and reviews otherwise.
#[component]
fn EnterButton() -> impl IntoView {
    view! {
        <button class="visually-hidden" type="submit" name="step" value="enter" tabindex="-1" aria-hidden="true">"Go on"</button>
    }
}
