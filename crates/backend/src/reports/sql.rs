use super::Report;
use crate::Result;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn rows(pool: &PgPool, ids: &[String]) -> Result<Vec<Report>> {
    Ok(sqlx::query_as!(
        Report,
        "select id, name, customisation, status, kind, format, created_at, start_at, end_at,
         (select name from staff where staff.id = report.requested_by) as requested_by, as_of
         from report where id = any($1)",
        ids,
    )
    .fetch_all(pool)
    .await?)
}

pub(super) async fn get(pool: &PgPool, id: &str) -> Result<Option<Report>> {
    Ok(sqlx::query_as!(
        Report,
        "select id, name, customisation, status, kind, format, created_at, start_at, end_at,
         (select name from staff where staff.id = report.requested_by) as requested_by, as_of
         from report where id = $1",
        id,
    )
    .fetch_optional(pool)
    .await?)
}

pub(super) async fn known_names(pool: &PgPool) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!("select name from report group by name order by lower(name), name").fetch_all(pool).await?)
}

/// A report under way whose time to be looked at has come.
pub(super) struct Due {
    pub(super) id: String,
    pub(super) looks: i32,
    pub(super) requested_by: Option<Uuid>,
}

/// Locks the report that has waited longest, if one is due. One that only the list told of is due a minute after that.
pub(super) async fn due(db: &mut PgConnection, now: OffsetDateTime, oldest: OffsetDateTime) -> Result<Option<Due>> {
    Ok(sqlx::query_as!(
        Due,
        "select id, looks, requested_by from report
         where status in ('submitted', 'processing') and coalesce(created_at, as_of) > $2
           and coalesce(next_look_at, as_of + interval '1 minute') <= $1
         order by next_look_at nulls last, id limit 1 for update skip locked",
        now,
        oldest,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn look_next(db: &mut PgConnection, id: &str, at: OffsetDateTime, looks: i32) -> Result<()> {
    sqlx::query!("update report set next_look_at = $2, looks = $3 where id = $1", id, at, looks).execute(db).await?;
    Ok(())
}

/// Looks no later than `at`.
pub(super) async fn look_by(pool: &PgPool, id: &str, at: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "update report set next_look_at = $2
         where id = $1 and status in ('submitted', 'processing') and coalesce(next_look_at, 'infinity') > $2",
        id,
        at,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Whether the trail already says that this person did this with this report since `since`.
pub(super) async fn was_recorded(
    db: &mut PgConnection,
    action: &str,
    id: &str,
    staff_id: Uuid,
    since: OffsetDateTime,
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from activity where subject_kind = 'report' and subject_id = $2 and action = $1
           and staff_id = $3 and at >= $4) as "recorded!""#,
        action,
        id,
        staff_id,
        since,
    )
    .fetch_one(db)
    .await?)
}
