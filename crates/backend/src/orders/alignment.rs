//! What the terms of a new order may end together with (`alignExpirationDate`).

use crate::catalogue::{self, Product};
use crate::{Backend, Error, Period, Result, subscriptions};
use marketplace::models::{AlignExpiration, CotermingRule, CotermingType};
use std::fmt;
use std::str::FromStr;
use time::Date;

/// What a person may choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndTogether {
    /// One of the choices has to be chosen.
    pub required: bool,
    /// Empty where nothing is offered.
    pub choices: Vec<EndChoice>,
}

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndChoice {
    /// What is chosen.
    pub with: EndWith,
    /// The subscription's name; `None` for the month.
    pub name: Option<String>,
    /// The day on which the order's terms would end, where it is known.
    pub ends_on: Option<Date>,
}

/// What a term ends together with. As text `month`, or `subscription-` and its identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndWith {
    /// The calendar month.
    Month,
    /// Another subscription's term.
    Subscription(String),
}

const MONTH: &str = "month";
const SUBSCRIPTION: &str = "subscription-";

impl fmt::Display for EndWith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month => f.write_str(MONTH),
            Self::Subscription(id) => write!(f, "{SUBSCRIPTION}{id}"),
        }
    }
}

impl FromStr for EndWith {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.strip_prefix(SUBSCRIPTION) {
            Some(id) => Ok(Self::Subscription(id.to_owned())),
            None if text == MONTH => Ok(Self::Month),
            None => Err(Error::invalid("end_with", "Choose one of what is offered")),
        }
    }
}

impl EndWith {
    fn request(&self) -> AlignExpiration {
        match self {
            Self::Month => AlignExpiration::with_month(),
            Self::Subscription(id) => AlignExpiration::with(id.as_str()),
        }
    }
}

/// What an order of these products for the customer may end together with: a subscription of theirs of the same term, or
/// the calendar month, as far as every product allows it.
pub async fn end_together(backend: &Backend, customer_id: &str, products: &[Product]) -> Result<EndTogether> {
    let rule = Rule::of(products);
    let mut choices = Vec::new();
    let today = backend.clock.now().date();
    if let Some(term) = rule.subscription {
        let all = subscriptions::of_customer(backend, customer_id).await?;
        // A term can only become shorter than a full one.
        let within = |day: Date| day > today && term.after(today).is_none_or(|full| day <= full);
        let fits = all.into_iter().filter(|one| {
            one.status == "active" && one.term.as_ref() == Some(&term) && one.renews_on.is_some_and(within)
        });
        choices.extend(fits.map(|one| EndChoice {
            with: EndWith::Subscription(one.id),
            name: Some(one.name),
            ends_on: one.renews_on,
        }));
    }
    if rule.month {
        let terms = products.iter().map(|product| product.term.as_ref()?.after(today));
        let shortest = terms.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().min());
        let ends_on = shortest.and_then(|full| last_end_of_month(today, full));
        choices.push(EndChoice { with: EndWith::Month, name: None, ends_on });
    }
    Ok(EndTogether { required: rule.required, choices })
}

/// Checks what was chosen for the order.
pub(super) async fn check(
    backend: &Backend,
    customer_id: &str,
    product_keys: &[&str],
    chosen: Option<&EndWith>,
) -> Result<Option<AlignExpiration>> {
    let mut products = Vec::with_capacity(product_keys.len());
    for key in product_keys {
        products.push(catalogue::product(backend, key).await?);
    }
    let offered = end_together(backend, customer_id, &products).await?;
    match chosen {
        Some(chosen) if offered.choices.iter().any(|choice| choice.with == *chosen) => Ok(Some(chosen.request())),
        Some(_) => Err(Error::invalid("end_with", "This order cannot end together with that; choose again")),
        None if !offered.required => Ok(None),
        None if offered.choices.is_empty() => Err(Error::Conflict(
            "A product of this order can only be bought to end together with something else, and there is nothing that the \
             whole order can end with. Order its products one by one."
                .to_owned(),
        )),
        None => Err(Error::invalid("end_with", "Choose what the order ends together with; a product of it demands that")),
    }
}

/// What all products of an order allow.
#[derive(Debug, Default, PartialEq, Eq)]
struct Rule {
    required: bool,
    month: bool,
    /// The one term that all of them have.
    subscription: Option<Period>,
}

