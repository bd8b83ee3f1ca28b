use super::{Activity, Actor, Entry, Filter};
use crate::Result;
use crate::stored::money;
use rust_decimal::Decimal;
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
         price_amount, price_currency, correlation_id, note) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
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
        entry.price.map(|price| price.amount),
        entry.price.map(|price| price.currency.code().to_owned()),
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
    price_amount: Option<Decimal>,
    price_currency: Option<String>,
    correlation_id: Option<String>,
    note: Option<String>,
}

pub(super) async fn page(pool: &PgPool, before_id: Option<i64>, limit: i64) -> Result<Vec<Activity>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.customer_id, c.name as "customer_name?",
           a.intent_id, a.before, a.after, a.price_amount, a.price_currency, a.correlation_id, a.note
           from activity a left join customer c on c.id = a.customer_id
           where a.id < coalesce($1, 9223372036854775807) order by a.id desc limit $2"#,
        before_id,
        limit,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Activity::from).collect())
}

/// Planned for these very values: one plan for every filter would read the whole trail for a customer whose rows an index
/// knows.
pub(super) async fn matching(
    pool: &PgPool,
    filter: &Filter,
    before_id: Option<i64>,
    limit: i64,
) -> Result<Vec<Activity>> {
    let mut db = pool.begin().await?;
    sqlx::query!("set local plan_cache_mode = force_custom_plan").execute(&mut *db).await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.customer_id, c.name as "customer_name?",
           a.intent_id, a.before, a.after, a.price_amount, a.price_currency, a.correlation_id, a.note
           from activity a left join customer c on c.id = a.customer_id
           where a.id < coalesce($1, 9223372036854775807)
           and ($2::uuid is null or a.staff_id = $2)
           and (not $3 or a.staff_id is null)
           and ($4::text[] is null or split_part(a.action, '.', 1) = any($4))
           and ($5::text is null or a.customer_id = $5)
           and ($6::text is null or a.customer_id in (select n.id from customer n
                                                      where n.search like lower($6) and n.name ilike $6))
           and ($7::text is null or a.subject_kind = $7)
           and ($8::timestamptz is null or a.at >= $8)
           and ($9::timestamptz is null or a.at < $9)
           and (not $10 or a.action in ('access.denied', 'staff.sign_in_failed'))
           and ($11::text is null or concat_ws(' ', a.actor, a.action, a.subject_id, c.name, a.intent_id, a.correlation_id,
                                               a.note, a.before, a.after) ilike $11)
           order by a.id desc limit $12"#,
        before_id,
        filter.staff_id(),
        filter.is_of_seatboard(),
        filter.groups() as Option<&[String]>,
        filter.customer_id(),
        filter.customer_name(),
        filter.subject_kind.as_deref(),
        filter.begins(),
        filter.ends(),
        filter.denied_only,
        filter.text_pattern(),
        limit,
    )
    .fetch_all(&mut *db)
    .await?;
    db.commit().await?;
    Ok(rows.into_iter().map(Activity::from).collect())
}

pub(super) async fn of_managed(pool: &PgPool, managed_by: Uuid, limit: i64) -> Result<Vec<Activity>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.at, a.actor, a.action, a.subject_kind, a.subject_id, a.customer_id, c.name as "customer_name?",
           a.intent_id, a.before, a.after, a.price_amount, a.price_currency, a.correlation_id, a.note
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
           a.intent_id, a.before, a.after, a.price_amount, a.price_currency, a.correlation_id, a.note
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
           a.intent_id, a.before, a.after, a.price_amount, a.price_currency, a.correlation_id, a.note
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
           a.intent_id, a.before, a.after, a.price_amount, a.price_currency, a.correlation_id, a.note
           from activity a left join customer c on c.id = a.customer_id
           where a.intent_id = $1 order by a.id"#,
        intent_id,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Activity::from).collect())
}

/// Position and hash of each row's seal, by the row's own `id`.
pub(super) async fn seals(pool: &PgPool, ids: &[i64]) -> Result<HashMap<i64, (i64, String)>> {
    let rows = sqlx::query!(
        r#"select activity_id, position, encode(hash, 'hex') as "hash!" from activity_seal where activity_id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (row.activity_id, (row.position, row.hash))).collect())
}

/// Whether the person was refused the same at the same place since then. Whoever asks is alone with the question until the
/// end of the transaction.
pub(super) async fn denied_since(
    db: &mut PgConnection,
    staff_id: Uuid,
    permission: &str,
    path: &str,
    since: OffsetDateTime,
) -> Result<bool> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", format!("access.denied {staff_id}"))
        .execute(&mut *db)
        .await?;
    Ok(sqlx::query_scalar!(
        r#"select exists (select from activity where action = 'access.denied' and staff_id = $1 and subject_id = $2
           and after ->> 'permission' = $3 and at > $4) as "found!""#,
        staff_id,
        path,
        permission,
        since,
    )
    .fetch_one(db)
    .await?)
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
            price: money(row.price_amount, row.price_currency.as_deref()),
            correlation_id: row.correlation_id,
            note: row.note,
        }
    }
}
