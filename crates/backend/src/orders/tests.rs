//! Orders against a real marketplace over HTTP and a real Postgres.

mod acts;
mod again;
mod alignment;
mod approvals;
mod buying;
mod conflicts;
mod every_way;
mod following;
mod limited;
mod looking;
mod migrations;
mod moves;
mod outages;
mod repeats;
mod sending;
mod settling;
mod special_prices;
mod turning_up;
mod twice;

use super::worker::step;
use super::*;
use crate::customers::CustomerFilter;
use crate::list::ListRequest;
use crate::staff::Staff;
use crate::test_support::{client_with, copied_from, staff};
use crate::{Backend, Error, ManualClock};
use domain::{IntentState, Role};
use marketplace::{Client, Options, Timeouts};
use marketplace_sim::{Config, Fault, FaultRule, Simulator};
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration as Wait;
use time::Duration;
use uuid::Uuid;

struct World {
    backend: Backend,
    clock: Arc<ManualClock>,
    marketplace: Simulator,
    technician: Staff,
    /// An active subscription whose seats can be raised.
    line: SeatsNow,
}

impl World {
    async fn new(pool: PgPool) -> Self {
        Self::of(pool, Config::for_tests()).await
    }

    async fn of(pool: PgPool, config: Config) -> Self {
        let (backend, clock, marketplace) = copied_from(pool, config).await;
        backend.link.replace(Some(client(&marketplace)));
        let line = changeable(&backend, &marketplace).await;
        let technician = staff(&backend, Role::Technician).await;
        Self { backend, clock, marketplace, technician, line }
    }

    fn change(&self, more: u32) -> SeatChange {
        SeatChange {
            subscription_id: self.line.subscription_id.clone(),
            line: self.line.line,
            seats: (self.line.seats.get() + more).to_string(),
            from: None,
            po_number: Some("PO 7".to_owned()),
        }
    }

    async fn place(&self, change: &SeatChange) -> crate::Result<Uuid> {
        let quote = estimate_seat_change(&self.backend, &self.technician, change).await?;
        place_seat_change(&self.backend, &self.technician, change, &confirmed(quote.now)).await
    }

    /// Lets both sides' time pass and the worker work, until the intent ends or `patience` is over.
    async fn wait(&self, intent: Uuid, patience: Duration) -> Intent {
        let end = self.backend.clock.now() + patience;
        loop {
            while step(&self.backend).await.unwrap() {}
            let intent = follow(&self.backend, intent).await.unwrap().intent;
            if intent.state.is_final() || self.backend.clock.now() > end {
                return intent;
            }
            self.clock.advance(Duration::seconds(30));
            self.marketplace.advance(Duration::seconds(30));
        }
    }

    /// Places a change whose sending ends with the fault, and sends it.
    async fn lose(&self, fault: Fault) -> Uuid {
        self.marketplace.add_fault(FaultRule::once(fault, "createOrder"));
        let intent = self.place(&self.change(1)).await.unwrap();
        assert!(step(&self.backend).await.unwrap());
        assert_eq!(self.intent(intent).await.state, IntentState::Unknown);
        intent
    }

    async fn intent(&self, id: Uuid) -> Intent {
        follow(&self.backend, id).await.unwrap().intent
    }

    /// The actions recorded about the intent, the oldest first.
    async fn trail(&self, id: Uuid) -> Vec<String> {
        let trail = crate::activity::of_intent(&self.backend, id).await.unwrap();
        trail.into_iter().map(|row| row.action).collect()
    }

    /// What was sent, or is going to be.
    async fn body(&self, id: Uuid) -> marketplace::models::OrderRequest {
        let body: serde_json::Value = sqlx::query_scalar("select body from intent where id = $1")
            .bind(id)
            .fetch_one(&self.backend.pool)
            .await
            .unwrap();
        serde_json::from_value(body).unwrap()
    }

    /// Lets both sides' time pass at once.
    fn pass(&self, time: Duration) {
        self.clock.advance(time);
        self.marketplace.advance(time);
    }

    /// The worker does everything that is due.
    async fn work(&self) {
        while step(&self.backend).await.unwrap() {}
    }

    fn orders_at_the_marketplace(&self) -> u64 {
        self.marketplace.stats().orders_created
    }

    fn seats_at_the_marketplace(&self) -> u32 {
        let subscription = self.marketplace.subscription(&self.line.subscription_id).unwrap();
        let line = subscription.lines.iter().find(|line| Some(&line.mpn) == self.line.mpn.as_ref());
        line.unwrap().seats
    }
}

