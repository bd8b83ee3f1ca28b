//! Subscriptions: every list, every one of them, prices, attributes and the renewal.

use super::shelf::running;
use crate::stage::Stage;
use marketplace::SubscriptionFilter;
use marketplace::models::{
    PriceTier, SpecialPricing, SubscriptionDetailed, SubscriptionProductUpdate, SubscriptionStatus, SubscriptionUpdate,
    UnitPrice,
};
use rust_decimal::Decimal;

pub(super) async fn play(stage: &Stage) {
    let all = stage.walk(SubscriptionFilter::default(), 200).await;
    for subscription in &all {
        stage.client.subscription(&subscription.id).await.unwrap();
    }
    let (newest, oldest) = (all.first().unwrap(), all.last().unwrap());
    let mut filters = vec![
        SubscriptionFilter { customer: newest.customer_id.clone(), ..SubscriptionFilter::default() },
        SubscriptionFilter { created_from: newest.creation_date, ..SubscriptionFilter::default() },
        SubscriptionFilter { created_to: oldest.creation_date, ..SubscriptionFilter::default() },
    ];
    let listed = SubscriptionStatus::LISTED.iter().filter(|status| **status != SubscriptionStatus::Unknown);
    filters.extend(
        listed.map(|status| SubscriptionFilter { status: Some(status.clone()), ..SubscriptionFilter::default() }),
    );
    for filter in filters {
        stage.find(filter).await;
    }
    let suits = |one: &SubscriptionDetailed| one.products.len() == 2 && !one.fulfillment_parameters.is_empty();
    let subscription = running(stage).await.into_iter().find(suits).unwrap();
    for update in updates(&subscription) {
        stage.client.update_subscription(&subscription.subscription.id, &update).await.unwrap();
    }
    for special in [by_id(&subscription), by_mpn(&subscription)] {
        let special = SpecialPricing { products: special };
        stage.client.set_special_pricing(&subscription.subscription.id, &special).await.unwrap();
    }
}

fn updates(subscription: &SubscriptionDetailed) -> Vec<SubscriptionUpdate> {
    let attributes = [("PONumber".to_owned(), "PO-12".to_owned())].into();
    vec![
        SubscriptionUpdate::renewal(false),
        SubscriptionUpdate::renewal(true),
        SubscriptionUpdate { attributes, ..SubscriptionUpdate::default() },
        SubscriptionUpdate { products: by_mpn(subscription), ..SubscriptionUpdate::default() },
        SubscriptionUpdate { products: by_id(subscription), ..SubscriptionUpdate::renewal(true) },
    ]
}

/// Another price for the first line only.
fn by_mpn(subscription: &SubscriptionDetailed) -> Vec<SubscriptionProductUpdate> {
    let line = &subscription.products[0];
    let (mpn, unit_price) = (line.mpn.clone(), line.unit_price.clone());
    vec![SubscriptionProductUpdate { mpn, unit_price, ..SubscriptionProductUpdate::default() }]
}

/// Another price, cost and provider's cost for every line, in steps.
fn by_id(subscription: &SubscriptionDetailed) -> Vec<SubscriptionProductUpdate> {
    let stepped = |price: UnitPrice| UnitPrice {
        price_tiers: vec![PriceTier {
            lower_limit: Some(Decimal::TEN.into()),
            amount: Some(price.price.amount.into()),
        }],
        ..price
    };
    let lines = subscription.products.iter().map(|line| SubscriptionProductUpdate {
        mpn: None,
        id: line.id.clone(),
        unit_price: line.unit_price.clone().map(stepped),
        unit_cost: line.unit_cost.clone().map(stepped),
        // The contract has no steps for what the provider pays.
        unit_provider_cost: line.unit_cost.clone().map(|cost| cost.price),
    });
    lines.collect()
}
