use super::json;
use crate::Result;
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

#[derive(Serialize)]
pub(in crate::sync) struct PlanRow<'a> {
    pub(in crate::sync) id: &'a str,
    pub(in crate::sync) name: &'a str,
    pub(in crate::sync) short_description: Option<&'a str>,
    pub(in crate::sync) long_description: Option<&'a str>,
    pub(in crate::sync) published: Option<bool>,
    pub(in crate::sync) billing_model: Option<String>,
    pub(in crate::sync) billing_period_type: Option<String>,
    pub(in crate::sync) billing_period_length: Option<i32>,
    pub(in crate::sync) terms: Value,
}

/// Answers how many are new or changed.
pub(in crate::sync) async fn upsert(db: &mut PgConnection, rows: &[PlanRow<'_>], as_of: OffsetDateTime) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"with page as (
            select distinct on (id) *, md5(row(id, name, short_description, long_description, published, billing_model,
                billing_period_type, billing_period_length, terms)::text) as list_key
            from jsonb_to_recordset($1) as row (
                id text, name text, short_description text, long_description text, published boolean,
                billing_model text, billing_period_type text, billing_period_length integer, terms jsonb)
        ), before as (
            select plan.id, plan.list_key from plan join page using (id)
        ), stored as (
            insert into plan (id, name, short_description, long_description, published, billing_model,
                billing_period_type, billing_period_length, terms, list_key, as_of)
            select id, name, short_description, long_description, published, billing_model,
                billing_period_type, billing_period_length, terms, list_key, $2 from page
            on conflict (id) do update set
                name = excluded.name, short_description = excluded.short_description,
                long_description = excluded.long_description, published = excluded.published,
                billing_model = excluded.billing_model, billing_period_type = excluded.billing_period_type,
                billing_period_length = excluded.billing_period_length, terms = excluded.terms,
                list_key = excluded.list_key, as_of = excluded.as_of
            returning id, list_key
        )
        select count(*) as "changed!" from stored left join before using (id)
        where before.list_key is distinct from stored.list_key"#,
        json(rows)?,
        as_of,
    )
    .fetch_one(db)
    .await?)
}

/// What only the detail tells.
pub(in crate::sync) async fn update_detail(
    db: &mut PgConnection,
    id: &str,
    switches: Value,
    key: Option<&str>,
    as_of: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update plan set switches = $2, detail_key = $3, detailed_at = $4, detail_failed_at = null where id = $1",
        id,
        switches,
        key,
        as_of,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes what a sweep begun at `started_at` did not see, provided it saw all that the marketplace says there are.
pub(in crate::sync) async fn delete_unseen(
    db: &mut PgConnection,
    started_at: OffsetDateTime,
    total: i32,
) -> Result<()> {
    sqlx::query!(
        "delete from plan where as_of < $1 and (select count(*) from plan where as_of >= $1) >= greatest($2, 1)",
        started_at,
        total,
    )
    .execute(db)
    .await?;
    Ok(())
}
