//! Activation parameters of new orders, against a real marketplace over HTTP and a real Postgres.

use super::tests::confirmed;
use super::*;
use crate::catalogue::ProductFilter;
use crate::customers::CustomerFilter;
use crate::list::ListRequest;
use crate::staff::Staff;
use crate::test_support::{copied, staff};
use crate::{Backend, Error, ManualClock};
use domain::{Role, Seats};
use marketplace_sim::{Outage, Simulator};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::sync::Arc;
use time::Duration;
use uuid::Uuid;

struct World {
    backend: Backend,
    clock: Arc<ManualClock>,
    marketplace: Simulator,
    manager: Staff,
    customer: String,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        let (backend, clock, marketplace) = copied(pool).await;
        let customers =
            crate::customers::page(&backend, &ListRequest::default(), &CustomerFilter::default()).await.unwrap();
        let customer = customers.rows.into_iter().find(|customer| customer.status == "active").unwrap().id;
        let manager = staff(&backend, Role::AccountManager).await;
        Self { backend, clock, marketplace, manager, customer }
    }

    /// Backup asks for a region of three, the archive for an e-mail address.
    async fn order(&self) -> NewOrder {
        self.order_of(&["Backup 1 TB", "Mail archive mailbox"]).await
    }

    async fn order_of(&self, names: &[&str]) -> NewOrder {
        let mut lines = Vec::new();
        for name in names {
            let filter = ProductFilter { search: Some((*name).to_owned()), ..ProductFilter::default() };
            let found = crate::catalogue::products(&self.backend, &ListRequest::default(), &filter).await.unwrap();
            lines.push(NewLine {
                product_key: found.rows[0].key.clone(),
                seats: Seats::new(10).unwrap(),
                special_price: None,
            });
        }
        NewOrder { customer_id: self.customer.clone(), po_number: None, lines, parameters: None, end_with: None }
    }

    /// Asks, and goes on with what is asked for.
    async fn asked(&self, order: &mut NewOrder) -> Asked {
        let asked = order_parameters(&self.backend, &self.manager, order).await.unwrap();
        order.parameters = asked.draft;
        asked
    }

    async fn enter(&self, order: &NewOrder, region: &str, email: &str) {
        let value = |line: usize, name: &str, value: &str| EnteredValue {
            product_key: order.lines[line].product_key.clone(),
            name: name.to_owned(),
            member: None,
            value: value.to_owned(),
        };
        let entered = [value(0, "region", region), value(1, "admin_email", email)];
        keep_parameters(&self.backend, &self.manager, order.parameters.unwrap(), &entered).await.unwrap();
    }

    async fn check(&self, order: &NewOrder) -> Asked {
        check_parameters(&self.backend, &self.manager, order).await.unwrap()
    }

    async fn place(&self, order: &NewOrder) -> crate::Result<Uuid> {
        let quote = estimate_new_order(&self.backend, &self.manager, order).await?;
        place_new_order(&self.backend, &self.manager, order, &confirmed(quote.now)).await
    }

    async fn intents(&self) -> Vec<Value> {
        sqlx::query_scalar("select body from intent").fetch_all(&self.backend.pool).await.unwrap()
    }
}

