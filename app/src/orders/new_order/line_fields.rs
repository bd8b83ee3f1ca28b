use super::draft::DraftLine;
use super::product_search::price;
use ::backend::catalogue::Product;
use domain::{SeatLimits, Seats};
use leptos::prelude::*;

/// What is wrong with a line, by field.
pub(super) struct LineErrors {
    pub(super) seats: Option<String>,
    pub(super) product: Option<String>,
    pub(super) price: Option<String>,
}

/// The fields of one line of the order.
#[component]
pub(super) fn LineFields(
    /// Which line, counted from 0.
    index: usize,
    product: Product,
    /// As typed.
    line: DraftLine,
    /// Just added: its seats are what is typed next.
    added: bool,
    /// The person may agree a price of their own.
    may_price: bool,
    errors: LineErrors,
) -> impl IntoView {
    let remove = format!("Remove {}", product.name);
    let hint = format!("{}, {}", limits(product.limits), price(&product));
    let special = may_price.then_some(line.special_price);
    view! {
        <fieldset id=format!("product-{index}")>
            <legend>{product.name.clone()}</legend>
            {errors.product.map(|error| view! { <p class="field-error">{error}</p> })}
            <input type="hidden" name=format!("product-{index}") value=product.key.clone()/>
            <div class="field-row">
                <LineField
                    id=format!("seats-{index}")
                    label="Seats"
                    hint
                    inputmode="numeric"
                    value=line.seats
                    added
                    error=errors.seats
                />
                {special.map(|value| view! {
                    <LineField
                        id=format!("price-{index}")
                        label="Special price per seat"
                        hint="Optional. Instead of the catalogue's, for this subscription.".to_owned()
                        inputmode="decimal"
                        value
                        added=false
                        error=errors.price
                    />
                })}
                <div>
                    <button class="button quiet" type="submit" name="remove" value=index aria-label=remove>"Remove"</button>
                </div>
            </div>
        </fieldset>
    }
}

/// A field whose name has the line's number in it.
#[component]
fn LineField(
    id: String,
    label: &'static str,
    hint: String,
    inputmode: &'static str,
    value: Option<String>,
    added: bool,
    error: Option<String>,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = if error.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <p class="hint" id=hint_id>{hint}</p>
            <input
                id=id.clone()
                name=id
                type="text"
                inputmode=inputmode
                autocomplete="off"
                autofocus=added
                value=value.unwrap_or_default()
                aria-describedby=described_by
                aria-invalid=error.is_some().then_some("true")
            />
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
        </div>
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
