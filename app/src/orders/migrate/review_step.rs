use super::data::Chosen;
use super::page::Frame;
use super::server_fns::PlaceMigration;
use super::state::State;
use crate::approvals::{WhatHappens, verb};
use crate::error::AppError;
use crate::format;
use crate::orders::new_order::review_row;
use crate::orders::repeat::Repeat;
use crate::seats::{Priced, QuoteText, per_period, priced_at};
use crate::ui::{ErrorSummary, NotPriced, unless_not_priced};
use ::backend::orders::Quote;
use domain::Money;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

/// Everything once more with what it costs, then the button that orders.
#[component]
pub(super) fn ReviewStep(chosen: Chosen, quote: Result<Quote, AppError>, refused: Option<AppError>) -> impl IntoView {
    let state = chosen.state.clone();
    view! {
        <Frame state=state.clone() number=3 refused=refused.as_ref().is_some_and(AppError::is_refusal)>
            {unless_not_priced(refused.clone(), &quote).map(|error| view! { <ErrorSummary error/> })}
            <Rows chosen/>
            {match quote {
                Ok(quote) => view! { <Priced quote=text(&quote)/><Place state quote refused/> }.into_any(),
                Err(error) => view! {
                    <NotPriced heading="No estimate" again=state.review_link() error>
                        <a class="button" href=state.link()>"Choose again"</a>
                    </NotPriced>
                }
                .into_any(),
            }}
        </Frame>
    }
}

#[component]
fn Rows(chosen: Chosen) -> impl IntoView {
    let Chosen { state, customer, product } = chosen;
    let edit = state.link();
    let migration = state.migration();
    let term = product.term.as_ref().and_then(format::length);
    let product_text = [Some(product.name), term].into_iter().flatten().collect();
    let renews = if migration.renews { "Renews by itself" } else { "Ends with its term" };
    let po_number = migration.po_number.unwrap_or_else(|| "none".to_owned());
    let row =
        |label: &str, value: String, field: &str| review_row(label.to_owned(), vec![value], format!("{edit}#{field}"));
    view! {
        <dl class="review">
            {review_row("Customer".to_owned(), vec![customer.name], state.without_customer().link())}
            {review_row("Product".to_owned(), product_text, state.without_product().link())}
            {row("Seats", migration.seats, "seats")}
            {row("Term began on", migration.started_on, "started_on")}
            {row("Term ends on", migration.expires_on, "expires_on")}
            {row("Automatic renewal", renews.to_owned(), "renews")}
            {row("PO number", po_number, "po_number")}
        </dl>
    }
}

fn text(quote: &Quote) -> QuoteText {
    let now = quote.now.map_or_else(|| "not told".to_owned(), Money::display);
    let mut rows = vec![("Charged now, before tax".to_owned(), now)];
    rows.extend(per_period(quote));
    rows.extend(quote.cost_now.map(|cost| ("Your cost now".to_owned(), cost.display())));
    QuoteText { rows, notes: vec![priced_at(quote)] }
}

#[component]
fn Place(state: State, quote: Quote, refused: Option<AppError>) -> impl IntoView {
    let order = state.query().link("");
    let shown = quote.now.and_then(|now| serde_json::to_string(&now).ok());
    view! {
        <WhatHappens
            reasons=quote.approval.clone()
            otherwise="The order goes to the marketplace at once. Cancel the subscription where it was bought yourself, when the order is completed."
        />
        <form class="form" method="post" action=PlaceMigration::PATH autocomplete="off">
            <input type="hidden" name="order" value=order.trim_start_matches('?').to_owned()/>
            {shown.map(|shown| view! { <input type="hidden" name="shown" value=shown/> })}
            <input type="hidden" name="form_token" value=Uuid::new_v4().to_string()/>
            <Repeat placed_before=quote.placed_before.clone() refused/>
            <div class="form-actions">
                <button class="button primary" type="submit">{button(&quote)}</button>
            </div>
        </form>
    }
}

/// What the button says: the act and the amount.
fn button(quote: &Quote) -> String {
    let seats: i64 = quote.lines.iter().map(|line| i64::from(line.after.get())).sum();
    let now = quote.now.map(|now| format!(", {} now", now.display())).unwrap_or_default();
    format!("{}: migrate {}{now}", verb(quote), format::seats(seats))
}
