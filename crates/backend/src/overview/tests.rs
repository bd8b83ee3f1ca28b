//! What the overview shows and what it leaves out, on a real database.

use super::*;
use crate::test_support::{backend, staff};
use domain::Role;
use sqlx::PgPool;

async fn insert(pool: &PgPool, sql: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(pool).await.unwrap();
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn monthly_rollovers_and_ended_subscriptions_need_no_decision(pool: PgPool) {
    insert(
        &pool,
        "insert into subscription (id, customer_id, name, status, auto_renew, renews_on, term_type, term_length, seats,
             detailed_at, attributes, as_of) values
         ('1', 'c', 'Yearly', 'active', true, '2026-03-20', 'year', 1, 12, now(), '{}', now()),
         ('2', 'c', 'Yearly, ends', 'active', false, '2026-03-31', 'month', 12, 3, now(), '{}', now()),
         ('3', 'c', 'Monthly', 'active', true, '2026-03-20', 'month', 1, null, null, '{}', now()),
         ('4', 'c', 'Later', 'active', true, '2026-04-30', 'year', 1, 5, now(), '{}', now()),
         ('5', 'c', 'Removed', 'removed', true, '2026-03-20', 'year', 1, 7, now(), '{}', now())",
    )
    .await;
    let overview = get(&backend(pool), None).await.unwrap();
    let ids: Vec<&str> = overview.decisions.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["1", "2"]);
    assert_eq!((overview.decisions.renewing, overview.decisions.ending, overview.decisions.unsaid), (1, 1, 0));
    let figures = overview.figures;
    assert_eq!((figures.active_subscriptions, figures.seats, figures.unread), (4, 20, 1));
}

/// An order placed here is known twice: as our intent and as the marketplace's order.
#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn an_order_placed_here_appears_once_and_an_unknown_outcome_never_disappears(pool: PgPool) {
    let backend = backend(pool);
    let staff = staff(&backend, Role::Admin).await;
    let intent = |state: &str, order: &str| {
        format!(
            "insert into intent (id, kind, state, customer_id, body, lines, estimate, estimated_at, requested_by, form_token,
                 created_at, settled_at, order_id)
             values (gen_random_uuid(), 'change', '{state}', 'c', '{{}}',
                 '[{{\"name\": \"Mail\", \"before\": 12, \"after\": 15}}]', '{{}}', now(), '{}', gen_random_uuid(),
                 '2026-01-01', '2026-03-02 08:00Z', {order});",
            staff.id
        )
    };
    let statements = [
        intent("completed", "'o1'"),
        intent("unknown", "null"),
        intent("failed", "null"),
        "insert into marketplace_order (id, kind, customer_id, status, created_at, provisioned_at, attributes, as_of) values
         ('o1', 'change', 'c', 'completed', '2026-03-02', '2026-03-02 08:00Z', '{}', now()),
         ('o2', 'renewal', 'c', 'completed', '2026-02-01', '2026-03-01 10:00Z', '{}', now()),
         ('o3', 'renewal', 'c', 'completed', '2026-02-01', '2026-03-01 08:00Z', '{}', now()),
         ('o4', 'sales', 'c', 'error', '2026-03-01', null, '{}', now()),
         ('o5', 'sales', 'c', 'error', '2026-02-01', null, '{}', now()),
         ('o6', 'sales', 'c', 'processing', '2026-02-01', null, '{}', now())"
            .to_owned(),
    ];
    insert(&backend.pool, &statements.concat()).await;
    let overview = get(&backend, None).await.unwrap();
    let completed: Vec<(bool, &str)> = overview.completed.iter().map(|o| (o.placed_here, o.kind.as_str())).collect();
    assert_eq!(completed, [(true, "change"), (false, "renewal")]);
    let failed: Vec<&str> = overview.failed.iter().map(|order| order.status.as_str()).collect();
    assert_eq!(failed, ["error", "unknown"]);
    assert_eq!(overview.failed[1].lines[0].after.get(), 15);
    assert_eq!(overview.figures.open_orders, 2);
}
