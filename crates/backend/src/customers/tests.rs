//! One customer's facts and sums, on a real database.

mod changing;
mod creating;

use super::*;
use crate::test_support::backend;
use sqlx::PgPool;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn only_active_subscriptions_of_the_customer_are_summed(pool: PgPool) {
    sqlx::raw_sql(
        r#"insert into customer (id, name, status, address, contacts, attributes, as_of) values
           ('c1', 'Aldgate Dental', 'active', '{"city": "London", "countryCode": "GB"}',
            '[{"type": "admin", "firstName": "Ana", "phoneNumber": "44#20#70000000#"}]', '{}', now());
           insert into subscription (id, customer_id, name, status, billing_period_type, billing_period_length,
               price_amount, price_currency, attributes, as_of) values
           ('1', 'c1', 'Mail', 'active', 'month', 1, 10.10, 'USD', '{}', now()),
           ('2', 'c1', 'Mail', 'active', 'month', 1, 0.20, 'USD', '{}', now()),
           ('3', 'c1', 'Mail', 'hold', 'month', 1, 100, 'USD', '{}', now()),
           ('4', 'c2', 'Mail', 'active', 'month', 1, 100, 'USD', '{}', now())"#,
    )
    .execute(&pool)
    .await
    .unwrap();
    let backend = backend(pool);
    let spend = spend(&backend, "c1").await.unwrap();
    let sums: Vec<String> = spend.per[0].price.iter().map(domain::Money::display).collect();
    assert_eq!((spend.per.len(), sums), (1, vec!["10.30 USD".to_owned()]));
    let customer = get(&backend, "c1").await.unwrap();
    assert_eq!(customer.address.and_then(|address| address.city).as_deref(), Some("London"));
    assert_eq!(customer.contacts[0].first_name.as_deref(), Some("Ana"));
}
