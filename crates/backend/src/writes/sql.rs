use super::kind::Kind;
use super::open::OpenWrite;
use super::outcome::Held;
use super::request::Request;
use crate::staff::Staff;
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

/// Who sets the same part of the thing at this moment, and since when.
pub(super) async fn who_sets(pool: &PgPool, write: &Held) -> Result<Option<(String, OffsetDateTime)>> {
    let row = sqlx::query!(
        "select s.name, w.asked_at from write w join staff s on s.id = w.asked_by
         where w.subject_kind = $1 and w.subject_id = $2 and w.part = $3 and w.settled_at is null",
        write.kind.subject(),
        write.subject_id,
        write.kind.part(),
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| (row.name, row.asked_at)))
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

/// Counts a look.
pub(super) async fn look_again(pool: &PgPool, id: Uuid, at: OffsetDateTime, complete: bool) -> Result<()> {
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
pub(super) async fn take(pool: &PgPool, now: OffsetDateTime, held_until: OffsetDateTime) -> Result<Option<Held>> {
    let row = sqlx::query_as!(
        Row,
        r#"with due as (select id from write where settled_at is null and next_look_at <= $1
               order by next_look_at limit 1 for update skip locked)
           update write w set next_look_at = $2 from due, staff s where w.id = due.id and s.id = w.asked_by
           returning w.id, w.form_token, w.kind, w.subject_id, w.customer_id, w.request as "request!", w.look_alikes,
               w.before, w.after, w.state, w.asked_at, w.looks, w.complete_looks, w.correlation_id, s.id as staff_id,
               s.email, s.name, s.role"#,
        now,
        held_until,
    )
    .fetch_optional(pool)
    .await?;
    row.map(Held::try_from).transpose()
}

/// The write as it is stored.
pub(super) async fn held(pool: &PgPool, id: Uuid) -> Result<Held> {
    sqlx::query_as!(
        Row,
        r#"select w.id, w.form_token, w.kind, w.subject_id, w.customer_id, w.request as "request!", w.look_alikes,
               w.before, w.after, w.state, w.asked_at, w.looks, w.complete_looks, w.correlation_id, s.id as staff_id,
               s.email, s.name, s.role
           from write w join staff s on s.id = w.asked_by where w.id = $1"#,
        id,
    )
    .fetch_one(pool)
    .await?
    .try_into()
}

/// Others that ask for a thing of the same name at the same time: how many are being sent, and how many are unknown.
pub(super) async fn rivals(pool: &PgPool, write: &Held) -> Result<(i64, i64)> {
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
pub(super) async fn lock_claims(db: &mut PgConnection) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('seatboard write claims'))").execute(db).await?;
    Ok(())
}

/// Those of the things that another write made since `since`.
pub(super) async fn claimed(
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

/// Writes not settled, and those of which was found since `since` that they were not carried out, until they are made
/// again. The newest first, at most `limit`.
pub(super) async fn open(pool: &PgPool, of: &Of<'_>, since: OffsetDateTime, limit: i64) -> Result<Vec<OpenWrite>> {
    let rows = sqlx::query!(
        r#"select w.id, w.kind, w.state, w.subject_id, w.asked_at, w.problem, s.name as asked_by,
               coalesce(c.name, u.name, 'Order ' || o.order_number, r.name, w.after ->> 'name') as subject_name,
               w.customer_id, k.name as "customer_name?"
           from write w join staff s on s.id = w.asked_by
           left join customer c on w.subject_kind = 'customer' and c.id = w.subject_id
           left join subscription u on w.subject_kind = 'subscription' and u.id = w.subject_id
           left join marketplace_order o on w.subject_kind = 'order' and o.id = w.subject_id
           left join reseller r on w.subject_kind = 'reseller' and r.id = w.subject_id
           left join customer k on k.id = w.customer_id
           where (w.settled_at is null
               or (w.state = 'absent' and w.settled_at > $1 and not exists (select from write later
                   where later.subject_kind = w.subject_kind and later.part = w.part and later.asked_at > w.asked_at
                   and coalesce(later.subject_id = w.subject_id, later.after ->> 'name' = w.after ->> 'name'))))
           and ($2::text is null or w.subject_kind = $2) and ($3::text is null or w.subject_id = $3)
           and ($4::uuid is null or w.asked_by = $4
               or w.customer_id in (select m.customer_id from customer_manager m where m.staff_id = $4))
           order by w.asked_at desc, w.id limit $5"#,
        since,
        of.subject_kind,
        of.subject_id,
        of.managed_by,
        limit,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OpenWrite {
                id: row.id,
                kind: row.kind.parse()?,
                state: state(&row.state)?,
                subject_id: row.subject_id,
                subject_name: row.subject_name,
                customer: row.customer_id.zip(row.customer_name),
                asked_by: row.asked_by,
                asked_at: row.asked_at,
                problem: row.problem,
            })
        })
        .collect()
}

/// Which writes are meant.
#[derive(Debug, Default)]
pub(super) struct Of<'a> {
    pub(super) subject_kind: Option<&'a str>,
    pub(super) subject_id: Option<&'a str>,
    /// Asked for by this staff member, or about a customer that they look after.
    pub(super) managed_by: Option<Uuid>,
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
    role: String,
}

impl TryFrom<Row> for Held {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let role = row.role.parse().map_err(|unknown: domain::UnknownRole| Error::Stored(unknown.to_string()))?;
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

fn state(text: &str) -> Result<WriteState> {
    text.parse().map_err(|unknown: domain::UnknownWriteState| Error::Stored(unknown.to_string()))
}
