//! New subscriptions, and what can be done to an order that is not done.

use super::people::attributes;
use super::shelf::{buyer, line, place, sale};
use crate::stage::Stage;
use domain::CustomerId;
use marketplace::models::{OrderDetailed, OrderLineRequest, OrderRequest, OrderStatus, OrderUpdate, Product};
use marketplace::{OrderFilter, ProductFilter};
use marketplace_sim::{Fault, FaultRule};
use serde_json::json;

pub(super) async fn play(stage: &Stage) {
    let (customer, _) = buyer(stage).await;
    let products = stage.walk(ProductFilter::default(), 500).await;
    let main: Vec<_> = products.iter().filter(|product| product.depends_on.is_empty()).collect();
    for product in &main {
        sell(stage, &customer, product).await;
    }
    sell_several(stage, &customer, &products).await;
    sell_what_fails(stage, &customer, main[0]).await;
    for update in updates() {
        let order = submitted(stage, &customer, main[0]).await;
        stage.client.update_order(&order.order.id, &update).await.unwrap();
        stage.order(&order).await;
        stage.wait();
        stage.order(&order).await;
    }
}

/// By the vendor's number with everything that narrows it down.
async fn sell(stage: &Stage, customer: &CustomerId, product: &Product) {
    place(stage, &sale(stage, customer, product, 1).await).await;
}

/// Products of two plans, by their ids, with everything that any order has.
async fn sell_several(stage: &Stage, customer: &CustomerId, products: &[Product]) {
    let needing = products.iter().find(|product| !product.depends_on.is_empty()).unwrap();
    let needed = products.iter().find(|product| product.id == needing.depends_on[0].id).unwrap();
    let other =
        products.iter().find(|product| product.vendor != needed.vendor && product.depends_on.is_empty()).unwrap();
    let mut lines = Vec::new();
    for product in [needing, needed, other] {
        let OrderLineRequest { parameters, quantity, .. } = line(stage, customer, product, 2).await;
        let by_id = OrderLineRequest { id: product.id.clone(), quantity, ..OrderLineRequest::default() };
        lines.push(OrderLineRequest { parameters, ..by_id });
    }
    // The same said in an object, as some vendors want it.
    for parameter in lines.iter_mut().flat_map(|line| &mut line.parameters) {
        parameter.structured_value = Some(json!({ "given": parameter.value }));
    }
    let order = OrderRequest {
        po_number: Some("PO-4711".into()),
        attributes: attributes(),
        billing_model: needed.billing_model.clone(),
        ..OrderRequest::sales(customer.clone(), lines)
    };
    place(stage, &order).await;
}

async fn sell_what_fails(stage: &Stage, customer: &CustomerId, product: &Product) {
    let order = sale(stage, customer, product, 1).await;
    stage.simulator.add_fault(FaultRule::once(Fault::ProvisioningFailed, "createOrder"));
    let placed = stage.client.create_order(&order).await.unwrap().value;
    stage.wait();
    assert_eq!(stage.order(&placed).await.order.status, Some(OrderStatus::Error));
}

async fn submitted(stage: &Stage, customer: &CustomerId, product: &Product) -> OrderDetailed {
    let order = sale(stage, customer, product, 1).await;
    let placed = stage.client.create_order(&order).await.unwrap().value;
    stage.find(OrderFilter { status: Some(OrderStatus::Submitted), ..OrderFilter::default() }).await;
    placed
}

fn updates() -> [OrderUpdate; 4] {
    [
        OrderUpdate { credit_check: Some(true), ..OrderUpdate::default() },
        OrderUpdate { credit_check: Some(false), ..OrderUpdate::default() },
        OrderUpdate::cancel(),
        OrderUpdate { credit_check: Some(false), ..OrderUpdate::cancel() },
    ]
}
