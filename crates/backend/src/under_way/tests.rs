//! What somebody finds who closed the laptop while an order was placed.

use super::*;
use crate::test_support::{START, backend, staff};
use domain::Role;
use sqlx::PgPool;

/// An intent of the person for customer `c`, placed so many minutes before [`START`].
fn intent(by: &Staff, kind: &str, state: &str, at_renewal: bool, minutes: i64) -> String {
    let placed = START - Duration::minutes(minutes);
    let settled = if matches!(state, "completed" | "failed") { format!("'{placed}'") } else { "null".to_owned() };
    format!(
        "insert into intent (id, kind, state, customer_id, subscription_id, at_renewal, body, lines, estimate,
             estimated_at, requested_by, form_token, created_at, settled_at)
         values (gen_random_uuid(), '{kind}', '{state}', 'c', gen_random_uuid()::text, {at_renewal}, '{{}}',
             '[{{\"name\": \"Mail\", \"before\": 12, \"after\": 15}}]', '{{}}', now(), '{}', gen_random_uuid(),
             '{placed}', {settled});",
        by.id
    )
}

async fn insert(backend: &Backend, statements: &[String]) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements.concat())).execute(&backend.pool).await.unwrap();
}

fn states(orders: &[Placed]) -> Vec<(IntentState, bool)> {
    orders.iter().map(|order| (order.state, order.own)).collect()
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn ones_own_come_first_and_what_waits_for_a_renewal_stands_apart(pool: PgPool) {
    let backend = backend(pool);
    let (ana, ben) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Technician).await);
    insert(
        &backend,
        &[
            intent(&ben, "change", "sending", false, 1),
            intent(&ana, "change", "unknown", false, 50),
            intent(&ana, "sales", "approved", false, 40),
            intent(&ben, "change", "processing", true, 2),
            intent(&ben, "change", "completed", false, 3),
        ],
    )
    .await;
    let under_way = get(&backend, &ana, None).await.unwrap();
    let (approved, unknown, sending) = (IntentState::Approved, IntentState::Unknown, IntentState::Sending);
    assert_eq!(states(&under_way.now), [(approved, true), (unknown, true), (sending, false)]);
    assert_eq!(states(&under_way.with_renewal), [(IntentState::Processing, false)]);
    assert_eq!(states(&under_way.settled), [], "what others placed is theirs");
    assert_eq!(under_way.now[2].placed_by, ben.name);
    assert_eq!(under_way.now[0].lines[0].after.get(), 15);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_became_of_ones_own_is_told_over_a_weekend_and_no_longer(pool: PgPool) {
    let backend = backend(pool);
    let ana = staff(&backend, Role::Admin).await;
    let days = |days: i64| days * 24 * 60;
    insert(
        &backend,
        &[
            intent(&ana, "change", "completed", false, days(2)),
            intent(&ana, "change", "failed", false, days(1)),
            intent(&ana, "change", "completed", false, days(4)),
        ],
    )
    .await;
    let settled = get(&backend, &ana, None).await.unwrap().settled;
    assert_eq!(states(&settled), [(IntentState::Failed, true), (IntentState::Completed, true)]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_never_left_is_told_with_the_reason(pool: PgPool) {
    let backend = backend(pool);
    let ana = staff(&backend, Role::Admin).await;
    let ended = |state: &str, decision: &str, minutes: i64| {
        format!(
            "insert into intent (id, kind, state, customer_id, body, lines, estimate, estimated_at, requested_by,
                 form_token, created_at, settled_at, approval_reasons, decision)
             values (gen_random_uuid(), 'change', '{state}', 'c', '{{}}', '[]', '{{}}', now(), '{}', gen_random_uuid(),
                 '{START}', '{}', '[]', '{decision}');",
            ana.id,
            START - Duration::minutes(minutes),
        )
    };
    insert(
        &backend,
        &[
            ended("cancelled", "rejected", 1),
            ended("cancelled", "withdrawn", 2),
            ended("failed", "voided", 3),
            intent(&ana, "change", "failed", false, 4),
        ],
    )
    .await;
    let settled = get(&backend, &ana, None).await.unwrap().settled;
    let unsent: Vec<_> = settled.iter().map(|order| order.unsent).collect();
    assert_eq!(unsent, [Some(Unsent::Rejected), Some(Unsent::Withdrawn), Some(Unsent::NotSent), None]);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn of_other_peoples_customers_only_ones_own_orders_are_told(pool: PgPool) {
    let backend = backend(pool);
    let (ana, ben) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Technician).await);
    insert(&backend, &[intent(&ana, "change", "sending", false, 1), intent(&ben, "change", "sending", false, 2)]).await;
    let mine = get(&backend, &ana, Some(ana.id)).await.unwrap();
    assert_eq!(states(&mine.now), [(IntentState::Sending, true)]);
}
