//! The orders there are: lists and details.

use crate::stage::Stage;
use marketplace::OrderFilter;
use marketplace::models::OrderStatus;
use time::Duration;

pub(super) async fn play(stage: &Stage) {
    let all = stage.walk(OrderFilter::default(), 500).await;
    assert!(all.len() > 500, "{} orders do not fill two of the largest pages", all.len());
    // Newest first: of every kind and status there is one among these.
    for order in all.iter().take(400) {
        stage.client.order(&order.id).await.unwrap();
    }
    let some = stage.client.order(&all[9].id).await.unwrap();
    let moment = some.order.creation_date.unwrap();
    let mut filters = vec![
        OrderFilter { customer: some.order.customer_id.clone(), ..OrderFilter::default() },
        OrderFilter { subscription: some.subscription_id.clone(), ..OrderFilter::default() },
        OrderFilter { order_number: some.order.order_number.clone(), ..OrderFilter::default() },
        OrderFilter { status_code: some.order.status_code.clone(), ..OrderFilter::default() },
        OrderFilter { created_from: Some(moment), ..OrderFilter::default() },
        OrderFilter { created_to: Some(moment + Duration::milliseconds(20)), ..OrderFilter::default() },
        OrderFilter {
            customer: some.order.customer_id.clone(),
            subscription: some.subscription_id.clone(),
            order_number: some.order.order_number.clone(),
            status: some.order.status.clone(),
            status_code: some.order.status_code.clone(),
            created_from: Some(moment),
            created_to: Some(moment + Duration::SECOND),
        },
    ];
    // Nothing waits for payment before the first sale.
    let listed = OrderStatus::LISTED.iter().filter(|status| **status != OrderStatus::Submitted);
    filters.extend(listed.map(|status| OrderFilter { status: Some(status.clone()), ..OrderFilter::default() }));
    for filter in filters {
        stage.find(filter).await;
    }
}
