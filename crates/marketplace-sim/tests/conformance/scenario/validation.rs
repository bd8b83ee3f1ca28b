//! Activation parameters: listed, refused and accepted, in one round and in several.

use super::shelf::{answered, as_asked, buyer, validated};
use crate::stage::Stage;
use domain::CustomerId;
use marketplace::ProductFilter;
use marketplace::models::{OrderType, ParameterValue, Product, ProductParameters, ValidationRequest};
use serde_json::json;

pub(super) async fn play(stage: &Stage) {
    let (customer, _) = buyer(stage).await;
    let products = stage.walk(ProductFilter::default(), 500).await;
    for product in &products {
        rounds(stage, &customer, product).await;
    }
    several_at_once(stage, &customer, &products).await;
}

/// What is asked for; values of every kind that are refused; those that are accepted, going on with the same draft.
async fn rounds(stage: &Stage, customer: &CustomerId, product: &Product) {
    let listed = validated(stage, customer, as_asked(product)).await;
    let names = || listed.parameters.iter().map(|parameter| parameter.name.clone().unwrap());
    let wrong = [json!("not accepted!"), json!(12), json!(true), json!(["a"]), json!({ "a": "b" })];
    let by_id = ProductParameters { id: product.id.clone(), ..ProductParameters::default() };
    for value in wrong {
        let parameters = names().map(|name| ParameterValue::new(name, value.clone())).collect();
        validated(stage, customer, ProductParameters { parameters, ..by_id.clone() }).await;
    }
    let structured = names().map(|name| ParameterValue {
        name,
        value: None,
        structured_value: Some(json!({ "attestation_accepted": true })),
    });
    validated(stage, customer, ProductParameters { parameters: structured.collect(), ..by_id }).await;
    let again = ProductParameters {
        quantity: Some(3.into()),
        draft_request_id: listed.draft_request_id,
        parameters: listed.parameters.iter().map(answered).collect(),
        ..as_asked(product)
    };
    validated(stage, customer, again).await;
}

/// Every type of order is asked about.
async fn several_at_once(stage: &Stage, customer: &CustomerId, products: &[Product]) {
    for kind in OrderType::LISTED {
        let request = ValidationRequest {
            kind: Some(kind.clone()),
            products: products.iter().map(as_asked).collect(),
            ..ValidationRequest::new(customer.clone())
        };
        stage.client.validate_parameters(&request).await.unwrap();
    }
}
