//! Orders that turn up after they had been taken for lost.

use super::*;
use crate::order_log;
use crate::sync::{self, Rhythm};

/// An order that was taken for one that never arrived.
pub(super) async fn absent(world: &World) -> Uuid {
    let id = world.lose(Fault::ResetBefore).await;
    assert_eq!(world.wait(id, Duration::hours(2)).await.state, IntentState::Absent);
    id
}

/// What was sent arrives after all, and the next sweep sees it. By its mark: the seats may read back as anything.
pub(super) async fn arrive(world: &World, id: Uuid) {
    let mut late = world.body(id).await;
    late.products[0].quantity = Some((world.line.seats.get() + 2).into());
    client(&world.marketplace).create_order(&late).await.unwrap();
    sync::catch_up(&world.backend, &Rhythm::default()).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_turns_up_late_is_taken_up_by_its_mark_and_said_so(pool: PgPool) {
    let world = World::new(pool).await;
    let id = absent(&world).await;
    assert!(world.intent(id).await.next_look_at.is_none(), "nobody looks any more");
    arrive(&world, id).await;
    let intent = world.wait(id, Duration::minutes(5)).await;
    assert_eq!(intent.state, IntentState::Completed, "{:?}", intent.problem);
    assert!(intent.aftermath.found_late_at.is_some() && intent.aftermath.again_path.is_none());
    let trail = world.trail(id).await;
    assert_eq!(trail.iter().filter(|action| *action == "order.found_late").count(), 1, "{trail:?}");

    let since = world.backend.clock.now() - Duration::days(7);
    let shown = order_log::failed(&world.backend, None, since, 8).await.unwrap();
    let shown = shown.into_iter().find(|order| order.id == id.to_string()).expect("it is on the overview");
    assert!(shown.problem.unwrap().contains("turned up after it had been taken for lost"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn one_that_was_placed_again_meanwhile_says_that_there_are_two(pool: PgPool) {
    let world = World::new(pool).await;
    let id = absent(&world).await;
    let again = world.intent(id).await.aftermath.again_path.unwrap();
    let second = again::place_again(&world, &again, 1).await.unwrap();
    assert_eq!(world.wait(second, Duration::minutes(5)).await.state, IntentState::Completed);
    arrive(&world, id).await;
    world.work().await;
    let intent = world.intent(id).await;
    assert!(intent.order_id.is_some(), "{:?}", intent.state);
    assert_eq!(intent.aftermath.replacement.map(|it| it.id), Some(second));
    let since = world.backend.clock.now() - Duration::days(7);
    let shown = order_log::failed(&world.backend, None, since, 8).await.unwrap();
    let shown = shown.into_iter().find(|order| order.id == id.to_string()).unwrap();
    assert!(shown.problem.unwrap().contains("there are two orders. Cancel one of them"));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_under_way_elsewhere_is_nobodys_late_one(pool: PgPool) {
    let world = World::new(pool).await;
    let id = absent(&world).await;
    let mut other = world.body(id).await;
    other.attributes.insert("seatboardIntent".to_owned(), Uuid::new_v4().to_string());
    client(&world.marketplace).create_order(&other).await.unwrap();
    sync::catch_up(&world.backend, &Rhythm::default()).await.unwrap();
    world.work().await;
    assert_eq!(world.intent(id).await.state, IntentState::Absent);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_turns_up_beside_its_open_replacement_is_taken_up_all_the_same(pool: PgPool) {
    let world = World::new(pool).await;
    let id = absent(&world).await;
    let again = world.intent(id).await.aftermath.again_path.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::ResetBefore, "createOrder"));
    let second = again::place_again(&world, &again, 1).await.unwrap();
    world.work().await;
    assert_eq!(world.intent(second).await.state, IntentState::Unknown, "it is open");
    arrive(&world, id).await;
    world.work().await;
    let intent = world.intent(id).await;
    assert!(intent.order_id.is_some(), "{:?}", intent.state);
    assert_eq!(world.wait(id, Duration::minutes(5)).await.state, IntentState::Completed);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_waits_to_be_sent_in_the_stead_of_an_order_that_turned_up_is_not_sent(pool: PgPool) {
    let world = World::new(pool).await;
    let first = absent(&world).await;
    let path = world.intent(first).await.aftermath.again_path.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::ErrorOtherSpelling, "createOrder"));
    let second = again::place_again(&world, &path, 1).await.unwrap();
    assert_eq!(world.wait(second, Duration::minutes(1)).await.state, IntentState::Failed);

    let path = world.intent(second).await.aftermath.again_path.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, "createOrder"));
    let third = again::place_again(&world, &path, 2).await.unwrap();
    assert!(step(&world.backend).await.unwrap());
    assert!(world.intent(third).await.waits_to_be_sent());
    arrive(&world, first).await;
    assert!(step(&world.backend).await.unwrap());
    let replacement = world.intent(first).await.aftermath.replacement.unwrap();
    assert_eq!((replacement.id, replacement.waits), (third, true), "there are not two");
    let intent = world.wait(third, Duration::minutes(10)).await;
    assert_eq!((intent.state, world.orders_at_the_marketplace()), (IntentState::Failed, 1));
    assert!(intent.problem.unwrap().contains("has turned up"), "it says why");
    assert_eq!(intent.aftermath.again_path, None, "nor is it offered once more");
    assert_eq!(intent.aftermath.turned_up_instead, Some(first));
    let refused = again::place_again(&world, &path, 4).await.unwrap_err();
    assert!(matches!(&refused, Error::Conflict(why) if why.contains("turned up")), "{refused}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_that_turned_up_late_and_is_open_stands_in_the_way_of_others(pool: PgPool) {
    let world = World::new(pool).await;
    let manager = staff(&world.backend, Role::AccountManager).await;
    let id = absent(&world).await;
    let subscription_id = world.line.subscription_id.clone();
    let renewal = SubscriptionAct { subscription_id, act: Act::Renew, po_number: None };
    arrive(&world, id).await;
    world.work().await;
    assert!(!world.intent(id).await.state.is_final(), "it is open");
    let quote = estimate_act(&world.backend, &manager, &renewal).await.unwrap();
    let refused = place_act(&world.backend, &manager, &renewal, "", &confirmed(quote.now)).await.unwrap_err();
    assert!(matches!(&refused, Error::Conflict(why) if why.contains("already under way")), "{refused}");
}
