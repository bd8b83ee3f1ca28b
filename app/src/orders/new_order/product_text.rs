//! What else there is to know of a product before it is ordered, in words.

use crate::format;
use ::backend::catalogue::{Product, Tier};
use ::backend::orders::EndChoice;

/// What the marketplace adds to an order of this product.
pub(super) fn comes_with(product: &Product) -> Option<String> {
    let others = product.depends_on.iter().filter_map(|other| other.mpn.clone().or(other.id.clone().map(String::from)));
    let others: Vec<String> = others.collect();
    (!others.is_empty())
        .then(|| format!("The marketplace adds {} itself, if it is not in the order", others.join(", ")))
}

/// `3.00 USD each, from 25 seats 2.60 USD each`
pub(super) fn tiers(tiers: &[Tier]) -> Option<String> {
    let words = |tier: &Tier| {
        let each = format!("{} each", tier.price.display());
        let from = tier.from.normalize();
        if tier.from <= 1.into() { each } else { format!("from {from} seats {each}") }
    };
    (!tiers.is_empty()).then(|| tiers.iter().map(words).collect::<Vec<_>>().join(", "))
}

/// `Business Standard, 4 Mar 2027`, `the calendar month, 30 Nov 2026`
pub(super) fn end_text(choice: &EndChoice) -> String {
    let what = choice.name.as_deref().unwrap_or("the calendar month");
    choice.ends_on.map_or_else(|| what.to_owned(), |day| format!("{what}, {}", format::date(day)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Currency, Money};

    #[test]
    fn prices_by_quantity_read_as_a_sentence() {
        let tier = |from: i64, price: i64| Tier {
            from: from.into(),
            price: Money::new(price.into(), Currency::new("USD").unwrap()),
        };
        assert_eq!(tiers(&[]), None);
        let text = tiers(&[tier(0, 3), tier(25, 2)]);
        assert_eq!(text.as_deref(), Some("3.00 USD each, from 25 seats 2.00 USD each"));
    }
}
