//! Resellers, their customers and their customers' orders.

use super::people::{address, attributes, contacts, full_customer, smallest_customer, updates};
use super::shelf::{place, sale};
use crate::stage::Stage;
use domain::{Currency, ResellerId};
use marketplace::models::{Address, CustomerStatus, OrderDetailed, OrderStatus, ResellerRequest};
use marketplace::{CustomerFilter, ProductFilter, ResellerCustomers, ResellerFilter, ResellerOrders};
use time::Duration;

pub(super) async fn play(stage: &Stage) {
    let client = &stage.client;
    let full = client.create_reseller(&full_reseller()).await.unwrap().value;
    for number in 0..4 {
        client.create_reseller(&smallest_reseller(&format!("Reseller {number}"))).await.unwrap();
    }
    assert_eq!(stage.walk(ResellerFilter::default(), 2).await.len(), 5);
    let filters = [
        ResellerFilter { name: Some("quarry".into()), ..ResellerFilter::default() },
        ResellerFilter { email: full.contact_persons[0].email.clone(), ..ResellerFilter::default() },
        ResellerFilter { external_id: full.external_id.clone(), ..ResellerFilter::default() },
    ];
    for filter in filters {
        stage.find(filter).await;
    }
    for update in updates() {
        client.update_reseller(&full.id, &update).await.unwrap();
        client.reseller(&full.id).await.unwrap();
    }
    their_customers(stage, &full.id).await;
}

fn smallest_reseller(name: &str) -> ResellerRequest {
    ResellerRequest {
        name: Some(name.into()),
        address: Some(Address { address_extension: None, ..address() }),
        contact_persons: contacts().into_iter().take(1).collect(),
        language: Some("en_US".into()),
        currency: Currency::new("USD").ok(),
        ..ResellerRequest::default()
    }
}

fn full_reseller() -> ResellerRequest {
    ResellerRequest {
        external_id: Some("RESELLER-1".into()),
        attributes: attributes(),
        status: Some(CustomerStatus::Active),
        address: Some(address()),
        contact_persons: contacts(),
        tax_reg_id: Some("12-3456789".into()),
        taxation_provider_name: Some("Vertex".into()),
        customer_class: Some("Default".into()),
        ..smallest_reseller("Quarry Lane Networks")
    }
}

async fn their_customers(stage: &Stage, reseller: &ResellerId) {
    let client = &stage.client;
    let full = client.create_customer_of(reseller, &full_customer("Lower Tarrow", "LOWER-1")).await.unwrap().value;
    for number in 0..4 {
        let customer = smallest_customer(&format!("Lower {number}"));
        client.create_customer_of(reseller, &customer).await.unwrap();
    }
    let all = ResellerCustomers { reseller: reseller.clone(), name: None, email: None, external_id: None };
    let customers = stage.walk(all.clone(), 2).await;
    assert_eq!(customers.len(), 5);
    let filters = [
        ResellerCustomers { name: full.name.clone(), ..all.clone() },
        ResellerCustomers { email: full.contact_persons[0].email.clone(), ..all.clone() },
        ResellerCustomers { external_id: full.external_id.clone(), ..all },
    ];
    for filter in filters {
        stage.find(filter).await;
    }
    stage.find(CustomerFilter { reseller: Some(reseller.clone()), ..CustomerFilter::default() }).await;
    let products = stage.walk(ProductFilter::default(), 500).await;
    let mut placed = Vec::new();
    for product in products.iter().filter(|product| product.depends_on.is_empty()).take(3) {
        let order = sale(stage, &customers[0].id, product, 1).await;
        placed.push(place(stage, &order).await);
    }
    their_orders(stage, reseller, &placed[0]).await;
}

async fn their_orders(stage: &Stage, reseller: &ResellerId, some: &OrderDetailed) {
    let all = ResellerOrders {
        reseller: reseller.clone(),
        customer: None,
        subscription: None,
        status: None,
        created_from: None,
        created_to: None,
    };
    assert_eq!(stage.walk(all.clone(), 2).await.len(), 3);
    let moment = some.order.creation_date.unwrap();
    let filters = [
        ResellerOrders { customer: some.order.customer_id.clone(), ..all.clone() },
        ResellerOrders { subscription: some.subscription_id.clone(), ..all.clone() },
        ResellerOrders { status: Some(OrderStatus::Completed), ..all.clone() },
        ResellerOrders { created_from: Some(moment), ..all.clone() },
        ResellerOrders { created_to: Some(moment + Duration::SECOND), ..all },
    ];
    for filter in filters {
        stage.find(filter).await;
    }
}