pub(super) fn confirmed(shown: Option<domain::Money>) -> Confirmation {
    Confirmation {
        shown,
        form_token: Uuid::new_v4(),
        review_path: "/subscriptions/1/seats?step=review".to_owned(),
        another: false,
    }
}

fn client(marketplace: &Simulator) -> Client {
    // Short, so that an answer that never comes does not hold the tests up.
    let timeouts = Timeouts { write: Wait::from_millis(700), ..Timeouts::default() };
    client_with(marketplace, Options { timeouts, ..Options::default() })
}

async fn changeable(backend: &Backend, marketplace: &Simulator) -> SeatsNow {
    let customers =
        crate::customers::page(backend, &ListRequest::default(), &CustomerFilter::default()).await.unwrap().rows;
    for customer in customers.iter().filter(|customer| customer.status == "active") {
        let open = |order: &marketplace_sim::OrderView| matches!(order.status.as_str(), "submitted" | "processing");
        let busy: Vec<_> = marketplace.orders_of(&customer.id).into_iter().filter(open).collect();
        for subscription in marketplace.subscriptions_of(&customer.id) {
            let in_the_way = busy.iter().any(|order| order.subscription.as_ref() == Some(&subscription.id));
            if subscription.status != "active" || in_the_way {
                continue;
            }
            if let Ok(line) = seats_now(backend, &subscription.id, 1).await
                && line.limits.maximum.is_none_or(|most| most.get() > line.seats.get() + 5)
                && line.unit_price.is_some()
            {
                return line;
            }
        }
    }
    panic!("the simulator has no subscription whose seats can be raised")
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_seat_change_makes_one_order_and_shows_the_new_seats_once_completed(pool: PgPool) {
    let world = World::new(pool).await;
    let intent = world.place(&world.change(3)).await.unwrap();
    assert_eq!(world.orders_at_the_marketplace(), 0, "the click only writes the intent");
    while step(&world.backend).await.unwrap() {}
    let before = seats_now(&world.backend, &world.line.subscription_id, world.line.line).await.unwrap();
    assert_eq!(before.seats, world.line.seats, "nothing is done before the marketplace says so");
    let intent = world.wait(intent, Duration::minutes(5)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Completed, 1));
    let after = seats_now(&world.backend, &world.line.subscription_id, world.line.line).await.unwrap();
    assert_eq!((after.seats.get(), world.seats_at_the_marketplace()), (world.line.seats.get() + 3, after.seats.get()));
    let placed = crate::activity::of_intent(&world.backend, intent.id).await.unwrap();
    assert_eq!(placed.iter().filter(|row| row.action == "order.placed").count(), 1);
    assert!(placed.iter().any(|row| row.action == "order.submitted" && row.correlation_id.is_some()));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_same_review_posted_twice_makes_one_intent(pool: PgPool) {
    let world = World::new(pool).await;
    let change = world.change(2);
    let quote = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap();
    let confirmation = confirmed(quote.now);
    let post = || place_seat_change(&world.backend, &world.technician, &change, &confirmation);
    let (first, second) = tokio::join!(post(), post());
    assert_eq!(first.unwrap(), second.unwrap());
    assert_eq!(post().await.unwrap(), post().await.unwrap());
    while step(&world.backend).await.unwrap() {}
    assert_eq!(world.orders_at_the_marketplace(), 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_second_change_of_the_same_subscription_has_to_wait(pool: PgPool) {
    let world = World::new(pool).await;
    let (one, other) = (world.change(1), world.change(4));
    let (first, second) = tokio::join!(world.place(&one), world.place(&other));
    assert_eq!([&first, &second].into_iter().filter(|placed| placed.is_ok()).count(), 1);
    let refused = first.err().or(second.err()).unwrap();
    assert!(matches!(&refused, Error::Conflict(message) if message.contains("already under way")), "{refused}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_lost_answer_never_orders_twice_and_the_order_is_found(pool: PgPool) {
    let mut world = World::new(pool).await;
    for fault in [Fault::ResetAfter, Fault::TimeoutAfter, Fault::Html504After, Fault::TruncatedBody, Fault::EmptyBody] {
        world.line = changeable(&world.backend, &world.marketplace).await;
        let before = world.orders_at_the_marketplace();
        world.marketplace.add_fault(FaultRule::once(fault, "createOrder"));
        let intent = world.place(&world.change(1)).await.unwrap();
        let intent = world.wait(intent, Duration::minutes(40)).await;
        let effects = world.orders_at_the_marketplace() - before;
        assert_eq!((effects, intent.state), (1, IntentState::Completed), "{fault:?}: {:?}", intent.problem);
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_never_arrived_is_said_to_be_absent_and_is_not_sent_again(pool: PgPool) {
    let mut world = World::new(pool).await;
    for fault in [Fault::ResetBefore, Fault::Html504Before, Fault::Maintenance503] {
        world.line = changeable(&world.backend, &world.marketplace).await;
        world.marketplace.add_fault(FaultRule::once(fault, "createOrder"));
        let intent = world.place(&world.change(1)).await.unwrap();
        while step(&world.backend).await.unwrap() {}
        let unsure = follow(&world.backend, intent).await.unwrap().intent.state;
        assert_eq!(unsure, IntentState::Unknown, "{fault:?}");
        let intent = world.wait(intent, Duration::hours(2)).await;
        assert_eq!((world.orders_at_the_marketplace(), intent.state), (0, IntentState::Absent), "{fault:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_refused_order_fails_with_the_marketplaces_reason(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule::once(Fault::ErrorOtherSpelling, "createOrder"));
    let intent = world.place(&world.change(1)).await.unwrap();
    let intent = world.wait(intent, Duration::minutes(1)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Failed, 0));
    let problem = intent.problem.unwrap();
    assert!(problem.starts_with("The marketplace refused the order: "), "{problem}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_was_not_let_in_is_sent_later(pool: PgPool) {
    let world = World::new(pool).await;
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "createOrder"));
    let intent = world.place(&world.change(1)).await.unwrap();
    let intent = world.wait(intent, Duration::minutes(5)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Completed, 1));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_price_that_changed_since_it_was_shown_refuses_the_order(pool: PgPool) {
    let world = World::new(pool).await;
    let change = world.change(1);
    let quote = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap();
    let shown = quote.now.map(|now| domain::Money::new(now.amount - rust_decimal::Decimal::ONE, now.currency));
    let placed = place_seat_change(&world.backend, &world.technician, &change, &confirmed(shown)).await;
    assert!(matches!(placed, Err(Error::Conflict(message)) if message.contains("The price changed")));
    assert!(!step(&world.backend).await.unwrap(), "no intent was written");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn seats_outside_the_limits_are_refused_at_their_field(pool: PgPool) {
    let world = World::new(pool).await;
    for (typed, part) in [("", "Enter the number"), ("12.5", "whole number"), ("0", "at least 1")] {
        let change = SeatChange { seats: typed.to_owned(), ..world.change(0) };
        let refused = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap_err();
        let Error::Invalid(fields) = refused else { panic!("{typed}: {refused}") };
        assert!(fields[0].field == "seats" && fields[0].message.contains(part), "{typed}: {fields:?}");
    }
    let same = estimate_seat_change(&world.backend, &world.technician, &world.change(0)).await.unwrap_err();
    let Error::Invalid(fields) = same else { panic!("{same}") };
    let already = format!("already has {};", world.line.seats.in_words());
    assert!(fields[0].message.contains(&already), "{fields:?}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn costs_are_left_out_for_those_who_may_not_see_them(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let hidden = estimate_seat_change(&world.backend, &world.technician, &world.change(1)).await.unwrap();
    let shown = estimate_seat_change(&world.backend, &manager, &world.change(1)).await.unwrap();
    assert_eq!((hidden.cost_now, hidden.now), (None, shown.now));
    assert!(shown.cost_now.is_some());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_viewer_changes_no_seats_and_a_technician_places_no_new_order(pool: PgPool) {
    let world = World::new(pool).await;
    let viewer = staff(&world.backend, Role::Viewer).await;
    let change = world.change(1);
    let placed = place_seat_change(&world.backend, &viewer, &change, &confirmed(None)).await;
    assert!(matches!(placed, Err(Error::Forbidden(_))));
    let order = NewOrder {
        customer_id: world.line.customer_id.clone(),
        po_number: None,
        lines: Vec::new(),
        parameters: None,
        end_with: None,
    };
    let placed = place_new_order(&world.backend, &world.technician, &order, &confirmed(None)).await;
    assert!(matches!(placed, Err(Error::Forbidden(_))));
}
