//! The estimate of a new order, in words.

use crate::approvals::verb;
use crate::format;
use crate::seats::{QuoteText, per_period, priced_at};
use ::backend::orders::Quote;
use domain::{Margin, Money};

/// What the button that places it says.
pub(super) fn button(quote: &Quote) -> String {
    let seats: i64 = quote.lines.iter().map(|line| i64::from(line.after.get())).sum();
    let now = quote.now.map(|now| format!(", {} now", now.display())).unwrap_or_default();
    let then = quote.per_period.iter().map(|amount| format!(", {} per {}", amount.after.display(), amount.period));
    format!("{}: {}{now}{}", verb(quote), format::seats(seats), then.collect::<String>())
}

/// The estimate in words.
pub(super) fn text(quote: &Quote) -> QuoteText {
    QuoteText { rows: rows(quote), notes: notes(quote) }
}

/// Label and amount, from what is charged now to what it earns.
fn rows(quote: &Quote) -> Vec<(String, String)> {
    let mut rows =
        vec![("Charged now, before tax".to_owned(), quote.now.map_or_else(|| "not told".to_owned(), Money::display))];
    rows.extend(per_period(quote));
    if let Some(cost) = quote.cost_now {
        rows.push(("Your cost now".to_owned(), cost.display()));
        if let Some(margin) = quote.now.and_then(|now| Margin::of(now, cost)) {
            rows.push(("Your margin now".to_owned(), format::margin(&margin, None)));
        }
    }
    rows
}

/// Until when it can be undone, and how old the estimate is.
fn notes(quote: &Quote) -> Vec<String> {
    let undo = match quote.undo_until {
        Some(until) => format!("Can be undone until {} if placed now.", format::date_time(until)),
        None => "Until when this can be undone is not known for every product of the order.".to_owned(),
    };
    vec![undo, priced_at(quote)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::backend::orders::{PeriodAmount, QuotedLine};
    use domain::{Currency, Seats};
    use time::macros::datetime;

    fn usd(amount: i64) -> Money {
        Money::new(amount.into(), Currency::new("USD").unwrap())
    }

    fn quote(now: Option<Money>, cost_now: Option<Money>) -> Quote {
        let line = |seats| QuotedLine {
            list_price: None,
            name: "Mail".to_owned(),
            before: Seats::default(),
            after: Seats::new(seats).unwrap(),
            amount: None,
        };
        Quote {
            lines: vec![line(10), line(5)],
            now,
            cost_now,
            per_period: vec![PeriodAmount { period: "month".to_owned(), before: None, after: usd(90) }],
            estimated_at: datetime!(2026-11-23 20:40 UTC),
            undo_until: None,
            at_renewal: false,
            placed_before: None,
            approval: Vec::new(),
            switched: None,
        }
    }

    #[test]
    fn the_button_names_the_act_and_the_amounts() {
        let text = button(&quote(Some(usd(123)), None));
        assert_eq!(text, "Place order: 15 seats, 123.00 USD now, 90.00 USD per month");
        assert_eq!(button(&quote(None, None)), "Place order: 15 seats, 90.00 USD per month");
        let waits = Quote { approval: vec!["Every order".to_owned()], ..quote(None, None) };
        assert_eq!(button(&waits), "Ask for approval: 15 seats, 90.00 USD per month");
    }

    #[test]
    fn an_estimate_without_costs_says_nothing_of_them() {
        let labels = |quote| rows(&quote).into_iter().map(|(label, _)| label).collect::<Vec<_>>().join("; ");
        assert!(!labels(quote(Some(usd(123)), None)).contains("Your"));
        assert!(labels(quote(Some(usd(123)), Some(usd(100)))).contains("Your margin now"));
    }
}