impl Rule {
    /// A product of which nothing is told cannot be aligned; one that does not say with what can be with either (assumed).
    fn of(products: &[Product]) -> Self {
        let says = |product: &Product, rule: CotermingRule| {
            product.coterming.as_ref().is_some_and(|coterming| coterming.required == Some(rule))
        };
        let required = products.iter().any(|product| says(product, CotermingRule::Mandatory));
        let allowed = |with: &CotermingType| {
            !products.is_empty()
                && products.iter().all(|product| {
                    let kind = product.coterming.as_ref().and_then(|coterming| coterming.kind.as_ref());
                    (says(product, CotermingRule::Allowed) || says(product, CotermingRule::Mandatory))
                        && kind.is_none_or(|kind| kind == with)
                })
        };
        let term = products.first().and_then(|product| product.term.clone());
        let same_term = products.iter().all(|product| product.term == term);
        let with_subscription = same_term && allowed(&CotermingType::Subscription);
        Self { required, month: allowed(&CotermingType::EndOfMonth), subscription: term.filter(|_| with_subscription) }
    }
}

/// The last day of a month after `today` and not after `full`, the end of a full term (assumed).
fn last_end_of_month(today: Date, full: Date) -> Option<Date> {
    let end_of = |day: Date| day.replace_day(day.month().length(day.year())).ok();
    let latest = if end_of(full) == Some(full) { Some(full) } else { full.replace_day(1).ok()?.previous_day() };
    latest.filter(|day| *day > today).or_else(|| end_of(today.next_day()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SeatLimits;
    use marketplace::models::Coterming;
    use time::OffsetDateTime;
    use time::macros::date;

    fn product(required: Option<CotermingRule>, kind: Option<CotermingType>, years: i32) -> Product {
        Product {
            key: String::new(),
            id: None,
            mpn: None,
            vendor: String::new(),
            name: String::new(),
            term: Some(Period { unit: "year".to_owned(), length: years }),
            billing_period: None,
            billing_model: None,
            limits: SeatLimits { minimum: None, maximum: None },
            price: None,
            cost: None,
            price_tiers: Vec::new(),
            cost_tiers: Vec::new(),
            setup_price: None,
            depends_on: Vec::new(),
            coterming: Some(Coterming { required, kind }),
            as_of: OffsetDateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn only_what_every_product_allows_is_offered() {
        use CotermingRule::{Allowed, Mandatory, Restricted};
        let subscription = || Some(CotermingType::Subscription);
        let year = Some(Period { unit: "year".to_owned(), length: 1 });
        let allowed = || product(Some(Allowed), subscription(), 1);
        assert_eq!(Rule::of(&[allowed()]), Rule { required: false, month: false, subscription: year.clone() });
        assert_eq!(Rule::of(&[allowed(), product(Some(Allowed), subscription(), 3)]), Rule::default());
        assert_eq!(Rule::of(&[allowed(), product(Some(Restricted), None, 1)]), Rule::default());
        assert_eq!(Rule::of(&[product(None, None, 1)]), Rule::default());
        let either = Rule::of(&[product(Some(Mandatory), None, 1)]);
        assert_eq!(either, Rule { required: true, month: true, subscription: year });
    }

    #[test]
    fn a_choice_survives_the_address_bar() {
        for with in [EndWith::Month, EndWith::Subscription("1000201".to_owned())] {
            assert_eq!(with.to_string().parse::<EndWith>().unwrap(), with);
        }
        assert!("tomorrow".parse::<EndWith>().is_err());
    }

    #[test]
    fn a_term_ends_with_the_last_month_that_a_full_one_covers() {
        let last = |today, full| last_end_of_month(today, full).unwrap();
        assert_eq!(last(date!(2028 - 02 - 10), date!(2028 - 03 - 10)), date!(2028 - 02 - 29));
        assert_eq!(last(date!(2026 - 11 - 23), date!(2027 - 11 - 23)), date!(2027 - 10 - 31));
        assert_eq!(last(date!(2027 - 01 - 31), date!(2027 - 02 - 28)), date!(2027 - 02 - 28));
        assert_eq!(last(date!(2026 - 11 - 30), date!(2026 - 12 - 30)), date!(2026 - 12 - 31), "never an empty one");
    }
}
