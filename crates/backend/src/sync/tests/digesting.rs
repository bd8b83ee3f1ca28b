//! What the digest of a list row is made of: where it changes, the detail is read again. These are the digests of copies
//! that exist, so one of them changing means that every detail of such a copy is read again.

use super::storing::{NOW, model};
use crate::sync::lists::{List, NewOrders, Plans, Subscriptions};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

async fn digest(pool: &PgPool, table: &str) -> String {
    let query = sqlx::AssertSqlSafe(format!("select list_key from {table}"));
    sqlx::query_scalar(query).fetch_one(pool).await.unwrap()
}

/// Stores the row, and then the row with `more` in it.
async fn assert_pinned<L>(pool: &PgPool, list: &L, table: &str, row: &Value, more: &Value, expected: &str)
where
    L: List,
    L::Item: DeserializeOwned,
{
    let mut db = pool.acquire().await.unwrap();
    assert_eq!(list.store(&mut db, &[model(row.clone())], NOW).await.unwrap(), 1);
    assert_eq!(digest(pool, table).await, expected);
    let mut richer = row.clone();
    for (name, value) in more.as_object().unwrap() {
        richer[name] = value.clone();
    }
    assert_eq!(list.store(&mut db, &[model(richer)], NOW + Duration::HOUR).await.unwrap(), 0, "nothing changed");
    assert_eq!(digest(pool, table).await, expected, "what is not copied is no part of it");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_subscription_s_digest_is_of_what_is_copied_and_stays_the_same(pool: PgPool) {
    let row = json!({
        "id": "1369491", "name": "Microsoft 365 \"Business\", Premium", "customerId": "1000027", "status": "active",
        "attributes": { "PONumber": "PO-7" }, "renewalStatus": true, "creationDate": "2025-12-24",
        "renewalDate": "2026-12-24", "lastModifiedDate": "2026-11-01", "billingModel": "chargeBeforeBillingPeriod",
        "billingPeriod": { "type": "month", "duration": 1 }, "subscriptionPeriod": { "type": "year", "duration": 1 }
    });
    let more = json!({ "tenant": "contoso.example", "totalPrice": { "currency": "USD", "amount": "22.1" } });
    assert_pinned(&pool, &Subscriptions, "subscription", &row, &more, "7067c8f6fbba8e9cb5d25c5d46060d78").await;
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_s_digest_is_of_what_is_copied_and_stays_the_same(pool: PgPool) {
    let mut row = json!({
        "id": "9", "orderNumber": "CH005810", "type": "sales", "customerId": "1000027", "status": "completed",
        "statusCode": "CP", "creationDate": "2026-11-23T08:00:00.25Z", "poNumber": "",
        "total": { "currency": "USD", "amount": "24.6" }
    });
    let more = json!({ "creditCheck": true, "nextBillingDate": "2026-12-24", "channel": "panel" });
    assert_pinned(&pool, &NewOrders, "marketplace_order", &row, &more, "916e8fdc9efea1b04a6e94eddb491e6a").await;

    row.as_object_mut().unwrap().remove("poNumber");
    let mut db = pool.acquire().await.unwrap();
    let changed = NewOrders.store(&mut db, &[model(row)], NOW + Duration::HOUR * 2).await.unwrap();
    assert_eq!(changed, 1, "nothing is something else than what is empty");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_plan_s_digest_is_of_what_is_copied_and_stays_the_same(pool: PgPool) {
    let row = json!({
        "id": "4711", "name": "Business Premium", "shortDescription": "Mail & files", "published": true,
        "billingModel": "chargeBeforeBillingPeriod", "billingPeriod": { "type": "month", "duration": 1 },
        "subscriptionPeriods": [{ "type": "year", "duration": 1 }]
    });
    let more = json!({ "vendor": "Microsoft", "rank": 3 });
    assert_pinned(&pool, &Plans, "plan", &row, &more, "9574e1c29429cb5794c80c44f52bdc09").await;
}
