use super::{Draft, NewDraft};
use crate::Result;
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn upsert(pool: &PgPool, staff_id: Uuid, new: &NewDraft, now: OffsetDateTime) -> Result<Uuid> {
    Ok(sqlx::query_scalar!(
        "insert into draft (id, staff_id, form_key, title, path, customer_id, subscription_id, parameters_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (staff_id, md5(form_key)) do update set title = excluded.title, path = excluded.path,
             parameters_id = excluded.parameters_id, created_at = excluded.created_at
         returning id",
        Uuid::new_v4(),
        staff_id,
        new.key,
        new.title,
        new.path,
        new.customer_id,
        new.subscription_id,
        new.parameters_id,
        now,
    )
    .fetch_one(pool)
    .await?)
}

/// How many drafts of other forms the person keeps.
pub(super) async fn others(pool: &PgPool, staff_id: Uuid, key: &str) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from draft where staff_id = $1 and form_key <> $2"#,
        staff_id,
        key
    )
    .fetch_one(pool)
    .await?)
}

pub(super) async fn of(
    pool: &PgPool,
    staff_id: Uuid,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Vec<Draft>> {
    Ok(sqlx::query_as!(
        Draft,
        r#"select d.id, d.title, d.path, c.id as "customer_id?", c.name as "customer_name?", d.subscription_id,
               s.name as "subscription_name?", d.parameters_id is not null as "has_parameters!",
               p.expires_at as "parameters_until?", d.created_at
           from draft d
           left join subscription s on s.id = d.subscription_id
           left join customer c on c.id = coalesce(d.customer_id, s.customer_id)
           left join order_draft p on p.id = d.parameters_id and p.staff_id = d.staff_id and p.expires_at > $3
           where d.staff_id = $1 and d.created_at > $2 order by d.created_at desc, d.id"#,
        staff_id,
        since,
        now,
    )
    .fetch_all(pool)
    .await?)
}

pub(super) async fn count(pool: &PgPool, staff_id: Uuid, since: OffsetDateTime) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from draft where staff_id = $1 and created_at > $2"#,
        staff_id,
        since
    )
    .fetch_one(pool)
    .await?)
}

pub(super) async fn delete(pool: &PgPool, staff_id: Uuid, id: Uuid) -> Result<()> {
    sqlx::query!("delete from draft where staff_id = $1 and id = $2", staff_id, id).execute(pool).await?;
    Ok(())
}

pub(super) async fn finish(pool: &PgPool, staff_id: Uuid, key: &str) -> Result<()> {
    sqlx::query!("delete from draft where staff_id = $1 and form_key = $2", staff_id, key).execute(pool).await?;
    Ok(())
}

pub(super) async fn delete_before(pool: &PgPool, before: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from draft where created_at <= $1", before).execute(pool).await?;
    Ok(())
}
