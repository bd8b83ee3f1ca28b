use super::history::{Answer, Call, KEPT, Outcome, Summary};
use super::settled::Settled;
use super::typed::Request;
use crate::Result;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn insert_draft(
    db: &mut PgConnection,
    id: Uuid,
    staff_id: Uuid,
    sealed_call: &[u8],
    expires_at: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into console_draft (id, staff_id, sealed_call, expires_at) values ($1, $2, $3, $4)",
        id,
        staff_id,
        sealed_call,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Only the person who typed it, and only until it expires.
pub(super) async fn draft(pool: &PgPool, id: Uuid, staff_id: Uuid, now: OffsetDateTime) -> Result<Option<Vec<u8>>> {
    let draft = sqlx::query_scalar!(
        "select sealed_call from console_draft where id = $1 and staff_id = $2 and expires_at > $3",
        id,
        staff_id,
        now,
    );
    Ok(draft.fetch_optional(pool).await?)
}

/// Answers whether it was still there.
pub(super) async fn delete_draft(db: &mut PgConnection, id: Uuid, staff_id: Uuid) -> Result<bool> {
    let deleted = sqlx::query!("delete from console_draft where id = $1 and staff_id = $2", id, staff_id);
    Ok(deleted.execute(db).await?.rows_affected() == 1)
}

/// A call that is about to be made.
pub(super) struct NewCall<'a> {
    pub(super) id: Uuid,
    pub(super) staff_id: Uuid,
    pub(super) at: OffsetDateTime,
    pub(super) request: &'a Request,
    pub(super) form_token: Option<Uuid>,
}

/// `false` when there is a call of this form already.
pub(super) async fn insert_call(db: &mut PgConnection, new: &NewCall<'_>) -> Result<bool> {
    let done = sqlx::query!(
        "insert into console_call (id, staff_id, at, method, path, query, body, is_write, form_token, outcome) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'sending') on conflict (form_token) do nothing",
        new.id,
        new.staff_id,
        new.at,
        new.request.call.method.as_str(),
        new.request.path,
        new.request.query,
        new.request.body,
        new.request.call.is_write(),
        new.form_token,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn settle(db: &mut PgConnection, id: Uuid, settled: &Settled) -> Result<()> {
    let answer = settled.answer.as_ref();
    sqlx::query!(
        "update console_call set outcome = $2, status = $3, elapsed_ms = $4, correlation_id = $5, answer = $6, \
         answer_is_cut = $7, answer_bytes = $8, problem = $9 where id = $1",
        id,
        settled.outcome.as_str(),
        settled.status.as_ref().map(|(status, _)| i32::from(*status)),
        settled.elapsed.map(|elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)),
        settled.correlation_id,
        answer.map(|answer| answer.text.as_str()),
        answer.is_some_and(|answer| answer.is_cut),
        answer.map(|answer| answer.bytes),
        settled.problem,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn call_of_form(pool: &PgPool, form_token: Uuid, staff_id: Uuid) -> Result<Option<Uuid>> {
    let id = sqlx::query_scalar!(
        "select id from console_call where form_token = $1 and staff_id = $2",
        form_token,
        staff_id,
    );
    Ok(id.fetch_optional(pool).await?)
}

/// Deletes what is kept no longer.
pub(super) async fn prune(db: &mut PgConnection, now: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from console_draft where expires_at <= $1", now).execute(&mut *db).await?;
    sqlx::query!("delete from console_call where at < $1", now - KEPT).execute(db).await?;
    Ok(())
}

struct Row {
    id: Uuid,
    at: OffsetDateTime,
    by: String,
    method: String,
    path: String,
    is_write: bool,
    outcome: String,
    status: Option<i32>,
    elapsed_ms: Option<i64>,
}

pub(super) async fn history(
    pool: &PgPool,
    staff_id: Option<Uuid>,
    since: OffsetDateTime,
    limit: i64,
    now: OffsetDateTime,
) -> Result<Vec<Summary>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select c.id, c.at, s.name as by, c.method, concat(c.path, '?' || c.query) as "path!", c.is_write, c.outcome,
           c.status, c.elapsed_ms
           from console_call c join staff s on s.id = c.staff_id
           where c.at >= $2 and ($1::uuid is null or c.staff_id = $1) order by c.at desc, c.id desc limit $3"#,
        staff_id,
        since,
        limit,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(|row| row.summary(now)).collect()
}

pub(super) async fn call(
    pool: &PgPool,
    id: Uuid,
    staff_id: Option<Uuid>,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Option<Call>> {
    let row = sqlx::query!(
        r#"select c.id, c.at, s.name as by, c.method, concat(c.path, '?' || c.query) as "path!", c.is_write, c.outcome,
           c.status, c.elapsed_ms, c.body, c.correlation_id, c.answer, c.answer_is_cut, c.answer_bytes, c.problem
           from console_call c join staff s on s.id = c.staff_id
           where c.id = $1 and c.at >= $3 and ($2::uuid is null or c.staff_id = $2)"#,
        id,
        staff_id,
        since,
    )
    .fetch_optional(pool)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let summary = Row {
        id: row.id,
        at: row.at,
        by: row.by,
        method: row.method,
        path: row.path,
        is_write: row.is_write,
        outcome: row.outcome,
        status: row.status,
        elapsed_ms: row.elapsed_ms,
    };
    let answer = row.answer.zip(row.answer_bytes);
    Ok(Some(Call {
        summary: summary.summary(now)?,
        body: row.body,
        correlation_id: row.correlation_id,
        answer: answer.map(|(text, bytes)| Answer { text, is_cut: row.answer_is_cut, bytes }),
        problem: row.problem,
    }))
}

impl Row {
    fn summary(self, now: OffsetDateTime) -> Result<Summary> {
        Ok(Summary {
            outcome: Outcome::read(&self.outcome, self.at, now)?,
            id: self.id,
            at: self.at,
            by: self.by,
            method: self.method,
            path: self.path,
            is_write: self.is_write,
            status: self.status.and_then(|status| u16::try_from(status).ok()),
            elapsed_ms: self.elapsed_ms,
        })
    }
}
