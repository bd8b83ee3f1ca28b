pub(super) mod again;
mod copy;
pub(super) mod forms;
mod intent;
pub(super) mod looks;
pub(super) mod repeat;
pub(super) mod sending;

pub(super) use copy::{Product, customer_status, listed_status, product, reseller_of, seats_now};
pub(super) use intent::intent;

use super::hidden::NotShown;
use super::progress::{Held, News, ProblemKind};
use crate::approvals::Consent;
use crate::{Error, Result};
use domain::IntentState;
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn intent_of_form(pool: &PgPool, form_token: Uuid) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!("select id from intent where form_token = $1", form_token).fetch_optional(pool).await?)
}

/// Whether an order that turned up after it was taken for lost is open for the subscription.
pub(super) async fn late_one_is_open(db: &mut PgConnection, subscription_id: &str, at_renewal: bool) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from intent where subscription_id = $1 and at_renewal = $2 and found_late_at is not null
           and state not in ('completed', 'failed', 'cancelled', 'absent')) as "open!""#,
        subscription_id,
        at_renewal,
    )
    .fetch_one(db)
    .await?)
}

/// What it takes to settle the intent, as it was stored, and the intent's kind.
pub(super) async fn permission(pool: &PgPool, id: Uuid) -> Result<Option<(Option<String>, String)>> {
    let row = sqlx::query!("select permission, kind from intent where id = $1", id).fetch_optional(pool).await?;
    Ok(row.map(|row| (row.permission, row.kind)))
}

/// A new row of `intent`.
pub(super) struct NewIntent<'a> {
    pub(super) id: Uuid,
    pub(super) kind: &'a str,
    pub(super) customer_id: &'a str,
    pub(super) subscription_id: Option<&'a str>,
    pub(super) at_renewal: bool,
    pub(super) po_number: Option<&'a str>,
    pub(super) body: Value,
    pub(super) lines: Value,
    pub(super) estimate: Value,
    pub(super) estimated_at: OffsetDateTime,
    pub(super) requested_by: Uuid,
    pub(super) form_token: Uuid,
    pub(super) created_at: OffsetDateTime,
    /// Why it has to be approved, and the digest of its body; `None` where nobody has to.
    pub(super) approval: Option<(Value, Vec<u8>)>,
    pub(super) permission: String,
    pub(super) review_path: Option<&'a str>,
    pub(super) again_of: Option<Uuid>,
}

pub(super) async fn insert(db: &mut PgConnection, new: &NewIntent<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into intent (id, kind, state, customer_id, subscription_id, po_number, body, lines, estimate, estimated_at, \
         requested_by, form_token, created_at, next_look_at, at_renewal, permission, review_path, again_of, approval_reasons, \
         asked_digest) \
         values ($1, $2, case when $18::bytea is null then 'approved' else 'drafted' end, $3, $4, $5, $6, $7, $8, $9, $10, \
         $11, $12, case when $18 is null then $12::timestamptz end, $13, $14, $15, $16, $17, $18)",
        new.id,
        new.kind,
        new.customer_id,
        new.subscription_id,
        new.po_number,
        new.body,
        new.lines,
        new.estimate,
        new.estimated_at,
        new.requested_by,
        new.form_token,
        new.created_at,
        new.at_renewal,
        new.permission,
        new.review_path,
        new.again_of,
        new.approval.as_ref().map(|(reasons, _)| reasons),
        new.approval.as_ref().map(|(_, digest)| digest.as_slice()),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the intent that has been due longest and holds it until `hold_until`. Others skip it.
pub(super) async fn take(pool: &PgPool, now: OffsetDateTime, hold_until: OffsetDateTime) -> Result<Option<Held>> {
    let row = sqlx::query_as!(
        HeldRow,
        r#"update intent set next_look_at = $2, looks = looks + 1
           where id = (
               select id from intent where next_look_at <= $1 order by next_look_at limit 1 for update skip locked
           )
           returning id, state, kind, customer_id, subscription_id, at_renewal, po_number, body, lines, estimated_at, sent_at,
           in_flight_since, attempts, looks, hidden_since, hidden_part, hidden_looks, order_id, approval_reasons is not null as "needs_approval!", approved_digest"#,
        now,
        hold_until,
    )
    .fetch_optional(pool)
    .await?;
    row.map(Held::try_from).transpose()
}

/// The intent as the worker would have it, without holding it.
pub(super) async fn held(pool: &PgPool, id: Uuid) -> Result<Option<Held>> {
    let row = sqlx::query_as!(
        HeldRow,
        r#"select id, state, kind, customer_id, subscription_id, at_renewal, po_number, body, lines, estimated_at, sent_at,
           in_flight_since, attempts, looks, hidden_since, hidden_part, hidden_looks, order_id, approval_reasons is not null as "needs_approval!", approved_digest
           from intent where id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?;
    row.map(Held::try_from).transpose()
}

struct HeldRow {
    id: Uuid,
    state: String,
    kind: String,
    customer_id: String,
    subscription_id: Option<String>,
    at_renewal: bool,
    po_number: Option<String>,
    body: Value,
    lines: Value,
    estimated_at: OffsetDateTime,
    sent_at: Option<OffsetDateTime>,
    in_flight_since: Option<OffsetDateTime>,
    attempts: i32,
    looks: i32,
    hidden_since: Option<OffsetDateTime>,
    hidden_part: Option<String>,
    hidden_looks: i32,
    order_id: Option<String>,
    needs_approval: bool,
    approved_digest: Option<Vec<u8>>,
}

impl TryFrom<HeldRow> for Held {
    type Error = Error;

    fn try_from(row: HeldRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            state: state(&row.state)?,
            kind: row.kind,
            customer_id: row.customer_id,
            subscription_id: row.subscription_id,
            at_renewal: row.at_renewal,
            po_number: row.po_number,
            body: row.body,
            lines: serde_json::from_value(row.lines)?,
            estimated_at: row.estimated_at,
            sent_at: row.sent_at,
            in_flight_since: row.in_flight_since,
            attempts: row.attempts,
            looks: row.looks,
            not_shown: NotShown::stored(row.hidden_part.as_deref(), row.hidden_since, row.hidden_looks),
            order_id: row.order_id,
            consent: Consent { needed: row.needs_approval, digest: row.approved_digest },
        })
    }
}

