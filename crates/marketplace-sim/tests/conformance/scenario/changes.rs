//! More seats, fewer seats, now and with the renewal, and other plans and terms.

use super::shelf::{place, running, try_to_place};
use crate::stage::Stage;
use marketplace::AllPlans;
use marketplace::models::{
    AlignExpiration, Alignment, OrderLineRequest, OrderRequest, OrderUpdate, PlanDetailed, PlanSwitch, Schedule,
    SubscriptionDetailed, SwitchTime, UpgradeStart,
};
use rust_decimal::Decimal;

pub(super) async fn play(stage: &Stage) {
    let mut free = running(stage).await;
    // With seats to spare above what the catalogue demands.
    free.retain(|subscription| subscription.products.iter().any(|line| line.quantity > Some(12.into())));
    let flexible = taken(&mut free, |one| one.products.len() == 1 && !has_window(one));
    for quantity in [2, -1] {
        place(stage, &by_lines(&flexible, quantity.into())).await;
    }
    let later = taken(&mut free, |one| one.products.len() == 1 && has_window(one));
    let later = OrderRequest { scheduled_on: Some(Schedule::Renewal), ..by_lines(&later, Decimal::NEGATIVE_ONE) };
    let waiting = place(stage, &later).await;
    stage.client.update_order(&waiting.order.id, &OrderUpdate::cancel()).await.unwrap();
    place(stage, &later).await;
    let align = AlignExpiration { alignment_type: Some(Alignment::MatchEndOfCalendarMonth), subscription_id: None };
    try_to_place(stage, &OrderRequest { align_expiration_date: Some(align), ..later }).await;
    let with_two = taken(&mut free, |one| one.products.len() == 2);
    place(stage, &by_lines(&with_two, Decimal::ONE)).await;
    let other = taken(&mut free, |one| one.products.len() == 1);
    place(stage, &by_order(&other)).await;
    let plans = plans(stage).await;
    for start in [None, Some(UpgradeStart::FromOldStartDate), Some(UpgradeStart::FromDateOfUpgrade)] {
        for when in [SwitchTime::Immediately, SwitchTime::NextSubscriptionPeriod] {
            if let Some((subscription, switch)) = switchable(&mut free, &plans, &when) {
                place(stage, &switched(&subscription, switch, start.clone())).await;
            }
        }
    }
}

fn taken(free: &mut Vec<SubscriptionDetailed>, suits: impl Fn(&SubscriptionDetailed) -> bool) -> SubscriptionDetailed {
    let place = free.iter().position(suits).unwrap();
    free.swap_remove(place)
}

/// The one vendor that takes seats back for some days only.
fn has_window(subscription: &SubscriptionDetailed) -> bool {
    subscription.products.iter().any(|line| line.vendor.as_deref() == Some("Northwind Cloud"))
}

/// The subscription on the lines, which are told apart by everything there is.
fn by_lines(subscription: &SubscriptionDetailed, more: Decimal) -> OrderRequest {
    let row = &subscription.subscription;
    let line = |line: &marketplace::models::SubscriptionProduct| OrderLineRequest {
        vendor: line.vendor.clone(),
        billing_period: row.billing_period.clone(),
        subscription_period: row.subscription_period.clone(),
        ..OrderLineRequest::of_mpn(line.mpn.clone().unwrap(), line.quantity.unwrap() + more)
    };
    let lines = subscription.products.iter().map(line).collect();
    OrderRequest::change(row.customer_id.clone().unwrap(), row.id.clone(), lines)
}

/// The subscription on the order.
fn by_order(subscription: &SubscriptionDetailed) -> OrderRequest {
    let line = &subscription.products[0];
    let line = OrderLineRequest::of_product(line.id.clone().unwrap(), line.quantity.unwrap() + Decimal::ONE);
    let order = OrderRequest::change(subscription.subscription.customer_id.clone().unwrap(), "", vec![line]);
    let products = order.products.into_iter().map(|line| OrderLineRequest { subscription_id: None, ..line }).collect();
    OrderRequest { products, subscription_id: Some(subscription.subscription.id.clone()), ..order }
}

async fn plans(stage: &Stage) -> Vec<PlanDetailed> {
    let mut plans = Vec::new();
    for plan in stage.walk(AllPlans, 500).await {
        plans.push(stage.client.plan(&plan.id).await.unwrap());
    }
    plans
}

fn switchable<'a>(
    free: &mut Vec<SubscriptionDetailed>,
    plans: &'a [PlanDetailed],
    when: &SwitchTime,
) -> Option<(SubscriptionDetailed, &'a PlanSwitch)> {
    let switch = |subscription: &SubscriptionDetailed| {
        let plan = plans.iter().find(|plan| Some(&plan.plan.id) == subscription.plan_id.as_ref())?;
        plan.plan_switches.iter().find(|switch| {
            switch.source_subscription_period == subscription.subscription.subscription_period
                && switch.when_effective.as_ref() == Some(when)
        })
    };
    let place = free.iter().position(|one| switch(one).is_some())?;
    let subscription = free.swap_remove(place);
    let switch = switch(&subscription)?;
    Some((subscription, switch))
}

fn switched(subscription: &SubscriptionDetailed, switch: &PlanSwitch, start: Option<UpgradeStart>) -> OrderRequest {
    OrderRequest {
        plan_id: switch.plan_id.clone(),
        subscription_period: switch.subscription_period.clone(),
        subscription_id: Some(subscription.subscription.id.clone()),
        upgrade_start_type: start,
        ..OrderRequest::change(subscription.subscription.customer_id.clone().unwrap(), "", Vec::new())
    }
}
