//! Renewals and cancellations.

use super::shelf::{place, running};
use crate::stage::Stage;
use marketplace::models::{OrderLineRequest, OrderRequest, PeriodType, Schedule, SubscriptionDetailed};

pub(super) async fn play(stage: &Stage) {
    let mut free = running(stage).await;
    free.retain(|subscription| {
        let term = subscription.subscription.subscription_period.as_ref().unwrap();
        let has_window = subscription.products.iter().any(|line| line.vendor.as_deref() == Some("Northwind Cloud"));
        subscription.products.len() == 1 && term.kind == PeriodType::Year && term.duration < 10 && !has_window
    });
    let mut next = || free.pop().unwrap();
    place(stage, &renewal(&next(), true)).await;
    place(stage, &renewal(&next(), false)).await;
    place(stage, &cancellation(&next())).await;
    let later = OrderRequest { scheduled_on: Some(Schedule::Renewal), ..cancellation(&next()) };
    place(stage, &later).await;
}

/// With the line that is renewed, or with the subscription alone.
fn renewal(subscription: &SubscriptionDetailed, with_line: bool) -> OrderRequest {
    let (line, row) = (&subscription.products[0], &subscription.subscription);
    let (customer, id) = (row.customer_id.clone().unwrap(), row.id.clone());
    let lines = vec![OrderLineRequest::of_mpn(line.mpn.clone().unwrap(), line.quantity.unwrap())];
    if with_line {
        return OrderRequest::renewal(customer, id, lines);
    }
    OrderRequest { subscription_id: Some(id.clone()), ..OrderRequest::renewal(customer, id, Vec::new()) }
}

fn cancellation(subscription: &SubscriptionDetailed) -> OrderRequest {
    let row = &subscription.subscription;
    OrderRequest::cancellation(row.customer_id.clone().unwrap(), row.id.clone())
}
