//! Somebody who may order, and what they order.

use super::*;
use crate::catalogue::{Product, ProductFilter};
use domain::Seats;

pub(super) struct Buyer {
    pub(super) world: World,
    pub(super) manager: Staff,
}

impl Buyer {
    pub(super) async fn new(pool: PgPool) -> Self {
        let world = World::new(pool).await;
        let manager = staff(&world.backend, Role::AccountManager).await;
        Self { world, manager }
    }

    /// The order with everything the marketplace asks for.
    pub(super) async fn complete(&self, order: &NewOrder) -> NewOrder {
        let (backend, manager) = (&self.world.backend, &self.manager);
        let asked = order_parameters(backend, manager, order).await.unwrap();
        let order = NewOrder { parameters: asked.draft, ..order.clone() };
        let Some(draft) = order.parameters else { return order };
        let entered = asked.lines.iter().flat_map(|line| line.fields.iter().map(move |field| (line, field)));
        let entered = entered.filter(|(_, field)| field.required).map(|(line, field)| EnteredValue {
            product_key: line.product_key.clone(),
            name: field.name.clone(),
            member: field.member.clone(),
            value: if field.kind == FieldKind::Email { "it@client.example" } else { "harbour" }.to_owned(),
        });
        keep_parameters(backend, manager, draft, &entered.collect::<Vec<_>>()).await.unwrap();
        assert!(check_parameters(backend, manager, &order).await.unwrap().is_settled());
        order
    }

    /// Places the order at the price of its estimate and follows it to its end.
    pub(super) async fn buy(&self, order: &NewOrder) -> Bought {
        let order = self.complete(order).await;
        let quote = estimate_new_order(&self.world.backend, &self.manager, &order).await.unwrap();
        let placed = place_new_order(&self.world.backend, &self.manager, &order, &confirmed(quote.now)).await;
        self.bought(placed.unwrap(), quote).await
    }

    /// What came of an intent, which completes.
    pub(super) async fn bought(&self, intent: Uuid, quote: Quote) -> Bought {
        let intent = self.world.wait(intent, Duration::minutes(5)).await;
        assert_eq!(intent.state, IntentState::Completed, "{:?}", intent.problem);
        let order = domain::OrderId::from(intent.order_id.as_deref().unwrap());
        let order = self.world.backend.marketplace().unwrap().order(&order).await.unwrap();
        let id = intent.subscription_id.clone().unwrap();
        let theirs = self.world.marketplace.subscription(&id).unwrap();
        let ours = crate::subscriptions::get(&self.world.backend, &id).await.unwrap();
        Bought { charged: order.order.total.unwrap(), intent, quote, theirs, ours }
    }

    /// Does something to a subscription at the price of its estimate, and follows it to its end.
    pub(super) async fn act(&self, subscription_id: &str, act: Act) -> Bought {
        let order = SubscriptionAct { subscription_id: subscription_id.to_owned(), act, po_number: None };
        let quote = estimate_act(&self.world.backend, &self.manager, &order).await.unwrap();
        let placed = place_act(&self.world.backend, &self.manager, &order, "", &confirmed(quote.now)).await;
        self.bought(placed.unwrap(), quote).await
    }

    /// A customer who may order and has a subscription that an order of the product can end with.
    pub(super) async fn with_something_to_end_with(&self, product: &Product) -> (String, EndChoice) {
        let backend = &self.world.backend;
        let customers = crate::customers::page(backend, &ListRequest::default(), &CustomerFilter::default()).await;
        for customer in customers.unwrap().rows.into_iter().filter(|customer| customer.status == "active") {
            let offered = end_together(backend, &customer.id, std::slice::from_ref(product)).await.unwrap();
            if let Some(choice) = offered.choices.into_iter().next() {
                return (customer.id, choice);
            }
        }
        panic!("no customer has a subscription of that term")
    }
}

/// An order that was carried out.
pub(super) struct Bought {
    pub(super) intent: Intent,
    pub(super) quote: Quote,
    /// What the marketplace charged.
    pub(super) charged: domain::Money,
    /// The subscription at the marketplace.
    pub(super) theirs: marketplace_sim::SubscriptionView,
    /// The subscription in the copy.
    pub(super) ours: crate::subscriptions::Subscription,
}

/// Seats of one product, without activation parameters.
pub(super) fn order_of(customer: &str, product: &Product, seats: i64) -> NewOrder {
    NewOrder {
        customer_id: customer.to_owned(),
        po_number: None,
        lines: vec![NewLine {
            product_key: product.key.clone(),
            seats: Seats::new(seats).unwrap(),
            special_price: None,
        }],
        parameters: None,
        end_with: None,
    }
}

/// The product of that name, term and billing period.
pub(super) async fn product(backend: &Backend, name: &str, term: &str, billing: &str) -> Product {
    let filter = ProductFilter {
        search: Some(name.to_owned()),
        term: Some(term.to_owned()),
        billing_period: Some(billing.to_owned()),
        ..ProductFilter::default()
    };
    let found = crate::catalogue::products(backend, &ListRequest::default(), &filter).await.unwrap();
    found.rows.into_iter().find(|product| product.name == name).unwrap()
}
