//! What waited for a second person and never left, in the lists beside other things.

use super::*;
use crate::test_support::{START, backend, staff};
use domain::Role;
use sqlx::PgPool;
use time::Duration;

/// An intent of a day ago that needed a second person, and how its wait ended.
async fn ended(backend: &Backend, state: IntentState, decision: &str, sent_at: Option<OffsetDateTime>) -> String {
    let id = Uuid::new_v4();
    let (asked_by, decided_by) = (staff(backend, Role::Technician).await, staff(backend, Role::Admin).await);
    sqlx::query!(
        "insert into intent (id, kind, state, customer_id, subscription_id, body, lines, estimate, estimated_at,
         requested_by, form_token, created_at, settled_at, approval_reasons, approved_digest, decided_by, decision, sent_at)
         values ($1, 'change', $2, 'c', 's', '{}', '[]', '{}', $3, $4, $1, $3, $3, '[\"Every order\"]',
         case when $6 = 'approved' then 'digest'::bytea end, $5, $6, $7)",
        id,
        state.as_str(),
        START - Duration::DAY,
        asked_by.id,
        decided_by.id,
        decision,
        sent_at,
    )
    .execute(&backend.pool)
    .await
    .unwrap();
    id.to_string()
}

fn status<'a>(orders: &'a [LoggedOrder], id: &str) -> Option<&'a str> {
    orders.iter().find(|order| order.id == id).map(|order| order.status.as_str())
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn what_never_left_is_neither_cancelled_nor_failed(pool: PgPool) {
    let backend = backend(pool);
    let rejected = ended(&backend, IntentState::Cancelled, "rejected", None).await;
    let withdrawn = ended(&backend, IntentState::Cancelled, "withdrawn", None).await;
    let voided = ended(&backend, IntentState::Failed, "voided", None).await;
    let too_old = ended(&backend, IntentState::Failed, "approved", None).await;
    let failed_there = ended(&backend, IntentState::Failed, "approved", Some(START)).await;
    let cancelled_there = ended(&backend, IntentState::Cancelled, "approved", Some(START)).await;
    let of_customer = of_customer(&backend, "c", 10).await.unwrap();
    assert_eq!(of_subscription(&backend, "s", 10).await.unwrap(), of_customer);
    for (id, reads) in [
        (&rejected, "rejected"),
        (&withdrawn, "withdrawn"),
        (&voided, "not sent"),
        (&too_old, "not sent"),
        (&failed_there, "failed"),
        (&cancelled_there, "cancelled"),
    ] {
        assert_eq!(status(&of_customer, id), Some(reads));
    }
    assert!(of_customer.iter().all(|order| !order.under_way() && !order.waits_for_renewal()));
    let failed = failed(&backend, None, START - Duration::days(7), 10).await.unwrap();
    assert_eq!(failed.len(), 3, "nobody has to look after what was not wanted");
    assert_eq!(status(&failed, &voided), Some("not sent"));
    assert_eq!(status(&failed, &too_old), Some("not sent"));
    assert_eq!(status(&failed, &failed_there), Some("failed"));
}
