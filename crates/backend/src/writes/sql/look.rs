//! Looking at what is not settled.

use super::state;
use crate::staff::Staff;
use crate::writes::kind::Kind;
use crate::writes::outcome::Held;
use crate::writes::request::Request;
use crate::{Error, Result};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// Counts a look.
pub(in crate::writes) async fn look_again(pool: &PgPool, id: Uuid, at: OffsetDateTime, complete: bool) -> Result<()> {
    sqlx::query!(
        "update write set next_look_at = $2, looks = looks + 1, complete_looks = complete_looks + $3
         where id = $1 and settled_at is null",
        id,
        at,
        i32::from(complete),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Takes the write that has waited longest, if one is due, and holds it until `held_until`.
pub(in crate::writes) async fn take(
    pool: &PgPool,
    now: OffsetDateTime,
    held_until: OffsetDateTime,
) -> Result<Option<Held>> {
    let row = sqlx::query_as!(
        Row,
        r#"with due as (select id from write where settled_at is null and next_look_at <= $1
               order by next_look_at limit 1 for update skip locked)
           update write w set next_look_at = $2 from due, staff s where w.id = due.id and s.id = w.asked_by
           returning w.id, w.form_token, w.kind, w.subject_id, w.customer_id, w.request as "request!", w.look_alikes,
               w.before, w.after, w.state, w.asked_at, w.looks, w.complete_looks, w.correlation_id, s.id as staff_id,
               s.email, s.name, role_of(s.role) as "role!""#,
        now,
        held_until,
    )
    .fetch_optional(pool)
    .await?;
    row.map(Held::try_from).transpose()
}

/// The write as it is stored.
pub(in crate::writes) async fn held(pool: &PgPool, id: Uuid) -> Result<Held> {
    sqlx::query_as!(
        Row,
        r#"select w.id, w.form_token, w.kind, w.subject_id, w.customer_id, w.request as "request!", w.look_alikes,
               w.before, w.after, w.state, w.asked_at, w.looks, w.complete_looks, w.correlation_id, s.id as staff_id,
               s.email, s.name, role_of(s.role) as "role!"
           from write w join staff s on s.id = w.asked_by where w.id = $1"#,
        id,
    )
    .fetch_one(pool)
    .await?
    .try_into()
}

/// Others that ask for a thing of the same name at the same time: how many are being sent, and how many are unknown.
pub(in crate::writes) async fn rivals(pool: &PgPool, write: &Held) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select count(*) filter (where state = 'sending') as "sending!",
               count(*) filter (where state = 'unknown') as "unknown!"
           from write where id <> $1 and settled_at is null and part = 'creation' and subject_kind = $2
           and after ->> 'name' = $3::jsonb ->> 'name'"#,
        write.id,
        write.kind.subject(),
        write.after,
    )
    .fetch_one(pool)
    .await?;
    Ok((row.sending, row.unknown))
}

/// Keeps two processes from claiming the same thing, until the transaction ends.
pub(in crate::writes) async fn lock_claims(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('seatboard write claims'))").execute(db).await?;
    Ok(())
}

/// Those of the things that another write made since `since`.
pub(in crate::writes) async fn claimed(
    db: &mut PgConnection,
    kind: Kind,
    ids: &[String],
    since: OffsetDateTime,
) -> Result<Vec<String>> {
    let claimed = sqlx::query_scalar!(
        r#"select subject_id as "id!" from write where subject_kind = $1 and subject_id = any($2) and part = 'creation'
           and state = 'done' and settled_at >= $3"#,
        kind.subject(),
        ids,
        since,
    );
    Ok(claimed.fetch_all(db).await?)
}

struct Row {
    id: Uuid,
    form_token: Uuid,
    kind: String,
    subject_id: Option<String>,
    customer_id: Option<String>,
    request: Value,
    look_alikes: Vec<String>,
    before: Option<Value>,
    after: Option<Value>,
    state: String,
    asked_at: OffsetDateTime,
    looks: i32,
    complete_looks: i32,
    correlation_id: Option<String>,
    staff_id: Uuid,
    email: String,
    name: String,
    role: Value,
}

impl TryFrom<Row> for Held {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let role = crate::roles::assigned(row.role)?;
        let request: Request = serde_json::from_value(row.request)?;
        Ok(Self {
            id: row.id,
            form_token: row.form_token,
            kind: row.kind.parse()?,
            subject_id: row.subject_id,
            customer_id: row.customer_id,
            request,
            look_alikes: row.look_alikes,
            before: row.before,
            after: row.after,
            state: state(&row.state)?,
            asked_by: Staff { id: row.staff_id, email: row.email, name: row.name, role },
            asked_at: row.asked_at,
            looks: row.looks,
            complete_looks: row.complete_looks,
            correlation_id: row.correlation_id,
        })
    }
}
