//! Two people at one subscription.

use super::*;
use crate::test_support::{START, backend_and_clock, staff};
use domain::Role;
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn two_people_with_a_form_of_the_same_subscription_open_see_each_other(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let (ana, ben) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Technician).await);
    note(&backend, &ana, "s").await.unwrap();
    clock.advance(Duration::minutes(2));
    note(&backend, &ben, "s").await.unwrap();
    note(&backend, &ana, "s").await.unwrap();
    let seen_by_ben = others(&backend, &ben, "s").await.unwrap();
    let seen_at = START + Duration::minutes(2);
    assert_eq!(seen_by_ben, [Present { name: ana.name.clone(), seen_at }], "when it was last known");
    assert_eq!(others(&backend, &ana, "s").await.unwrap()[0].name, ben.name);
    assert_eq!(others(&backend, &ben, "another").await.unwrap(), []);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_was_not_seen_for_five_minutes_has_left_and_comes_anew(pool: PgPool) {
    let (backend, clock) = backend_and_clock(pool);
    let (ana, ben) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Technician).await);
    note(&backend, &ana, "s").await.unwrap();
    clock.advance(REMEMBERED + Duration::SECOND);
    assert_eq!(others(&backend, &ben, "s").await.unwrap(), []);
    note(&backend, &ana, "s").await.unwrap();
    let seen_at = backend.clock.now();
    assert_eq!(others(&backend, &ben, "s").await.unwrap(), [Present { name: ana.name.clone(), seen_at }]);
    clock.advance(REMEMBERED + Duration::SECOND);
    forget(&backend).await.unwrap();
    let left = sqlx::query_scalar!(r#"select count(*) as "left!" from presence"#).fetch_one(&backend.pool).await;
    assert_eq!(left.unwrap(), 0);
}

#[sqlx::test(migrator = "crate::MIGRATOR")]
async fn whoever_placed_the_order_has_left_the_form(pool: PgPool) {
    let (backend, _) = backend_and_clock(pool);
    let (ana, ben) = (staff(&backend, Role::Admin).await, staff(&backend, Role::Technician).await);
    note(&backend, &ana, "s").await.unwrap();
    let placed = format!(
        "insert into intent (id, kind, state, customer_id, subscription_id, body, lines, estimate, estimated_at,
             requested_by, form_token, created_at)
         values (gen_random_uuid(), 'change', 'approved', 'c', 's', '{{}}', '[]', '{{}}', now(), '{}',
             gen_random_uuid(), '{}')",
        ana.id,
        START + Duration::SECOND,
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(placed)).execute(&backend.pool).await.unwrap();
    assert_eq!(others(&backend, &ben, "s").await.unwrap(), []);
}
