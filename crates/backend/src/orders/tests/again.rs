//! Placing again what came to nothing.

use super::*;

/// The way of a person who follows the link and confirms today's price.
pub(super) async fn place_again(world: &World, path: &str, more: u32) -> crate::Result<Uuid> {
    let change = world.change(more);
    let quote = estimate_seat_change(&world.backend, &world.technician, &change).await?;
    let confirmation = Confirmation { review_path: path.to_owned(), ..confirmed(quote.now) };
    place_seat_change(&world.backend, &world.technician, &change, &confirmation).await
}

async fn failed(world: &World) -> Uuid {
    world.marketplace.add_fault(FaultRule::once(Fault::ErrorOtherSpelling, "createOrder"));
    let id = world.place(&world.change(1)).await.unwrap();
    assert_eq!(world.wait(id, Duration::minutes(1)).await.state, IntentState::Failed);
    id
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_failed_is_placed_again_once_and_remembers_what_it_takes_the_place_of(pool: PgPool) {
    let world = World::new(pool).await;
    let first = failed(&world).await;
    let path = world.intent(first).await.aftermath.again_path.unwrap();
    assert_eq!(path, format!("/subscriptions/1/seats?step=review&again={first}"));
    let second = place_again(&world, &path, 1).await.unwrap();
    assert_eq!(world.wait(second, Duration::minutes(5)).await.state, IntentState::Completed);
    assert_eq!(world.intent(second).await.aftermath.again_of, Some(first));
    let before = world.intent(first).await.aftermath;
    assert_eq!(
        (before.replacement.map(|it| it.id), before.again_path),
        (Some(second), None),
        "it is offered no longer"
    );
    let third = place_again(&world, &path, 2).await.unwrap_err();
    assert!(matches!(&third, Error::Conflict(why) if why.contains("placed again already")), "{third}");
    assert_eq!(world.orders_at_the_marketplace(), 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_people_who_place_it_again_at_once_make_one_order(pool: PgPool) {
    let world = World::new(pool).await;
    let first = failed(&world).await;
    let path = world.intent(first).await.aftermath.again_path.unwrap();
    let (one, other) = tokio::join!(place_again(&world, &path, 1), place_again(&world, &path, 2));
    assert_eq!([one.is_ok(), other.is_ok()].into_iter().filter(|placed| *placed).count(), 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_turned_up_meanwhile_is_not_placed_again(pool: PgPool) {
    let world = World::new(pool).await;
    let first = world.lose(Fault::ResetBefore).await;
    assert_eq!(world.wait(first, Duration::hours(2)).await.state, IntentState::Absent);
    let path = world.intent(first).await.aftermath.again_path.unwrap();
    client(&world.marketplace).create_order(&world.body(first).await).await.unwrap();
    settle(&world.backend, &world.technician, first, Settlement::LookNow).await.unwrap();
    assert_eq!(world.wait(first, Duration::minutes(5)).await.state, IntentState::Completed);
    let refused = place_again(&world, &path, 2).await.unwrap_err();
    assert!(matches!(&refused, Error::Conflict(why) if why.contains("turned up meanwhile")), "{refused}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_address_that_is_no_review_of_ours_is_not_kept(pool: PgPool) {
    let world = World::new(pool).await;
    let quote = estimate_seat_change(&world.backend, &world.technician, &world.change(1)).await.unwrap();
    let elsewhere = Confirmation { review_path: "https://evil.example/".to_owned(), ..confirmed(quote.now) };
    world.marketplace.add_fault(FaultRule::once(Fault::ErrorOtherSpelling, "createOrder"));
    let id = place_seat_change(&world.backend, &world.technician, &world.change(1), &elsewhere).await.unwrap();
    let intent = world.wait(id, Duration::minutes(1)).await;
    assert_eq!((intent.state, intent.aftermath.again_path), (IntentState::Failed, None));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_was_placed_again_after_a_second_failure_is_not_placed_again_from_the_first_one(pool: PgPool) {
    let world = World::new(pool).await;
    let first = failed(&world).await;
    let path_of_first = world.intent(first).await.aftermath.again_path.unwrap();
    world.marketplace.add_fault(FaultRule::once(Fault::ErrorOtherSpelling, "createOrder"));
    let second = place_again(&world, &path_of_first, 1).await.unwrap();
    assert_eq!(world.wait(second, Duration::minutes(1)).await.state, IntentState::Failed);
    let path_of_second = world.intent(second).await.aftermath.again_path.unwrap();
    assert!(world.intent(first).await.aftermath.again_path.is_some(), "nothing lives of either");

    let third = place_again(&world, &path_of_second, 1).await.unwrap();
    assert_eq!(world.wait(third, Duration::minutes(5)).await.state, IntentState::Completed);
    let refused = place_again(&world, &path_of_first, 2).await.unwrap_err();
    assert!(matches!(&refused, Error::Conflict(why) if why.contains("placed again already")), "{refused}");
    for id in [first, second] {
        let aftermath = world.intent(id).await.aftermath;
        assert_eq!((aftermath.replacement.map(|it| it.id), aftermath.again_path), (Some(third), None));
    }
    assert_eq!(world.orders_at_the_marketplace(), 1);
}