fn errors(asked: &Asked) -> Vec<Option<&str>> {
    asked.lines.iter().flat_map(|line| &line.fields).map(|field| field.error.as_deref()).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn each_line_is_asked_for_its_own_and_nothing_is_a_mistake_yet(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order().await;
    let asked = world.asked(&mut order).await;
    assert!(asked.draft.is_some() && !asked.is_settled());
    let kinds: Vec<_> = asked.lines.iter().map(|line| (line.fields[0].kind, line.fields[0].required)).collect();
    assert_eq!(kinds, [(FieldKind::Choice, true), (FieldKind::Email, true)]);
    assert_eq!(asked.lines[0].fields[0].choices.len(), 3);
    assert_eq!(errors(&asked), [None, None]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_product_without_parameters_makes_no_draft_and_can_be_placed(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order_of(&["Office 2026 licence"]).await;
    let asked = world.asked(&mut order).await;
    assert!(asked.draft.is_none() && asked.is_settled() && !asked.has_fields());
    world.place(&order).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_refused_value_is_told_beside_its_field_and_the_next_round_goes_on_from_there(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order().await;
    let first = world.asked(&mut order).await;
    world.enter(&order, "the moon", "nobody").await;
    let second = world.check(&order).await;
    let told = [Some("Choose one of the values offered."), Some("This is not an e-mail address.")];
    assert_eq!(errors(&second), told);
    assert_eq!(second.lines[1].fields[0].value, "nobody", "what was typed is kept");
    world.enter(&order, "us-west", "it@client.example").await;
    let third = world.check(&order).await;
    assert!(third.is_settled(), "{third:?}");
    // The stand-in echoes the draft request it is sent and makes a new one otherwise.
    let draft_requests = |asked: &Asked| serde_json::to_value(&asked.lines).unwrap()[0]["draft_request_id"].clone();
    assert!(draft_requests(&first).is_string());
    assert_eq!(draft_requests(&first), draft_requests(&third));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_order_carries_exactly_what_was_accepted_and_its_draft_ends(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order().await;
    world.asked(&mut order).await;
    world.enter(&order, "eu-central", " it@client.example ").await;
    world.check(&order).await;
    world.place(&order).await.unwrap();
    let body = world.intents().await.remove(0);
    assert_eq!(body["products"][0]["parameters"], json!([{ "name": "region", "value": "eu-central" }]));
    assert_eq!(body["products"][1]["parameters"], json!([{ "name": "admin_email", "value": "it@client.example" }]));
    let again = world.asked(&mut order.clone()).await;
    assert_ne!(again.draft, order.parameters, "what was kept is gone");
    while super::worker::step(&world.backend).await.unwrap() {}
    assert_eq!(world.marketplace.stats().orders_created, 1, "the marketplace takes it");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn without_what_is_asked_for_no_intent_is_written(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order().await;
    assert!(matches!(world.place(&order).await, Err(Error::Conflict(_))), "never asked");
    world.asked(&mut order).await;
    assert!(matches!(world.place(&order).await, Err(Error::Conflict(_))), "nothing entered");
    world.enter(&order, "us-west", "it@client.example").await;
    assert!(matches!(world.place(&order).await, Err(Error::Conflict(_))), "not checked");
    assert!(world.intents().await.is_empty());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_outage_loses_nothing_that_was_entered(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order().await;
    world.asked(&mut order).await;
    world.marketplace.set_outage(Some(Outage::Maintenance));
    world.enter(&order, "us-west", "it@client.example").await;
    let checked = check_parameters(&world.backend, &world.manager, &order).await;
    assert!(matches!(checked, Err(Error::Marketplace(_))));
    let kept = world.asked(&mut order).await;
    assert_eq!(kept.lines[1].fields[0].value, "it@client.example");
    assert!(!kept.is_settled());
    world.marketplace.set_outage(None);
    assert!(world.check(&order).await.is_settled());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_entered_is_its_persons_alone_and_expires(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order().await;
    let draft = world.asked(&mut order).await.draft.unwrap();
    let other = staff(&world.backend, Role::AccountManager).await;
    assert!(matches!(keep_parameters(&world.backend, &other, draft, &[]).await, Err(Error::Conflict(_))));
    let viewer = staff(&world.backend, Role::Viewer).await;
    assert!(matches!(keep_parameters(&world.backend, &viewer, draft, &[]).await, Err(Error::Forbidden(_))));
    world.clock.advance(Duration::hours(9));
    assert!(matches!(keep_parameters(&world.backend, &world.manager, draft, &[]).await, Err(Error::Conflict(_))));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_line_added_later_is_asked_about_and_the_others_keep_their_values(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order().await;
    let archive = order.lines.pop().unwrap();
    world.asked(&mut order).await;
    let region = EnteredValue {
        product_key: order.lines[0].product_key.clone(),
        name: "region".to_owned(),
        member: None,
        value: "us-west".to_owned(),
    };
    keep_parameters(&world.backend, &world.manager, order.parameters.unwrap(), &[region]).await.unwrap();
    assert!(world.check(&order).await.is_settled());
    order.lines.insert(0, archive);
    let asked = world.asked(&mut order).await;
    assert_eq!(asked.lines[1].fields[0].value, "us-west");
    assert!(!asked.lines[0].is_settled() && asked.lines[1].is_settled());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_ends_with_a_subscription_of_the_same_customer_and_term_and_with_no_other(pool: PgPool) {
    let mut world = World::new(pool).await;
    let filter = ProductFilter {
        search: Some("Business Standard".to_owned()),
        term: Some("1 year".to_owned()),
        ..ProductFilter::default()
    };
    let found = crate::catalogue::products(&world.backend, &ListRequest::default(), &filter).await.unwrap();
    let product = found.rows[0].clone();
    let customers =
        crate::customers::page(&world.backend, &ListRequest::default(), &CustomerFilter::default()).await.unwrap();
    let mut offered = EndTogether::default();
    for customer in customers.rows.into_iter().filter(|customer| customer.status == "active") {
        offered = end_together(&world.backend, &customer.id, std::slice::from_ref(&product)).await.unwrap();
        world.customer = customer.id;
        if !offered.choices.is_empty() {
            break;
        }
    }
    let EndChoice { with: EndWith::Subscription(id), .. } = &offered.choices[0] else { panic!("{offered:?}") };
    assert!(!offered.required && offered.choices.iter().all(|choice| choice.with != EndWith::Month));
    let lines = vec![NewLine { product_key: product.key, seats: Seats::new(10).unwrap(), special_price: None }];
    let order = NewOrder { end_with: Some(EndWith::Subscription(id.clone())), lines, ..world.order_of(&[]).await };
    let checked = new_order::check_new_order(&world.backend, &world.manager, &order).await.unwrap();
    let body = serde_json::to_value(checked.request()).unwrap();
    assert_eq!(body["alignExpirationDate"]["alignmentType"], "CO_TERM_ON_SUBSCRIPTION");
    assert_eq!(body["alignExpirationDate"]["subscriptionId"].to_string(), *id);
    let order = NewOrder { end_with: Some(EndWith::Month), ..order };
    let refused = new_order::check_new_order(&world.backend, &world.manager, &order).await;
    assert!(matches!(refused, Err(Error::Invalid(fields)) if fields[0].field == "end_with"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_draft_that_was_used_leads_to_its_order_and_only_the_person_who_placed_it(pool: PgPool) {
    let world = World::new(pool).await;
    let mut order = world.order().await;
    world.asked(&mut order).await;
    let draft = order.parameters.unwrap();
    world.enter(&order, "us-west", "it@client.example").await;
    world.check(&order).await;
    let placed = async |staff: &Staff| placed_from(&world.backend, staff, draft).await.unwrap();
    assert_eq!(placed(&world.manager).await, None, "nothing came of it yet");
    let quote = estimate_new_order(&world.backend, &world.manager, &order).await.unwrap();
    let review_path = format!("/orders/new?customer={}&draft={draft}&step=review", world.customer);
    let confirmation = Confirmation { review_path, ..confirmed(quote.now) };
    let id = place_new_order(&world.backend, &world.manager, &order, &confirmation).await.unwrap();
    assert_eq!(placed(&world.manager).await, Some(id));
    assert_eq!(placed(&staff(&world.backend, Role::AccountManager).await).await, None);
}
