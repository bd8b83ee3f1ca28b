//! The same order again within minutes.

use super::buying::{Buyer, order_of};
use super::*;
use crate::catalogue::ProductFilter;
use domain::Seats;
use sqlx::{Postgres, Transaction};

/// Seats of something that asks for nothing else.
pub(super) async fn a_plain_order(buyer: &Buyer) -> NewOrder {
    let filter = ProductFilter { search: Some("Office 2026 licence".to_owned()), ..ProductFilter::default() };
    let found = crate::catalogue::products(&buyer.world.backend, &ListRequest::default(), &filter).await.unwrap();
    order_of(&buyer.world.line.customer_id, &found.rows[0], 5)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_same_order_again_within_minutes_wants_a_tick_and_then_is_a_second_one(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let (backend, manager) = (&buyer.world.backend, &buyer.manager);
    let order = a_plain_order(&buyer).await;
    let quote = estimate_new_order(backend, manager, &order).await.unwrap();
    assert_eq!(quote.placed_before, None);
    let first = place_new_order(backend, manager, &order, &confirmed(quote.now)).await.unwrap();

    let told = estimate_new_order(backend, manager, &order).await.unwrap().placed_before.unwrap();
    assert_eq!(told.intent_id, first, "the review says so");
    assert!(told.own && told.unsettled, "{told:?}");
    let more =
        NewOrder { lines: vec![NewLine { seats: Seats::new(6).unwrap(), ..order.lines[0].clone() }], ..order.clone() };
    assert_eq!(estimate_new_order(backend, manager, &more).await.unwrap().placed_before, None, "another wish");

    let refused = place_new_order(backend, manager, &order, &confirmed(quote.now)).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "another"), "{refused}");
    let ticked = Confirmation { another: true, ..confirmed(quote.now) };
    let second = place_new_order(backend, manager, &order, &ticked).await.unwrap();
    assert_ne!(second, first);

    buyer.world.wait(first, Duration::minutes(10)).await;
    buyer.world.wait(second, Duration::minutes(10)).await;
    let colleague = staff(backend, Role::AccountManager).await;
    assert_eq!(estimate_new_order(backend, &colleague, &order).await.unwrap().placed_before, None, "their own wish");
    buyer.world.clock.advance(Duration::minutes(11));
    assert_eq!(estimate_new_order(backend, manager, &order).await.unwrap().placed_before, None, "long ago");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_failed_is_placed_again_without_a_tick(pool: PgPool) {
    let buyer = Buyer::new(pool).await;
    let (backend, manager) = (&buyer.world.backend, &buyer.manager);
    let order = a_plain_order(&buyer).await;
    let quote = estimate_new_order(backend, manager, &order).await.unwrap();
    place_new_order(backend, manager, &order, &confirmed(quote.now)).await.unwrap();
    sqlx::raw_sql("update intent set state = 'failed', next_look_at = null").execute(&backend.pool).await.unwrap();
    assert!(place_new_order(backend, manager, &order, &confirmed(quote.now)).await.is_ok());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_second_half_of_a_double_click_waits_for_what_becomes_of_the_first(pool: PgPool) {
    let world = World::new(pool).await;
    let (change, quote, lock) = held_up(&world).await;
    let one = confirmed(quote.now);
    // By itself it would be refused, and whoever reads that last believes that nothing was ordered.
    let other = Confirmation { shown: None, ..one.clone() };
    let mut first = Box::pin(place_seat_change(&world.backend, &world.technician, &change, &one));
    let mut second = Box::pin(place_seat_change(&world.backend, &world.technician, &change, &other));
    tokio::select! {
        _ = &mut first => panic!("it was placed before the lock was let go"),
        () = until_something_waits_for_intents(&world) => {}
    }
    assert!(tokio::time::timeout(Wait::from_secs(2), &mut second).await.is_err(), "it waits");
    lock.rollback().await.unwrap();
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.unwrap(), second.unwrap());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_second_half_of_a_double_click_waits_though_the_first_half_hung_up(pool: PgPool) {
    let world = World::new(pool).await;
    let (change, quote, lock) = held_up(&world).await;
    let one = confirmed(quote.now);
    let other = Confirmation { shown: None, ..one.clone() };
    // A browser closes the connection of the first click with the second one.
    tokio::select! {
        _ = place_seat_change(&world.backend, &world.technician, &change, &one) => panic!("it was placed before"),
        () = until_something_waits_for_intents(&world) => {}
    }
    let mut second = Box::pin(place_seat_change(&world.backend, &world.technician, &change, &other));
    assert!(tokio::time::timeout(Wait::from_secs(2), &mut second).await.is_err(), "it waits for the writing");
    lock.rollback().await.unwrap();
    let placed = second.await.unwrap();
    assert_eq!(world.intent(placed).await.state, IntentState::Approved);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_second_post_does_not_say_that_nothing_was_ordered_where_nothing_could_be_asked(pool: PgPool) {
    let world = World::new(pool).await;
    let change = world.change(1);
    let quote = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap();
    world.backend.pool.close().await;
    let form = confirmed(quote.now);
    let error = place_seat_change(&world.backend, &world.technician, &change, &form).await.unwrap_err();
    assert!(matches!(error, Error::Unknown(_)), "{error}");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_is_placed_starts_from_the_seats_that_were_seen(pool: PgPool) {
    let world = World::new(pool).await;
    let quote = estimate_seat_change(&world.backend, &world.technician, &world.change(3)).await.unwrap();
    let seen = Seats::new(i64::from(world.line.seats.get()) - 2).unwrap();
    let change = SeatChange { from: Some(seen), ..world.change(3) };
    let refused =
        place_seat_change(&world.backend, &world.technician, &change, &confirmed(quote.now)).await.unwrap_err();
    assert!(matches!(&refused, Error::Conflict(message) if message.contains("by now")), "{refused}");
    let change = SeatChange { from: Some(world.line.seats), ..change };
    place_seat_change(&world.backend, &world.technician, &change, &confirmed(quote.now)).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_form_that_was_refused_is_placed_by_its_next_post(pool: PgPool) {
    let world = World::new(pool).await;
    let change = world.change(1);
    let quote = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap();
    let good = confirmed(quote.now);
    let bad = Confirmation { shown: None, ..good.clone() };
    let place = |form| place_seat_change(&world.backend, &world.technician, &change, form);
    assert!(matches!(place(&bad).await, Err(Error::Conflict(_))));
    // Within the time for which others would wait for it.
    tokio::time::timeout(Wait::from_secs(30), place(&good)).await.expect("it need not wait").unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_is_placed_though_the_browser_hangs_up_after_its_estimate(pool: PgPool) {
    let world = World::new(pool).await;
    // The writing waits for this lock; meanwhile the request goes away.
    let (change, quote, lock) = held_up(&world).await;
    let confirmation = confirmed(quote.now);
    let placing = place_seat_change(&world.backend, &world.technician, &change, &confirmation);
    tokio::select! {
        _ = placing => panic!("it was placed before the lock was let go"),
        () = until_something_waits_for_intents(&world) => {}
    }
    lock.rollback().await.unwrap();
    let placed = "select count(*) from intent i join activity a on a.intent_id = i.id and a.action = 'order.placed'";
    let find =
        async { while sqlx::query_scalar::<_, i64>(placed).fetch_one(&world.backend.pool).await.unwrap() == 0 {} };
    tokio::time::timeout(Wait::from_secs(30), find).await.expect("the order is placed");
}

async fn until_something_waits_for_intents(world: &World) {
    let blocked = "select exists (select from pg_locks where not granted and relation = 'intent'::regclass)";
    while !sqlx::query_scalar::<_, bool>(blocked).fetch_one(&world.backend.pool).await.unwrap() {}
}

/// A change with its estimate, and a lock that the writing of its order waits for.
async fn held_up(world: &World) -> (SeatChange, Quote, Transaction<'static, Postgres>) {
    let change = world.change(1);
    let quote = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap();
    let mut lock = world.backend.pool.begin().await.unwrap();
    sqlx::raw_sql("lock table intent in exclusive mode").execute(&mut *lock).await.unwrap();
    (change, quote, lock)
}
