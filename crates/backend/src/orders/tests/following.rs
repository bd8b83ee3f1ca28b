//! Orders that the marketplace took and then does not show.

use super::*;
use crate::sync::{self, Rhythm};

/// An order under way at the marketplace, whose reading is refused `times` times.
async fn hidden(world: &World, operation: &str, times: u32) -> Uuid {
    let id = world.place(&world.change(1)).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    assert_eq!(world.intent(id).await.state, IntentState::Submitted);
    world.marketplace.add_fault(FaultRule { times, ..FaultRule::once(Fault::NotFound, operation) });
    id
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_is_not_shown_says_since_when_until_it_is_shown_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id = hidden(&world, "getOrderDetails", 2).await;
    let mut told = Vec::new();
    for _ in 0..2 {
        world.pass(Duration::seconds(70));
        assert!(step(&world.backend).await.unwrap());
        told.push(world.intent(id).await.problem.expect("it says so"));
    }
    assert!(told[0].contains("does not show this order any more"), "{told:?}");
    assert_eq!(told[0], told[1], "since the first time");
    let intent = world.wait(id, Duration::minutes(10)).await;
    assert_eq!((intent.state, intent.problem), (IntentState::Completed, None));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_only_the_list_shows_ends_as_the_list_says(pool: PgPool) {
    let world = World::new(pool).await;
    let id = hidden(&world, "getOrderDetails", 10_000).await;
    world.pass(Duration::minutes(10));
    sync::catch_up(&world.backend, &Rhythm::default()).await.unwrap();
    world.pass(Duration::minutes(1));
    world.work().await;
    let intent = world.intent(id).await;
    assert_eq!(intent.state, IntentState::Completed, "{:?}", intent.problem);
    assert!(intent.problem.unwrap().contains("does not show its details"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_is_not_called_completed_before_its_seats_were_read(pool: PgPool) {
    let world = World::new(pool).await;
    let id = hidden(&world, "getSubscription", 3).await;
    let intent = world.wait(id, Duration::hours(1)).await;
    assert_eq!(intent.state, IntentState::Completed, "{:?}", intent.problem);
    let line = seats_now(&world.backend, &world.line.subscription_id, 1).await.unwrap();
    assert_eq!(line.seats.get(), world.seats_at_the_marketplace());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_is_completed_though_its_subscription_is_never_shown_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id = hidden(&world, "getSubscription", 10_000).await;
    let early = world.wait(id, Duration::minutes(10)).await;
    assert_ne!(early.state, IntentState::Completed);
    assert!(early.problem.unwrap().contains("the seats are not known"), "it says why");
    assert_eq!(world.wait(id, Duration::hours(1)).await.state, IntentState::Completed);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_was_not_shown_for_long_is_not_completed_over_one_refused_look_at_its_seats(pool: PgPool) {
    let world = World::new(pool).await;
    let id = hidden(&world, "getOrderDetails", 1).await;
    world.pass(Duration::minutes(1));
    assert!(step(&world.backend).await.unwrap());
    assert!(world.intent(id).await.problem.unwrap().contains("does not show this order any more"));
    world.marketplace.add_fault(FaultRule::once(Fault::NotFound, "getSubscription"));
    world.pass(Duration::hours(1));
    assert!(step(&world.backend).await.unwrap());
    let intent = world.intent(id).await;
    assert!(intent.state != IntentState::Completed && intent.problem.unwrap().contains("the seats are not known"));
    assert_eq!(world.wait(id, Duration::minutes(5)).await.state, IntentState::Completed);
    let line = seats_now(&world.backend, &world.line.subscription_id, 1).await.unwrap();
    assert_eq!(line.seats.get(), world.seats_at_the_marketplace());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_refused_looks_at_the_seats_an_hour_apart_are_not_a_long_time(pool: PgPool) {
    let world = World::new(pool).await;
    let id = hidden(&world, "getSubscription", 2).await;
    for _ in 0..2 {
        world.pass(Duration::hours(1));
        assert!(step(&world.backend).await.unwrap());
        assert!(world.intent(id).await.problem.unwrap().contains("the seats are not known"));
    }
    assert_eq!(world.wait(id, Duration::minutes(5)).await.state, IntentState::Completed);
}
