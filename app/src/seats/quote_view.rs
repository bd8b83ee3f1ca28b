//! An estimate in words.

use super::estimate_view::{per_period, priced_at};
use super::model::QuoteText;
use crate::approvals::verb;
use crate::format;
use backend::orders::{Quote, SeatsNow};
use domain::{Margin, Money, Seats};

/// Rows and sentences for the estimate of a seat change.
pub(super) fn text(quote: &Quote, now: &SeatsNow, seats: Seats) -> QuoteText {
    let mut rows =
        vec![(charged_now(quote.now), quote.now.map_or_else(|| "not told".to_owned(), Money::display_signed))];
    rows.extend(per_period(quote));
    rows.extend(cost_rows(quote, now, seats));
    QuoteText { rows, notes: notes(quote, now) }
}

/// What the button that places it says.
pub(super) fn button(quote: &Quote, seats: Seats) -> String {
    let now = quote.now.map(|now| format!(", {} now", now.display_signed())).unwrap_or_default();
    let then = quote.per_period.iter().map(|amount| format!(", {} per {}", amount.after.display(), amount.period));
    format!("{}: {}{now}{}", verb(quote), format::seats(seats.get().into()), then.collect::<String>())
}

fn charged_now(now: Option<Money>) -> String {
    let credit = now.is_some_and(|now| now.amount.is_sign_negative() && !now.amount.is_zero());
    if credit { "Credited now, before tax" } else { "Charged now, before tax" }.to_owned()
}

fn cost_rows(quote: &Quote, now: &SeatsNow, seats: Seats) -> Vec<(String, String)> {
    let Some(cost) = quote.cost_now else { return Vec::new() };
    let mut rows = vec![("Your cost now".to_owned(), cost.display_signed())];
    let each = now
        .unit_price
        .filter(|_| !now.price_varies)
        .zip(now.unit_cost)
        .and_then(|(price, cost)| Margin::of(price, cost));
    let all = each.and_then(|each| Some(Margin { amount: each.amount.checked_mul(seats.get().into())?, ..each }));
    if let Some(margin) = all {
        rows.push(("Your margin per period afterwards".to_owned(), format::margin(&margin, None)));
    }
    rows
}

fn notes(quote: &Quote, now: &SeatsNow) -> Vec<String> {
    let undo = match quote.undo_until {
        Some(until) => format!("Can be undone until {} if placed now.", format::date_time(until)),
        None => format!(
            "Until when this can be undone is not known for {}.",
            now.vendor.as_deref().unwrap_or("this vendor")
        ),
    };
    let renewal = now.renews_on.map(|day| format!("The term is up for renewal on {}.", format::date(day)));
    [Some(undo), renewal, Some(priced_at(quote))].into_iter().flatten().collect()
}
