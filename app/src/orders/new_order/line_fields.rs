use super::product_search::price;
use ::backend::catalogue::Product;
use domain::{SeatLimits, Seats};
use leptos::prelude::*;

/// The fields of one line of the order.
#[component]
pub(super) fn LineFields(
    /// Which line, counted from 0.
    index: usize,
    product: Product,
    /// As typed.
    seats: String,
    /// Just added: its seats are what is typed next.
    added: bool,
    seats_error: Option<String>,
    product_error: Option<String>,
) -> impl IntoView {
    let id = format!("seats-{index}");
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = if seats_error.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
    let remove = format!("Remove {}", product.name);
    view! {
        <fieldset id=format!("product-{index}")>
            <legend>{product.name.clone()}</legend>
            {product_error.map(|error| view! { <p class="field-error">{error}</p> })}
            <input type="hidden" name=format!("product-{index}") value=product.key.clone()/>
            <div class="field-row">
                <div class="field">
                    <label for=id.clone()>"Seats"</label>
                    <p class="hint" id=hint_id>{limits(product.limits)}", "{price(&product)}</p>
                    <input
                        id=id.clone()
                        name=id
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        autofocus=added
                        value=seats
                        aria-describedby=described_by
                        aria-invalid=seats_error.is_some().then_some("true")
                    />
                    {seats_error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
                </div>
                <div>
                    <button class="button quiet" type="submit" name="remove" value=index aria-label=remove>"Remove"</button>
                </div>
            </div>
        </fieldset>
    }
}

/// The fewest and most seats the catalogue allows.
pub(super) fn limits(limits: SeatLimits) -> String {
    match (limits.minimum.map(Seats::get), limits.maximum) {
        (least, Some(most)) => format!("From {} to {most}", least.unwrap_or(1)),
        (Some(least), None) => format!("At least {least}"),
        (None, None) => "Any number".to_owned(),
    }
}
