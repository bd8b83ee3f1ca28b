use super::{Activity, Actor, Entry};
use crate::Result;
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn insert(
    db: &mut PgConnection,
    at: OffsetDateTime,
    actor: Actor<'_>,
    entry: Entry<'_>,
) -> Result<()> {
    let (staff_id, name) = match actor {
        Actor::Staff(staff) => (Some(staff.id), staff.name.as_str()),
        Actor::Part(part) => (None, part),
    };
    sqlx::query!(
        "insert into activity (at, staff_id, actor, action, subject_kind, subject_id, customer_id, intent_id, before, after, \
         correlation_id, note) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        at,
        staff_id,
        name,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        entry.customer_id,
        entry.intent_id,
        entry.before,
        entry.after,
        entry.correlation_id,
        entry.note,
    )
    .execute(db)
    .await?;
    Ok(())
}

struct Row {
    id: i64,
    at: OffsetDateTime,
    actor: String,
    action: String,
    subject_kind: String,
    subject_id: String,
    customer_id: Option<String>,
    customer_name: Option<String>,
    intent_id: Option<Uuid>,
    before: Option<Value>,
    after: Option<Value>,
    correlation_id: Option<String>,
    note: Option<String>,
}

pub(super) async fn page(pool: &PgPool, before_id: Option<i64>, limit: i64) -> Result<Vec<Activity>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.customer_id, c.name as "customer_name?",
           a.intent_id, a.before, a.after, a.correlation_id, a.note
           from activity a left join customer c on c.id = a.customer_id
           where a.id < coalesce($1, 9223372036854775807) order by a.id desc limit $2"#,
        before_id,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Activity::from).collect())
}

pub(super) async fn of_managed(pool: &PgPool, managed_by: Uuid, limit: i64) -> Result<Vec<Activity>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.customer_id, c.name as "customer_name?",
           a.intent_id, a.before, a.after, a.correlation_id, a.note
           from activity a left join customer c on c.id = a.customer_id
           where a.customer_id in (select m.customer_id from customer_manager m where m.staff_id = $1)
           order by a.id desc limit $2"#,
        managed_by,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Activity::from).collect())
}

pub(super) async fn subject_names(pool: &PgPool, ids: &[i64]) -> Result<HashMap<i64, String>> {
    let rows = sqlx::query!(
        r#"select a.id as "id!", coalesce(c.name, s.name, 'Order ' || o.order_number, r.name, b.name, f.name) as name
           from activity a
           left join customer c on a.subject_kind = 'customer' and c.id = a.subject_id
           left join subscription s on a.subject_kind = 'subscription' and s.id = a.subject_id
           left join marketplace_order o on a.subject_kind = 'order' and o.id = a.subject_id
           left join report r on a.subject_kind = 'report' and r.id = a.subject_id
           left join reseller b on a.subject_kind = 'reseller' and b.id = a.subject_id
           left join staff f on a.subject_kind = 'staff' and f.id::text = a.subject_id
           where a.id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.name?))).collect())
}

pub(super) async fn of_subject(pool: &PgPool, kind: &str, id: &str, limit: i64) -> Result<Vec<Activity>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.customer_id, c.name as "customer_name?",
           a.intent_id, a.before, a.after, a.correlation_id, a.note
           from activity a left join customer c on c.id = a.customer_id
           where a.subject_kind = $1 and a.subject_id = $2 order by a.id desc limit $3"#,
        kind,
        id,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Activity::from).collect())
}

pub(super) async fn of_customer(
    pool: &PgPool,
    customer_id: &str,
    before_id: Option<i64>,
    limit: i64,
) -> Result<Vec<Activity>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.customer_id, c.name as "customer_name?",
           a.intent_id, a.before, a.after, a.correlation_id, a.note
           from activity a left join customer c on c.id = a.customer_id
           where a.customer_id = $1 and a.id < coalesce($2, 9223372036854775807) order by a.id desc limit $3"#,
        customer_id,
        before_id,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Activity::from).collect())
}

pub(super) async fn of_intent(pool: &PgPool, intent_id: Uuid) -> Result<Vec<Activity>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.customer_id, c.name as "customer_name?",
           a.intent_id, a.before, a.after, a.correlation_id, a.note
           from activity a left join customer c on c.id = a.customer_id
           where a.intent_id = $1 order by a.id"#,
        intent_id,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Activity::from).collect())
}

impl From<Row> for Activity {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            at: row.at,
            actor: row.actor,
            action: row.action,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            customer: row.customer_id.zip(row.customer_name),
            intent_id: row.intent_id,
            before: row.before,
            after: row.after,
            correlation_id: row.correlation_id,
            note: row.note,
        }
    }
}
