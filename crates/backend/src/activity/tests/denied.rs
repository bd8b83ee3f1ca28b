//! What people tried and may not do.

use crate::activity::{denied, page};
use crate::test_support::{backend_and_clock, staff};
use domain::{Permission, Role};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_denied_attempt_says_who_tried_what_and_a_reload_is_the_same_attempt(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let (vera, tom) = (staff(&backend, Role::Viewer).await, staff(&backend, Role::Technician).await);
    let count = async || page(&backend, None, 100).await.unwrap().len();
    denied(&backend, &vera, Permission::PlaceOrders, "/orders/new").await.unwrap();
    let rows = page(&backend, None, 10).await.unwrap();
    assert_eq!((rows[0].action.as_str(), rows[0].actor.as_str()), ("access.denied", "Test viewer"));
    assert_eq!((rows[0].subject_kind.as_str(), rows[0].subject_id.as_str()), ("page", "/orders/new"));
    assert_eq!(rows[0].note.as_deref(), Some("A viewer may not place orders for new subscriptions"));
    clock.advance(Duration::minutes(4));
    denied(&backend, &vera, Permission::PlaceOrders, "/orders/new").await.unwrap();
    assert_eq!(count().await, 1, "a reload");
    denied(&backend, &vera, Permission::PlaceOrders, "/api/place_order").await.unwrap();
    denied(&backend, &vera, Permission::ViewCosts, "/orders/new").await.unwrap();
    denied(&backend, &tom, Permission::PlaceOrders, "/orders/new").await.unwrap();
    assert_eq!(count().await, 4, "another place, another permission, another person");
    clock.advance(Duration::minutes(2));
    denied(&backend, &vera, Permission::PlaceOrders, "/orders/new").await.unwrap();
    assert_eq!(count().await, 5, "minutes later it is another attempt");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn attempts_at_the_same_time_leave_one_row(pool: PgPool) {
    let (backend, _) = backend_and_clock(pool);
    let vera = staff(&backend, Role::Viewer).await;
    let attempts = (0..8).map(|_| denied(&backend, &vera, Permission::PlaceOrders, "/orders/new"));
    for attempt in futures::future::join_all(attempts).await {
        attempt.unwrap();
    }
    assert_eq!(page(&backend, None, 100).await.unwrap().len(), 1);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_endless_path_is_cut_off(pool: PgPool) {
    let (backend, _) = backend_and_clock(pool);
    let vera = staff(&backend, Role::Viewer).await;
    denied(&backend, &vera, Permission::PlaceOrders, &"/ä".repeat(10_000)).await.unwrap();
    let rows = page(&backend, None, 10).await.unwrap();
    assert!((190..=200).contains(&rows[0].subject_id.len()), "{}", rows[0].subject_id.len());
}
