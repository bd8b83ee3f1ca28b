//! The price at the time.

use crate::activity::of_subject;
use crate::subscriptions::{get, set_price};
use crate::test_support::{copied, staff};
use domain::Role;
use sqlx::PgPool;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_special_price_is_in_its_row_as_an_amount(pool: PgPool) {
    let (backend, _, _marketplace) = copied(pool).await;
    let maya = staff(&backend, Role::AccountManager).await;
    let priced = sqlx::query_scalar!(
        "select s.id from subscription s join product_line l on l.subscription_id = s.id
         where s.status = 'active' and l.unit_price > 0 order by s.id limit 1"
    );
    let id = priced.fetch_one(&backend.pool).await.unwrap();
    let line = get(&backend, &id).await.unwrap().lines[0].clone();
    set_price(&backend, &maya, &id, line.line, "3.21", uuid::Uuid::new_v4()).await.unwrap();
    let rows = of_subject(&backend, "subscription", &id, 9).await.unwrap();
    let row = rows.iter().find(|row| row.action == "subscription.price_set").unwrap();
    let price = row.price.unwrap();
    assert_eq!(price.amount.to_string(), "3.21");
    assert_eq!(price.currency, line.unit_price.unwrap().currency);
}
