//! Plans and products.

use super::{period, with_integers};
use crate::state::{self, BillingModel, Catalogue, EndsWith, Period, Plan, PlanSwitch, Product, Tiers};
use domain::{Currency, Money, ProductId};
use marketplace::models::{
    self, BillingPolicy, Coterming, CotermingRule, CotermingType, Dependency, PlanPeriod, PriceModel, PriceType,
    ProductPrice, Quoted, SwitchTime,
};
use rust_decimal::Decimal;
use serde_json::Value;

/// A product of the flat catalogue; it does not name its plan.
pub(crate) fn product(catalogue: &Catalogue, product: &Product) -> models::Product {
    models::Product {
        mpn: Some(product.mpn.to_owned()),
        vendor: Some(product.vendor.to_owned()),
        id: Some(product_id(product)),
        service_name: Some(product.service.to_owned()),
        name: Some(product.name.to_owned()),
        minimum_quantity: Some(whole(product.minimum)),
        maximum_quantity: product.maximum.map(whole),
        prices: prices(&product.prices, product.currency),
        costs: prices(&product.costs, product.currency),
        billing_period: Some(period(product.billing)),
        subscription_period: Some(period(product.term)),
        billing_model: Some(billing_model(product.model)),
        depends_on: product.depends_on.iter().map(|needed| dependency(catalogue.product(*needed))).collect(),
        coterming: Some(coterming(product)),
    }
}

/// The product's identifier.
pub(crate) fn product_id(product: &Product) -> ProductId {
    product.id.as_str().into()
}

/// A plan as lists show it.
pub(crate) fn plan(plan: &Plan) -> models::Plan {
    models::Plan {
        name: Some(plan.name.to_owned()),
        short_description: Some(plan.summary.to_owned()),
        long_description: Some(format!("{} by {}. {}", plan.name, plan.vendor, plan.summary)),
        published: Some(plan.published),
        subscription_periods: plan.terms.iter().map(|term| plan_period(*term)).collect(),
        billing_period: Some(period(plan.billing)),
        billing_model: Some(billing_model(plan.model)),
        ..models::Plan::new(plan.id.to_string())
    }
}

/// A plan on its own, with its switches; their plan ids are integers.
pub(crate) fn plan_detail(detailed: &Plan) -> Value {
    let detail = models::PlanDetailed {
        plan_switches: detailed.switches.iter().map(plan_switch).collect(),
        ..models::PlanDetailed::new(plan(detailed))
    };
    with_integers(&detail, &["planId"])
}

/// The model's name.
pub(crate) fn billing_model(model: BillingModel) -> models::BillingModel {
    match model {
        BillingModel::BeforeBillingPeriod => models::BillingModel::ChargeBeforeBillingPeriod,
        BillingModel::AfterBillingPeriod => models::BillingModel::ChargeAfterBillingPeriod,
        BillingModel::BeforeSubscriptionPeriod => models::BillingModel::ChargeBeforeSubscriptionPeriod,
        BillingModel::ExternalRating => models::BillingModel::ChargeExternalRating,
    }
}

/// Quantities of the catalogue carry a decimal: `"1.0"`.
fn whole(quantity: u32) -> Quoted {
    Decimal::new(i64::from(quantity) * 10, 1).into()
}

fn prices(tiers: &Tiers, currency: Currency) -> Vec<ProductPrice> {
    let model = if tiers.is_tiered() { PriceModel::VolumeSubscription } else { PriceModel::Flat };
    let price = |(lower_limit, amount): &(u32, Decimal)| ProductPrice {
        price: Money::new(*amount, currency),
        kind: Some(PriceType::Recurring),
        model: Some(model.clone()),
        lower_limit: tiers.is_tiered().then(|| Decimal::from(*lower_limit)),
    };
    tiers.0.iter().map(price).collect()
}

fn dependency(needed: &Product) -> Dependency {
    Dependency { mpn: Some(needed.mpn.to_owned()), id: Some(product_id(needed)) }
}

fn coterming(product: &Product) -> Coterming {
    let (required, with) = match product.coterming {
        state::Coterming::Restricted => (CotermingRule::Restricted, None),
        state::Coterming::Allowed(with) => (CotermingRule::Allowed, Some(with)),
        state::Coterming::Mandatory(with) => (CotermingRule::Mandatory, Some(with)),
    };
    let kind = with.map(|with| match with {
        EndsWith::Subscription => CotermingType::Subscription,
        EndsWith::Month => CotermingType::EndOfMonth,
    });
    Coterming { required: Some(required), kind }
}

fn plan_period(term: Period) -> PlanPeriod {
    PlanPeriod { period: period(term), trial: Some(false), active: Some(true) }
}

fn plan_switch(switch: &PlanSwitch) -> models::PlanSwitch {
    let (policy, when) = if switch.immediately {
        (BillingPolicy::ProrateStartingNewSubscriptionPeriod, SwitchTime::Immediately)
    } else {
        (BillingPolicy::ProrateRefund, SwitchTime::NextSubscriptionPeriod)
    };
    models::PlanSwitch {
        plan_id: Some(switch.to_plan.to_string().into()),
        subscription_period: Some(period(switch.to_term)),
        source_subscription_period: Some(period(switch.from_term)),
        billing_policy: Some(policy),
        when_effective: Some(when),
    }
}
