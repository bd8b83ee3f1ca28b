//! From which amount on an order takes a proof.

use super::{fields, newest, recorded};
use crate::staff::order_proof::{is_wanted_to_approve, is_wanted_to_place, set_threshold, threshold};
use crate::staff::{Staff, change_role};
use crate::test_support::{backend, staff};
use crate::{Backend, Error};
use domain::{Currency, Money, Role};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

/// As many cents.
fn money(cents: i64, currency: &str) -> Money {
    Money::new(rust_decimal::Decimal::new(cents, 2), Currency::new(currency).unwrap())
}

async fn wanted(backend: &Backend, price: impl Into<Option<Money>>) -> bool {
    is_wanted_to_place(backend, Uuid::new_v4(), price.into()).await.unwrap()
}

async fn with_threshold(pool: PgPool) -> (Backend, Staff) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    set_threshold(&backend, &admin, "1000.00", "usd").await.unwrap();
    (backend, admin)
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn no_order_takes_a_proof_until_an_admin_says_so(pool: PgPool) {
    let backend = backend(pool);
    let admin = staff(&backend, Role::Admin).await;
    assert!(!wanted(&backend, money(100_000_000, "USD")).await);
    assert!(!wanted(&backend, None::<Money>).await);
    assert_eq!(threshold(&backend, &admin).await.unwrap(), None);
    set_threshold(&backend, &admin, "1000", "USD").await.unwrap();
    assert!(wanted(&backend, money(100_000_000, "USD")).await);
    set_threshold(&backend, &admin, "", "").await.unwrap();
    assert!(!wanted(&backend, money(100_000_000, "USD")).await, "none any more");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn from_the_amount_on_and_where_nothing_can_be_compared_it_is_wanted(pool: PgPool) {
    let (backend, _) = with_threshold(pool).await;
    assert!(!wanted(&backend, money(99_999, "USD")).await);
    assert!(wanted(&backend, money(100_000, "USD")).await);
    assert!(wanted(&backend, money(-100_000, "USD")).await, "credits count as well");
    assert!(wanted(&backend, money(1, "EUR")).await, "another currency");
    assert!(wanted(&backend, None::<Money>).await, "a price that is not known");
    assert!(wanted(&backend, money(0, "USD")).await, "what costs nothing now is charged later");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_does_not_wait_takes_no_proof_to_approve(pool: PgPool) {
    let (backend, _) = with_threshold(pool).await;
    assert!(!is_wanted_to_approve(&backend, Uuid::new_v4(), None).await.unwrap());
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_change_leaves_a_row_with_before_and_after_and_no_change_leaves_none(pool: PgPool) {
    let (backend, admin) = with_threshold(pool).await;
    set_threshold(&backend, &admin, "1000", "USD").await.unwrap();
    assert_eq!(recorded(&backend, "staff.order_proof_changed").await, 1);
    set_threshold(&backend, &admin, "", "").await.unwrap();
    let row = newest(&backend).await;
    assert_eq!((row.action.as_str(), row.actor.as_str()), ("staff.order_proof_changed", "Test admin"));
    assert_eq!(row.before, Some(json!({ "from": "1,000.00 USD" })));
    assert_eq!(row.after, Some(json!({ "from": null })));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn nobody_but_an_admin_says_so_or_reads_it(pool: PgPool) {
    let (backend, admin) = with_threshold(pool).await;
    let (manager, was_admin) = (staff(&backend, Role::AccountManager).await, staff(&backend, Role::Admin).await);
    change_role(&backend, &admin, was_admin.id, "viewer").await.unwrap();
    for by in [&manager, &was_admin] {
        assert!(matches!(set_threshold(&backend, by, "", "").await, Err(Error::Forbidden(_))), "{}", by.role);
    }
    assert!(matches!(threshold(&backend, &manager).await, Err(Error::Forbidden(_))));
    assert_eq!(threshold(&backend, &admin).await.unwrap(), Some(money(100_000, "USD")));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn every_field_at_fault_is_named_and_nothing_is_changed(pool: PgPool) {
    let (backend, admin) = with_threshold(pool).await;
    let refused = set_threshold(&backend, &admin, "a lot", "dollars").await;
    assert_eq!(fields(refused), ["proof_amount", "proof_currency"]);
    assert_eq!(fields(set_threshold(&backend, &admin, "5", "").await), ["proof_currency"]);
    assert_eq!(fields(set_threshold(&backend, &admin, "", "USD").await), ["proof_amount"]);
    assert_eq!(threshold(&backend, &admin).await.unwrap(), Some(money(100_000, "USD")));
}
