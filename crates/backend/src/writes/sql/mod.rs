mod look;
mod open;

pub(super) use look::{claimed, held, lock_claims, look_again, rivals, take};
pub(super) use open::{Of, open};

use super::kind::Kind;
use super::outcome::Held;
use crate::{Error, Result};
use domain::WriteState;
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// Records a write before it is sent. `false` when its form was posted before, or somebody sets the same already.
pub(super) async fn begin(db: &mut PgConnection, write: &Held, lease_until: OffsetDateTime) -> Result<bool> {
    let begun = sqlx::query!(
        "insert into write (id, form_token, kind, part, subject_kind, subject_id, customer_id, request, look_alikes, before,
             after, state, asked_by, asked_at, next_look_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'sending', $12, $13, $14) on conflict do nothing",
        write.id,
        write.form_token,
        write.kind.as_str(),
        write.kind.part(),
        write.kind.subject(),
        write.subject_id,
        write.customer_id,
        serde_json::to_value(&write.request)?,
        &write.look_alikes,
        write.before,
        write.after,
        write.asked_by.id,
        write.asked_at,
        lease_until,
    )
    .execute(db)
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// What became of a form that was posted.
pub(super) struct Posted {
    pub(super) id: Uuid,
    pub(super) kind: Kind,
    pub(super) state: WriteState,
    pub(super) subject_id: Option<String>,
    pub(super) asked_by: Uuid,
    pub(super) request: Option<Value>,
    pub(super) settled_at: Option<OffsetDateTime>,
}

/// What became of the form, unless it was refused.
pub(super) async fn posted(pool: &PgPool, form_token: Uuid) -> Result<Option<Posted>> {
    let row = sqlx::query!(
        "select id, kind, state, subject_id, asked_by, request, settled_at from write
         where form_token = $1 and state <> 'refused'",
        form_token,
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        Ok(Posted {
            id: row.id,
            kind: row.kind.parse()?,
            state: state(&row.state)?,
            subject_id: row.subject_id,
            asked_by: row.asked_by,
            request: row.request,
            settled_at: row.settled_at,
        })
    })
    .transpose()
}

/// Who sets the same part of the thing at this moment: their identifier and name.
pub(super) async fn who_sets(pool: &PgPool, write: &Held) -> Result<Option<(Uuid, String)>> {
    let row = sqlx::query!(
        "select s.id, s.name from write w join staff s on s.id = w.asked_by
         where w.subject_kind = $1 and w.subject_id = $2 and w.part = $3 and w.settled_at is null",
        write.kind.subject(),
        write.subject_id,
        write.kind.part(),
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}

/// Reports of that name that were known before the next one is asked for.
pub(super) async fn known_reports(pool: &PgPool, name: &str) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!("select id from report where name = $1", name).fetch_all(pool).await?)
}

/// What a write is settled with.
#[derive(Debug, Default)]
pub(super) struct News<'a> {
    pub(super) subject_id: Option<&'a str>,
    pub(super) correlation_id: Option<&'a str>,
    pub(super) problem: Option<&'a str>,
    /// When to look at it; settled where there is nothing to look for any more.
    pub(super) next_look_at: Option<OffsetDateTime>,
}

/// Moves the write on, unless it is where that may not follow; answers whether it was moved.
pub(super) async fn move_on(
    db: &mut PgConnection,
    id: Uuid,
    next: WriteState,
    news: &News<'_>,
    now: OffsetDateTime,
) -> Result<bool> {
    let from: Vec<String> = WriteState::ALL
        .into_iter()
        .filter(|state| state.may_become(next))
        .map(|state| state.as_str().to_owned())
        .collect();
    let moved = sqlx::query!(
        "update write set state = $2, subject_id = coalesce($3, subject_id), correlation_id = coalesce($4, correlation_id),
             problem = $5, next_look_at = $6, settled_at = case when $6::timestamptz is null then $7::timestamptz end
         where id = $1 and state = any($8)",
        id,
        next.as_str(),
        news.subject_id,
        news.correlation_id,
        news.problem,
        news.next_look_at,
        now,
        &from,
    )
    .execute(db)
    .await?;
    Ok(moved.rows_affected() == 1)
}

/// Nobody will look any more.
pub(super) async fn give_up(db: &mut PgConnection, id: Uuid, problem: &str, now: OffsetDateTime) -> Result<bool> {
    let given_up = sqlx::query!(
        "update write set state = 'unknown', problem = $2, next_look_at = null, settled_at = $3
         where id = $1 and settled_at is null",
        id,
        problem,
        now,
    )
    .execute(db)
    .await?;
    Ok(given_up.rows_affected() == 1)
}

fn state(text: &str) -> Result<WriteState> {
    text.parse().map_err(|unknown: domain::UnknownWriteState| Error::Stored(unknown.to_string()))
}
