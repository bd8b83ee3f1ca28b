//! What there is to order, and for whom.

use crate::stage::Stage;
use domain::CustomerId;
use marketplace::models::{
    AlignExpiration, Alignment, CotermingRule, CotermingType, OrderDetailed, OrderLineRequest, OrderRequest,
    OrderStatus, Parameter, ParameterValue, Product, ProductParameters, Quoted, SubscriptionDetailed,
    SubscriptionStatus, ValidatedProduct, ValidationRequest,
};
use marketplace::{CustomerFilter, OrderFilter, SubscriptionFilter};
use std::collections::HashSet;

/// Subscriptions in use that nothing is being done to, of customers who may order.
pub(super) async fn running(stage: &Stage) -> Vec<SubscriptionDetailed> {
    let customers = stage.walk(CustomerFilter::default(), 500).await;
    let may_order = customers.into_iter().filter(|customer| customer.status == Some("active".into()));
    let may_order: HashSet<_> = may_order.map(|customer| customer.id).collect();
    let processing = OrderFilter { status: Some(OrderStatus::Processing), ..OrderFilter::default() };
    let mut busy = HashSet::new();
    for order in stage.walk(processing, 500).await {
        busy.extend(stage.client.order(&order.id).await.unwrap().subscription_id);
    }
    let active = SubscriptionFilter { status: Some(SubscriptionStatus::Active), ..SubscriptionFilter::default() };
    let mut running = Vec::new();
    for row in stage.walk(active, 500).await {
        if may_order.contains(row.customer_id.as_ref().unwrap()) && !busy.contains(&row.id) {
            running.push(stage.client.subscription(&row.id).await.unwrap());
        }
    }
    running
}

/// Somebody who may order, and has something already.
pub(super) async fn buyer(stage: &Stage) -> (CustomerId, SubscriptionDetailed) {
    let mut running = running(stage).await;
    running.retain(|subscription| subscription.products.len() == 1);
    let subscription = running.swap_remove(0);
    (subscription.subscription.customer_id.clone().unwrap(), subscription)
}

/// Buys at least `quantity` of a product, ending together with what it has to end with.
pub(super) async fn sale(stage: &Stage, customer: &CustomerId, product: &Product, quantity: i64) -> OrderRequest {
    let lines = vec![line(stage, customer, product, quantity).await];
    let align_expiration_date = demanded_alignment(stage, customer, product).await;
    OrderRequest { align_expiration_date, ..OrderRequest::sales(customer.clone(), lines) }
}

async fn demanded_alignment(stage: &Stage, customer: &CustomerId, product: &Product) -> Option<AlignExpiration> {
    let coterming = product.coterming.as_ref().filter(|rule| rule.required == Some(CotermingRule::Mandatory))?;
    if coterming.kind == Some(CotermingType::EndOfMonth) {
        let alignment_type = Some(Alignment::MatchEndOfCalendarMonth);
        return Some(AlignExpiration { alignment_type, subscription_id: None });
    }
    let theirs =
        running(stage).await.into_iter().find(|one| one.subscription.customer_id.as_ref() == Some(customer))?;
    let alignment_type = Some(Alignment::CoTermOnSubscription);
    Some(AlignExpiration { alignment_type, subscription_id: Some(theirs.subscription.id) })
}

/// A line that buys at least `quantity` of a product, told apart from all others, with the parameters it asks for.
pub(super) async fn line(stage: &Stage, customer: &CustomerId, product: &Product, quantity: i64) -> OrderLineRequest {
    let asked = validated(stage, customer, as_asked(product)).await;
    let least = product.minimum_quantity.map(Quoted::get).unwrap_or_default();
    OrderLineRequest {
        vendor: product.vendor.clone(),
        billing_period: product.billing_period.clone(),
        subscription_period: product.subscription_period.clone(),
        parameters: asked.parameters.iter().map(answered).collect(),
        ..OrderLineRequest::of_mpn(product.mpn.clone().unwrap(), least.max(quantity.into()))
    }
}

/// A product as the validation is asked about it, without any parameters.
pub(super) fn as_asked(product: &Product) -> ProductParameters {
    ProductParameters {
        mpn: product.mpn.clone(),
        vendor: product.vendor.clone(),
        billing_period: product.billing_period.clone(),
        subscription_period: product.subscription_period.clone(),
        ..ProductParameters::default()
    }
}

pub(super) async fn validated(stage: &Stage, customer: &CustomerId, product: ProductParameters) -> ValidatedProduct {
    let request = ValidationRequest { products: vec![product], ..ValidationRequest::new(customer.clone()) };
    stage.client.validate_parameters(&request).await.unwrap().swap_remove(0)
}

/// A value that the parameter accepts.
pub(super) fn answered(parameter: &Parameter) -> ParameterValue {
    let choice = parameter.value_choices.first().and_then(|choice| choice.value.clone());
    let value = match parameter.kind.as_deref() {
        Some("email") => "ada@tarrow.example".to_owned(),
        Some("domain") => "tarrow.example".to_owned(),
        _ => choice.unwrap_or_else(|| "Tarrow".to_owned()),
    };
    ParameterValue::new(parameter.name.clone().unwrap(), value)
}

/// Estimates the order, places it, and looks at it before and after it is provisioned.
pub(super) async fn place(stage: &Stage, request: &OrderRequest) -> OrderDetailed {
    stage.client.estimate_order(request).await.unwrap_or_else(|error| panic!("{error}: {request:#?}"));
    let placed = stage.client.create_order(request).await.unwrap().value;
    stage.order(&placed).await;
    stage.wait();
    stage.order(&placed).await
}

/// The same for what the stand-in may refuse: what is asked is checked either way, what is answered when it is answered.
pub(super) async fn try_to_place(stage: &Stage, request: &OrderRequest) {
    let estimate = stage.client.estimate_order(request).await;
    let placed = stage.client.create_order(request).await;
    for error in
        [estimate.map(|_| ()), placed.as_ref().map(|_| ()).map_err(Clone::clone)].into_iter().filter_map(Result::err)
    {
        assert!(error.status().is_some(), "a refusal, not a failure: {error}");
    }
    if let Ok(placed) = placed {
        stage.order(&placed.value).await;
        stage.wait();
        stage.order(&placed.value).await;
    }
}
