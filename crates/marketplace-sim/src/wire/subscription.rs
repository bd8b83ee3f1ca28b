//! Subscriptions.

use super::{billing_model, period, product_id, with_integers};
use crate::state::{Catalogue, ProductLine, Subscription, SubscriptionStatus, Tiers};
use domain::Money;
use marketplace::models::{self, ParameterValue, PriceTier, SubscriptionProduct, UnitPrice};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

/// A row of the list: without product lines, hence without quantities.
pub(crate) fn subscription(catalogue: &Catalogue, subscription: &Subscription) -> models::Subscription {
    let plan = catalogue.plan(subscription.plan);
    models::Subscription {
        name: Some(plan.name.to_owned()),
        customer_id: Some(subscription.customer.to_string().into()),
        status: Some(subscription_status(subscription.status)),
        attributes: subscription.attributes.clone(),
        renewal_status: Some(subscription.auto_renew),
        creation_date: Some(subscription.created.date()),
        renewal_date: subscription.term_end,
        last_modified_date: Some(subscription.modified),
        expiration_date: subscription.term_end,
        billing_model: Some(billing_model(plan.model)),
        billing_period: Some(period(plan.billing)),
        subscription_period: Some(period(subscription.term)),
        ..models::Subscription::new(subscription.id.to_string())
    }
}

/// A subscription on its own; its plan id is an integer.
pub(crate) fn subscription_detail(catalogue: &Catalogue, detailed: &Subscription) -> Value {
    let currency = catalogue.plan(detailed.plan).currency;
    let sum = |unit: fn(&ProductLine, &Catalogue, u32) -> Decimal| {
        let amounts =
            detailed.lines.iter().map(|line| unit(line, catalogue, line.quantity) * Decimal::from(line.quantity));
        Some(Money::new(amounts.sum(), currency))
    };
    let detail = models::SubscriptionDetailed {
        total_price: sum(ProductLine::unit_price),
        total_subscription_price: sum(ProductLine::unit_price),
        total_subscription_cost: sum(ProductLine::unit_cost),
        products: detailed.lines.iter().map(|line| product_line(catalogue, detailed, line)).collect(),
        order_parameters: detailed.parameters.iter().map(parameter).collect(),
        fulfillment_parameters: fulfilment(detailed),
        plan_id: Some(catalogue.plan(detailed.plan).id.to_string().into()),
        ..models::SubscriptionDetailed::new(subscription(catalogue, detailed))
    };
    with_integers(&detail, &["planId"])
}

fn product_line(catalogue: &Catalogue, subscription: &Subscription, line: &ProductLine) -> SubscriptionProduct {
    let product = catalogue.product(line.product);
    let money = |amount: Decimal| Money::new(amount, product.currency);
    let quantity = Decimal::from(line.quantity);
    let (price, cost) = (line.unit_price(catalogue, line.quantity), line.unit_cost(catalogue, line.quantity));
    let tiers =
        |tiers: &Tiers, special: Option<Decimal>| if special.is_none() { price_tiers(tiers) } else { Vec::new() };
    SubscriptionProduct {
        mpn: Some(product.mpn.to_owned()),
        vendor: Some(product.vendor.to_owned()),
        id: Some(product_id(product)),
        quantity: Some(quantity),
        name: Some(product.name.to_owned()),
        unit_price: Some(UnitPrice { price: money(price), price_tiers: tiers(&product.prices, line.special.price) }),
        unit_cost: Some(UnitPrice { price: money(cost), price_tiers: tiers(&product.costs, line.special.cost) }),
        extended_price: Some(money(price * quantity)),
        vendor_subscription_id: Some(vendor_subscription_id(subscription, line)),
        total_subscription_price: Some(money(price * quantity)),
        total_subscription_cost: Some(money(cost * quantity)),
        ..SubscriptionProduct::default()
    }
}

/// The vendor's own number.
pub(crate) fn vendor_subscription_id(subscription: &Subscription, line: &ProductLine) -> String {
    format!("{:014}", u64::from(subscription.id) * 7_919 + u64::from(line.product))
}

fn price_tiers(tiers: &Tiers) -> Vec<PriceTier> {
    if !tiers.is_tiered() {
        return Vec::new();
    }
    let tier = |(from, amount): &(u32, Decimal)| PriceTier {
        lower_limit: Some(Decimal::from(*from).into()),
        amount: Some((*amount).into()),
    };
    tiers.0.iter().map(tier).collect()
}

fn parameter((name, value): &(String, Value)) -> ParameterValue {
    ParameterValue::new(name.clone(), value.clone())
}

/// What the vendor gave back: for those who asked for a domain, the tenant of the customer.
fn fulfilment(subscription: &Subscription) -> Vec<ParameterValue> {
    let has_tenant = subscription.parameters.iter().any(|(name, _)| name == "domain");
    let tenant = Uuid::from_u128(u128::from(subscription.customer) << 64 | 0x4000_8000_0000_0000_0000);
    has_tenant.then(|| ParameterValue::new("tenant_id", tenant.to_string())).into_iter().collect()
}

/// The status by name.
pub(crate) fn subscription_status(status: SubscriptionStatus) -> models::SubscriptionStatus {
    match status {
        SubscriptionStatus::Pending => models::SubscriptionStatus::Pending,
        SubscriptionStatus::Active => models::SubscriptionStatus::Active,
        SubscriptionStatus::Hold => models::SubscriptionStatus::Hold,
        SubscriptionStatus::Terminated => models::SubscriptionStatus::Terminated,
        SubscriptionStatus::Removed => models::SubscriptionStatus::Removed,
    }
}
