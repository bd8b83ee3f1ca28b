//! Builds the catalogue from the price list.

use super::price_list::{ItemSeed, PLANS, PlanSeed, UPGRADES};
use crate::state::{
    BillingModel, Catalogue, Coterming, EndsWith, Period, Plan, PlanSwitch, Product, ProductIndex, Tiers,
};
use domain::Currency;
use rust_decimal::{Decimal, RoundingStrategy};

const FIRST_PLAN: u32 = 10_001;
const FIRST_PRODUCT: u32 = 326_501;

/// The same catalogue for every seed; what the reseller pays is so many times what the price list says.
pub(super) fn build(costs_times: u32) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (seed, id) in PLANS.iter().zip(FIRST_PLAN..) {
        catalogue.plans.push(plan(seed, id));
        for term in seed.terms {
            add_offer(&mut catalogue, seed, *term);
        }
    }
    for (_, cost) in catalogue.products.iter_mut().flat_map(|product| &mut product.costs.0) {
        *cost *= Decimal::from(costs_times);
    }
    catalogue
}

/// One product per item of the plan, for one term.
fn add_offer(catalogue: &mut Catalogue, seed: &PlanSeed, term: Period) {
    let plan = index(catalogue.plans.len() - 1);
    let first = catalogue.products.len();
    for item in seed.items {
        let number = FIRST_PRODUCT + u32::from(index(catalogue.products.len())) * 7;
        catalogue.products.push(Product {
            id: format!("PRD{number}"),
            plan,
            mpn: item.mpn,
            vendor: seed.vendor,
            service: seed.service,
            name: item.name,
            minimum: item.minimum,
            maximum: item.maximum,
            currency: currency(seed.currency),
            prices: prices(seed, item, term, 100),
            costs: prices(seed, item, term, 100 - item.margin),
            billing: seed.billing,
            term,
            model: seed.model,
            depends_on: item.needs.map(|place| index(first + place)),
            coterming: coterming(seed, term),
        });
    }
}

/// Seats of the one vendor end together where people wish; those of another have to end with the month.
fn coterming(seed: &PlanSeed, term: Period) -> Coterming {
    match seed.vendor {
        "Northwind Cloud" if term == Period::YEAR => Coterming::Allowed(EndsWith::Subscription),
        "Northwind Cloud" if seed.model == BillingModel::BeforeBillingPeriod => Coterming::Allowed(EndsWith::Month),
        "Namewright" if seed.billing == Period::MONTH => Coterming::Mandatory(EndsWith::Month),
        _ => Coterming::Restricted,
    }
}

/// For one billing period. Where a plan can be had for longer, leaving every month costs a fifth more.
fn prices(seed: &PlanSeed, item: &ItemSeed, term: Period, percent: i64) -> Tiers {
    let flexible = if term == Period::MONTH && seed.terms.len() > 1 { 120 } else { 100 };
    let months = i64::from(seed.billing.months());
    let amount = |cents: i64| {
        Decimal::new(cents * months * flexible * percent, 6)
            .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    };
    Tiers(item.monthly.iter().map(|(from, cents)| (*from, amount(*cents))).collect())
}

fn plan(seed: &PlanSeed, id: u32) -> Plan {
    Plan {
        id,
        name: seed.name,
        vendor: seed.vendor,
        summary: seed.summary,
        published: true,
        billing: seed.billing,
        terms: seed.terms,
        model: seed.model,
        currency: currency(seed.currency),
        switches: switches(seed, id),
        parameters: seed.parameters,
    }
}

/// To a longer term of the same plan at once, and to the next plan up.
fn switches(seed: &PlanSeed, id: u32) -> Vec<PlanSwitch> {
    let [Period::MONTH, Period::YEAR] = seed.terms else { return Vec::new() };
    let longer = PlanSwitch { to_plan: id, from_term: Period::MONTH, to_term: Period::YEAR, immediately: true };
    let up = UPGRADES.iter().filter(|(from, _)| *from == seed.name).filter_map(|(_, to)| {
        let to_plan = PLANS.iter().zip(FIRST_PLAN..).find(|(plan, _)| plan.name == *to).map(|(_, id)| id)?;
        Some(PlanSwitch { to_plan, from_term: Period::YEAR, to_term: Period::YEAR, immediately: false })
    });
    std::iter::once(longer).chain(up).collect()
}

#[expect(clippy::expect_used, reason = "the price list holds fewer than 65,536 products")]
fn index(position: usize) -> ProductIndex {
    ProductIndex::try_from(position).expect("a small catalogue")
}

#[expect(clippy::expect_used, reason = "the price list holds only currency codes")]
fn currency(code: &str) -> Currency {
    Currency::new(code).expect("a currency code")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    #[test]
    fn the_catalogue_has_the_variety_of_a_real_one() {
        let catalogue = build(1);
        assert_eq!(catalogue.plans.len(), 26);
        assert!((40..=60).contains(&catalogue.products.len()), "{} products", catalogue.products.len());
        let currencies: HashSet<_> = catalogue.products.iter().map(|product| product.currency).collect();
        assert_eq!(currencies.len(), 2);
        let mut periods: HashMap<&str, HashSet<(Period, Period)>> = HashMap::new();
        for product in &catalogue.products {
            periods.entry(product.mpn).or_default().insert((product.billing, product.term));
        }
        assert_eq!(periods["NWC0S1LH:0001"].len(), 3, "one MPN under three period combinations");
    }

    #[test]
    fn every_margin_lies_between_eight_and_twenty_percent() {
        for product in build(1).products.iter().filter(|product| !product.prices.at(1).is_zero()) {
            let money = |tiers: &Tiers| domain::Money::new(tiers.at(1), product.currency);
            let margin = domain::Margin::of(money(&product.prices), money(&product.costs));
            let margin = margin.and_then(|margin| margin.percent);
            let margin = margin.unwrap();
            assert!((Decimal::from(7)..=Decimal::from(21)).contains(&margin), "{}: {margin} %", product.name);
        }
    }
}
