//! One form is one wish, and one thing is changed by one person at a time.

use super::{Fault, FaultRule, Way, Wish, World, ask};
use crate::Error;
use crate::test_support::staff;
use domain::{Role, WriteState};
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_form_posted_twice_at_the_same_time_makes_one_call_and_both_are_told_that_it_is_done(pool: PgPool) {
    let world = World::new(pool).await;
    for (nth, way) in Way::ALL.into_iter().enumerate() {
        let wish = world.wish(way, u8::try_from(nth).unwrap()).await;
        let (token, calls, rows) = (Uuid::new_v4(), world.calls(way.operation()), world.last_row().await);
        let (one, other) = tokio::join!(world.ask(&wish, token), world.ask(&wish, token));
        assert!(one.is_ok() && other.is_ok(), "{way:?}: {one:?} {other:?}");
        assert!(world.ask(&wish, token).await.is_ok(), "{way:?}: and so is who posts it once more");
        assert_eq!((world.calls(way.operation()) - calls, world.truth(&wish).await), (1, 1), "{way:?}");
        assert_eq!(world.trail(rows).await.len(), 2, "{way:?}: asked once, done once");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_second_person_is_told_who_is_changing_it_until_that_is_settled(pool: PgPool) {
    let world = World::new(pool).await;
    let second = staff(&world.backend, Role::AccountManager).await;
    for way in Way::ALL.into_iter().filter(|way| !way.creates()) {
        if way == Way::UpdateReseller {
            continue; // Only admins do, and the same holds for them.
        }
        let wish = world.wish(way, 1).await;
        let calls = world.calls(way.operation());
        world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, way.operation()));
        assert!(matches!(world.ask(&wish, Uuid::new_v4()).await, Err(Error::Unknown(_))), "{way:?}");
        let refused = ask(&world.backend, &second, &wish, Uuid::new_v4()).await;
        let named = format!("A change by {}", world.admin.name);
        assert!(matches!(&refused, Err(Error::Conflict(message)) if message.contains(&named)), "{way:?}: {refused:?}");
        let refused = world.ask(&wish, Uuid::new_v4()).await;
        assert!(matches!(&refused, Err(Error::Conflict(message)) if message.contains("of yours")), "{refused:?}");
        assert_eq!(world.calls(way.operation()) - calls, 1, "{way:?}");
        world.settle().await;
        if matches!(way, Way::CancelOrder | Way::CreditCheck) {
            continue; // The order is done by then.
        }
        ask(&world.backend, &second, &wish, Uuid::new_v4()).await.expect("settled, so it can be made again");
        assert_eq!(world.truth(&wish).await, 1, "{way:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_parts_of_one_thing_are_changed_at_the_same_time(pool: PgPool) {
    let world = World::new(pool).await;
    let (price, renewal) = (world.wish(Way::Price, 1).await, world.wish(Way::Renewal, 1).await);
    world.marketplace.add_fault(FaultRule::once(Fault::Html504Before, Way::Price.operation()));
    assert!(matches!(world.ask(&price, Uuid::new_v4()).await, Err(Error::Unknown(_))));
    world.ask(&renewal, Uuid::new_v4()).await.unwrap();
    assert_eq!(world.truth(&renewal).await, 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_form_that_is_gone_back_to_and_says_something_else_is_not_taken_for_the_first(pool: PgPool) {
    let world = World::new(pool).await;
    let token = Uuid::new_v4();
    let Wish::Attribute(id, _) = world.wish(Way::Attributes, 1).await else { unreachable!() };
    world.ask(&Wish::Attribute(id.clone(), "one".to_owned()), token).await.unwrap();
    let other = Wish::Attribute(id.clone(), "two".to_owned());
    assert!(matches!(world.ask(&other, token).await, Err(Error::Conflict(_))), "not told that it was done");
    assert_eq!(world.truth(&other).await, 0);
    world.advance(Duration::minutes(5));
    let again = world.ask(&Wish::Attribute(id, "one".to_owned()), token).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "who knows what it is by now");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_refused_can_be_posted_again_by_the_same_form(pool: PgPool) {
    let world = World::new(pool).await;
    for way in Way::ALL {
        let (wish, token) = (world.wish(way, 3).await, Uuid::new_v4());
        world.marketplace.add_fault(FaultRule::once(Fault::RateLimited, way.operation()));
        assert!(matches!(world.ask(&wish, token).await, Err(Error::Marketplace(_))), "{way:?}");
        world.ask(&wish, token).await.unwrap();
        assert_eq!((world.state(token).await, world.truth(&wish).await), (WriteState::Done, 1), "{way:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nobody_uses_the_form_of_somebody_else(pool: PgPool) {
    let world = World::new(pool).await;
    let second = staff(&world.backend, Role::Admin).await;
    let (wish, token) = (world.wish(Way::Hold, 1).await, Uuid::new_v4());
    world.ask(&wish, token).await.unwrap();
    let other = world.wish(Way::Hold, 2).await;
    assert!(matches!(ask(&world.backend, &second, &other, token).await, Err(Error::Conflict(_))));
    assert_eq!(world.truth(&wish).await, 1);
}