/// Moves the intent on, unless somebody else did meanwhile; answers whether it was moved.
pub(super) async fn move_on(
    db: &mut PgConnection,
    intent: &Held,
    state: IntentState,
    news: &News,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update intent set state = $3, looks = 0, next_look_at = $4, in_flight_since = null, \
         settled_at = case when $5 then $10 else settled_at end, hidden_since = null, hidden_part = null, hidden_looks = 0, \
         order_id = coalesce($6, order_id), order_number = coalesce($7, order_number), \
         subscription_id = coalesce(subscription_id, $8), correlation_id = coalesce($9, correlation_id), problem = $11, \
         problem_kind = $12, blocked_by = $13, blocked_by_number = $14, \
         found_late_at = case when $2 = 'absent' then $10 else found_late_at end \
         where id = $1 and state = $2 and in_flight_since is not distinct from $15",
        intent.id,
        intent.state.as_str(),
        state.as_str(),
        news.look_again_in.map(|wait| now + wait),
        state.is_final(),
        news.order_id,
        news.order_number,
        // A new order has its subscription only at the end: while it is open it must not stand in a change's way.
        news.subscription_id.as_deref().filter(|_| state.is_final()),
        news.correlation_id,
        now,
        news.problem,
        news.problem_kind.map(ProblemKind::as_str),
        news.blocked_by,
        news.blocked_by_number,
        intent.in_flight_since,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn look_again(pool: &PgPool, id: Uuid, at: OffsetDateTime) -> Result<()> {
    sqlx::query!("update intent set next_look_at = $2 where id = $1 and next_look_at is not null", id, at)
        .execute(pool)
        .await?;
    Ok(())
}

/// Follows the order again at `at`; with what is not shown of it, and what that means.
pub(super) async fn follow(
    pool: &PgPool,
    id: Uuid,
    at: OffsetDateTime,
    hidden: Option<(NotShown, &str)>,
) -> Result<()> {
    sqlx::query!(
        "update intent set next_look_at = $2, hidden_since = $3, problem = $4, hidden_part = $5, hidden_looks = $6
         where id = $1 and state in ('submitted', 'processing')",
        id,
        at,
        hidden.map(|(not_shown, _)| not_shown.since),
        hidden.map(|(_, problem)| problem),
        hidden.map(|(not_shown, _)| not_shown.part.as_str()),
        hidden.map_or(0, |(not_shown, _)| not_shown.looks),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// The order's intent, if it has one that is not settled, is looked at as soon as possible.
pub(crate) async fn look_now(db: &mut PgConnection, order_id: &str, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "update intent set next_look_at = $2, looks = 0 where order_id = $1 and next_look_at is not null",
        order_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether the order belongs to another intent already.
pub(super) async fn is_claimed(pool: &PgPool, order_id: &str, not_by: Uuid) -> Result<bool> {
    let claimed = sqlx::query_scalar!(
        r#"select exists (select from intent where order_id = $1 and id <> $2) as "claimed!""#,
        order_id,
        not_by,
    );
    Ok(claimed.fetch_one(pool).await?)
}

fn state(text: &str) -> Result<IntentState> {
    text.parse().map_err(|error: domain::UnknownIntentState| Error::Stored(error.to_string()))
}

/// Has an intent that is to be sent wait until `again`, and says why. Answers whether that is another reason than
/// before; nothing where it is no longer to be sent.
pub(super) async fn wait_out(
    db: &mut PgConnection,
    id: Uuid,
    problem: &str,
    again: OffsetDateTime,
) -> Result<Option<bool>> {
    Ok(sqlx::query_scalar!(
        r#"with before as (select id, problem from intent where id = $1 and state = 'approved' for update)
           update intent set problem = $2, next_look_at = $3 from before where intent.id = before.id
           returning before.problem is distinct from $2 as "news!""#,
        id,
        problem,
        again,
    )
    .fetch_optional(db)
    .await?)
}
