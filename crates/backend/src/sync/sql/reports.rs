use super::json;
use crate::Result;
use serde::Serialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(Serialize)]
pub(in crate::sync) struct ReportRow<'a> {
    pub(in crate::sync) id: &'a str,
    pub(in crate::sync) name: &'a str,
    pub(in crate::sync) customisation: Option<&'a str>,
    pub(in crate::sync) status: String,
    pub(in crate::sync) kind: String,
    pub(in crate::sync) format: String,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(in crate::sync) created_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(in crate::sync) start_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(in crate::sync) end_at: Option<OffsetDateTime>,
    /// Who scheduled it here; one already known stays.
    pub(in crate::sync) requested_by: Option<Uuid>,
}

/// Answers how many are new or changed.
pub(in crate::sync) async fn upsert(
    db: &mut PgConnection,
    rows: &[ReportRow<'_>],
    as_of: OffsetDateTime,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"with page as (
            select distinct on (id) * from jsonb_to_recordset($1) as row (
                id text, name text, customisation text, status text, kind text, format text, created_at timestamptz,
                start_at timestamptz, end_at timestamptz, requested_by uuid)
        ), before as (
            select report.* from report join page using (id)
        ), stored as (
            insert into report (id, name, customisation, status, kind, format, created_at, start_at, end_at,
                requested_by, as_of)
            select id, name, customisation, status, kind, format, created_at, start_at, end_at, requested_by, $2
            from page
            on conflict (id) do update set
                name = excluded.name, customisation = excluded.customisation, status = excluded.status,
                kind = excluded.kind, format = excluded.format, created_at = excluded.created_at,
                start_at = excluded.start_at, end_at = excluded.end_at,
                requested_by = coalesce(report.requested_by, excluded.requested_by), as_of = excluded.as_of
            where report.as_of <= excluded.as_of
            returning *
        )
        select count(*) as "changed!" from stored left join before using (id)
        where to_jsonb(before) - 'as_of' is distinct from to_jsonb(stored) - 'as_of'"#,
        json(rows)?,
        as_of,
    )
    .fetch_one(db)
    .await?)
}
