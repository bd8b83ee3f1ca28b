//! The same order again within minutes.

use super::buying::{Buyer, order_of};
use super::*;
use crate::catalogue::ProductFilter;
use domain::Seats;

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
async fn an_order_is_placed_though_the_browser_hangs_up_after_its_estimate(pool: PgPool) {
    let world = World::new(pool).await;
    let change = world.change(1);
    let quote = estimate_seat_change(&world.backend, &world.technician, &change).await.unwrap();
    // The writing waits for this lock; meanwhile the request goes away.
    let mut lock = world.backend.pool.begin().await.unwrap();
    sqlx::raw_sql("lock table intent in exclusive mode").execute(&mut *lock).await.unwrap();
    let confirmation = confirmed(quote.now);
    let placing = place_seat_change(&world.backend, &world.technician, &change, &confirmation);
    let waiting = async {
        let blocked = "select exists (select from pg_locks where not granted and relation = 'intent'::regclass)";
        while !sqlx::query_scalar::<_, bool>(blocked).fetch_one(&world.backend.pool).await.unwrap() {}
    };
    tokio::select! {
        _ = placing => panic!("it was placed before the lock was let go"),
        () = waiting => {}
    }
    lock.rollback().await.unwrap();
    let placed = "select count(*) from intent i join activity a on a.intent_id = i.id and a.action = 'order.placed'";
    let find =
        async { while sqlx::query_scalar::<_, i64>(placed).fetch_one(&world.backend.pool).await.unwrap() == 0 {} };
    tokio::time::timeout(Wait::from_secs(30), find).await.expect("the order is placed");
}
