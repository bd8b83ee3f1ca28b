mod found;

use super::*;
use crate::Error;
use crate::test_support::{START, backend, staff};
use domain::{IntentState, Role};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;

async fn copy_order(backend: &Backend, id: &str, kind: &str, status: &str, created_at: OffsetDateTime) {
    let number = format!("SO{id:0>6}");
    sqlx::query!(
        "insert into marketplace_order (id, order_number, kind, customer_id, status, created_at, total_amount,
         total_currency, attributes, as_of) values ($1, $2, $3, 'c1', $4, $5, 12.5, 'USD', '{}', $5)",
        id,
        number,
        kind,
        status,
        created_at,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
}

async fn copy_detail(backend: &Backend, id: &str, lines: Value, charges: Value) {
    sqlx::query!("update marketplace_order set lines = $2, charges = $3 where id = $1", id, lines, charges)
        .execute(&backend.pool)
        .await
        .unwrap();
}

async fn copy_customer(backend: &Backend, id: &str, name: &str) {
    sqlx::query!(
        "insert into customer (id, name, status, contacts, attributes, as_of) values ($1, $2, 'active', '[]', '{}', $3)",
        id,
        name,
        START,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
}

async fn intent(
    backend: &Backend,
    state: IntentState,
    order_id: Option<&str>,
    settled_at: Option<OffsetDateTime>,
) -> Uuid {
    let id = Uuid::new_v4();
    let by = staff(backend, Role::AccountManager).await;
    sqlx::query!(
        "insert into intent (id, kind, state, customer_id, body, lines, estimate, estimated_at, requested_by, form_token,
         created_at, settled_at, order_id) values ($1, 'sales', $2, 'c1', '{}', $3, '{}', $4, $5, $1, $4, $6, $7)",
        id,
        state.as_str(),
        json!([{ "name": "Mail", "before": 0, "after": 5 }]),
        START,
        by.id,
        settled_at,
        order_id,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    id
}

async fn ids(backend: &Backend, filter: OrderFilter) -> Vec<String> {
    let page = page(backend, &ListRequest::default(), &filter).await.unwrap();
    page.rows.into_iter().map(|row| row.id).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_newest_order_comes_first(pool: PgPool) {
    let backend = backend(pool);
    copy_order(&backend, "1", "sales", "completed", START).await;
    copy_order(&backend, "2", "change", "completed", START + Duration::HOUR).await;
    assert_eq!(ids(&backend, OrderFilter::default()).await, ["2", "1"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn a_cancelled_order_is_not_an_order_that_cancels(pool: PgPool) {
    let backend = backend(pool);
    copy_order(&backend, "1", "cancellation", "completed", START).await;
    copy_order(&backend, "2", "sales", "cancelled", START).await;
    let by_kind = OrderFilter { kind: Some("cancellation".into()), ..OrderFilter::default() };
    let by_status = OrderFilter { status: Some("cancelled".into()), ..OrderFilter::default() };
    assert_eq!(ids(&backend, by_kind).await, ["1"]);
    assert_eq!(ids(&backend, by_status).await, ["2"]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn orders_are_found_by_number_and_by_customer(pool: PgPool) {
    let backend = backend(pool);
    copy_customer(&backend, "c1", "Harbour Dental").await;
    copy_customer(&backend, "c2", "Only c1 in its name").await;
    copy_order(&backend, "1", "sales", "completed", START).await;
    for (search, customer, found) in [
        (Some("so00"), None, true),
        (Some("so9"), None, false),
        (None, Some("dental"), true),
        (None, Some("c1"), true),
        (None, Some("c2"), false),
        (None, Some("nobody"), false),
    ] {
        let filter = OrderFilter {
            search: search.map(ToOwned::to_owned),
            customer: customer.map(ToOwned::to_owned),
            ..OrderFilter::default()
        };
        assert_eq!(!ids(&backend, filter).await.is_empty(), found, "{search:?} {customer:?}");
    }
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn open_orders_are_those_not_at_their_end_and_recent_failures(pool: PgPool) {
    let backend = backend(pool);
    let unknown = intent(&backend, IntentState::Unknown, None, None).await;
    let failed = intent(&backend, IntentState::Failed, None, Some(START - Duration::days(1))).await;
    intent(&backend, IntentState::Failed, None, Some(START - Duration::days(8))).await;
    intent(&backend, IntentState::Completed, None, Some(START)).await;
    let mut open: Vec<Uuid> = open(&backend, None).await.unwrap().into_iter().map(|order| order.id).collect();
    let mut expected = [unknown, failed];
    open.sort_unstable();
    expected.sort_unstable();
    assert_eq!(open, expected);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_placed_here_is_found_by_either_identifier(pool: PgPool) {
    let backend = backend(pool);
    let placed = intent(&backend, IntentState::Processing, Some("7"), None).await;
    let before = Which { intent_id: Some(placed), order_id: None };
    assert_eq!(which(&backend, &placed.to_string()).await.unwrap(), before);
    assert_eq!(which(&backend, "7").await.unwrap(), before);
    copy_order(&backend, "7", "sales", "processing", START).await;
    let copied = Which { intent_id: Some(placed), order_id: Some("7".into()) };
    assert_eq!(which(&backend, &placed.to_string()).await.unwrap(), copied);
    assert_eq!(which(&backend, "7").await.unwrap(), copied);
    assert!(matches!(which(&backend, "8").await, Err(Error::NotFound(_))));
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_orders_price_and_cost_are_told_apart(pool: PgPool) {
    let backend = backend(pool);
    copy_order(&backend, "1", "sales", "completed", START).await;
    assert_eq!(get(&backend, "1").await.unwrap().charges, None, "the detail was not read yet");
    let charges = json!([{
        "description": "Mail recurring", "quantity": 5.0,
        "extendedPrice": { "currency": "USD", "amount": "40" },
        "salesExtendedPrice": { "currency": "USD", "amount": "50" },
    }]);
    copy_detail(&backend, "1", json!([{ "mpn": "MAIL-1", "quantity": 5.0 }]), charges).await;
    let order = get(&backend, "1").await.unwrap();
    let charge = &order.charges.unwrap()[0];
    assert_eq!(charge.price.unwrap().display(), "50.00 USD");
    assert_eq!(charge.cost.unwrap().display(), "40.00 USD");
    assert_eq!(order.lines.unwrap()[0].name, "MAIL-1");
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn the_list_is_as_old_as_its_oldest_part(pool: PgPool) {
    let backend = backend(pool);
    for (collection, age) in [("orders", 1), ("submitted_orders", 3)] {
        sqlx::query!(
            "insert into sync_progress (collection, state, complete_as_of) values ($1, 'idle', $2)",
            collection,
            START - Duration::minutes(age),
        )
        .execute(&backend.pool)
        .await
        .unwrap();
    }
    assert_eq!(as_of(&backend, &Whose::Own).await.unwrap(), None);
    sqlx::query!(
        "insert into sync_progress (collection, state, complete_as_of) values ('processing_orders', 'idle', $1)",
        START
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    assert_eq!(as_of(&backend, &Whose::Own).await.unwrap(), Some(START - Duration::minutes(3)));
}
