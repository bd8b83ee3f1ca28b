use super::rules::StoredRule;
use super::unsent::Unsent;
use super::waiting::{Approval, Comment, Count, Decision, DecisionKind};
use crate::orders::permission_of;
use crate::stored::money;
use crate::{Error, Result};
use domain::{ApprovalRule, IntentState, Money};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn rules(pool: &PgPool) -> Result<Vec<StoredRule>> {
    let rows = sqlx::query!(
        "select r.id, r.kind, r.vendor, r.role, r.amount, r.currency, r.percent, s.name as created_by, r.created_at \
         from approval_rule r join staff s on s.id = r.created_by order by r.created_at, r.id"
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let amount = money(row.amount, row.currency.as_deref());
            let rule = rule(row.kind.as_deref(), row.vendor, row.role.as_deref(), amount, row.percent)?;
            Ok(StoredRule { id: row.id, rule, created_by: row.created_by, created_at: row.created_at })
        })
        .collect()
}

/// Answers whether it was added: not where the form added it before, or where there is the same rule.
pub(super) async fn add_rule(
    db: &mut PgConnection,
    id: Uuid,
    rule: &ApprovalRule,
    by: Uuid,
    at: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into approval_rule (id, kind, vendor, role, amount, currency, percent, created_by, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        id,
        rule.kind.map(domain::OrderKind::as_str),
        rule.vendor,
        rule.role.map(domain::Role::as_str),
        rule.amount.map(|amount| amount.amount),
        rule.amount.map(|amount| amount.currency.code().to_owned()),
        rule.percent.and_then(|percent| i32::try_from(percent).ok()),
        by,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn is_rule(db: &mut PgConnection, id: Uuid) -> Result<bool> {
    let found = sqlx::query_scalar!(r#"select exists (select from approval_rule where id = $1) as "found!""#, id);
    Ok(found.fetch_one(db).await?)
}

pub(super) async fn remove_rule(db: &mut PgConnection, id: Uuid) -> Result<Option<ApprovalRule>> {
    let row = sqlx::query!(
        "delete from approval_rule where id = $1 returning kind, vendor, role, amount, currency, percent",
        id
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let amount = money(row.amount, row.currency.as_deref());
        rule(row.kind.as_deref(), row.vendor, row.role.as_deref(), amount, row.percent)
    })
    .transpose()
}

fn rule(
    kind: Option<&str>,
    vendor: Option<String>,
    role: Option<&str>,
    amount: Option<Money>,
    percent: Option<i32>,
) -> Result<ApprovalRule> {
    Ok(ApprovalRule {
        kind: kind.map(str::parse).transpose().map_err(unreadable)?,
        vendor,
        role: role.map(str::parse).transpose().map_err(unreadable)?,
        amount,
        percent: percent.map(u32::try_from).transpose().map_err(unreadable)?,
    })
}

/// The intent's approval; without an intent, those of all that wait, or that `asked_by` asked for.
pub(super) async fn approvals(pool: &PgPool, intent: Option<Uuid>, asked_by: Option<Uuid>) -> Result<Vec<Approval>> {
    let rows = sqlx::query!(
        r#"select i.id, i.state, i.kind, i.customer_id, c.name as "customer_name?", i.subscription_id, i.lines, i.estimate,
           i.body, i.requested_by, s.name as requested_by_name, i.created_at, i.approval_reasons as "reasons!",
           i.asked_digest, i.decision, i.decided_by, d.name as "decided_by_name?", i.decided_at, i.decision_comment,
           i.approved_amount, i.approved_currency, i.permission
           from intent i join staff s on s.id = i.requested_by left join staff d on d.id = i.decided_by
           left join customer c on c.id = i.customer_id
           where i.approval_reasons is not null
           and (i.id = $1 or ($1::uuid is null and i.state = 'drafted' and ($2::uuid is null or i.requested_by = $2)))
           order by i.created_at, i.id"#,
        intent,
        asked_by,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let quote: crate::orders::Quote = serde_json::from_value(row.estimate)?;
            let who = row.decided_by.zip(row.decided_by_name).zip(row.decided_at);
            let decision = row.decision.as_deref().map(DecisionKind::stored).transpose()?.zip(who);
            let price = money(row.approved_amount, row.approved_currency.as_deref());
            Ok(Approval {
                intent_id: row.id,
                state: row.state.parse::<IntentState>().map_err(unreadable)?,
                permission: permission_of(row.permission, &row.kind)?,
                kind: row.kind,
                customer_id: row.customer_id,
                customer_name: row.customer_name,
                subscription_id: row.subscription_id,
                lines: serde_json::from_value(row.lines)?,
                requested_by: row.requested_by,
                requested_by_name: row.requested_by_name,
                asked_at: row.created_at,
                reasons: serde_json::from_value(row.reasons)?,
                switched: quote.switched,
                price_then: quote.now,
                quoted: quote.lines,
                decision: decision.map(|(kind, ((by_id, by), at))| Decision {
                    kind,
                    by,
                    by_id,
                    at,
                    comment: row.decision_comment,
                    price,
                }),
                comments: Vec::new(),
                body: row.body,
                asked_digest: row.asked_digest,
            })
        })
        .collect()
}

/// Of the intents that waited for a second person and never left: what they read as.
pub(super) async fn unsent(pool: &PgPool, ids: &[Uuid]) -> Result<Vec<(Uuid, Unsent)>> {
    let rows = sqlx::query!(
        r#"select id, state, decision, approval_reasons is not null and sent_at is null as "never_left!"
           from intent where id = any($1)"#,
        ids,
    )
    .fetch_all(pool)
    .await?;
    let mut unsent = Vec::new();
    for row in rows {
        let state = row.state.parse::<IntentState>().map_err(unreadable)?;
        let decision = row.decision.as_deref().map(DecisionKind::stored).transpose()?;
        unsent.extend(Unsent::of(state, decision, row.never_left).map(|why| (row.id, why)));
    }
    Ok(unsent)
}

fn unreadable(error: impl std::fmt::Display) -> Error {
    Error::Stored(error.to_string())
}

pub(super) async fn count_waiting(pool: &PgPool, staff: Uuid) -> Result<Count> {
    Ok(sqlx::query_as!(
        Count,
        r#"select count(*) filter (where requested_by <> $1) as "of_others!",
           count(*) filter (where requested_by = $1) as "own!"
           from intent where state = 'drafted'"#,
        staff,
    )
    .fetch_one(pool)
    .await?)
}

/// What is decided about an intent that waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict<'a> {
    pub(super) kind: DecisionKind,
    pub(super) comment: Option<&'a str>,
    /// Why it will not be sent.
    pub(super) problem: Option<&'a str>,
    /// What exactly was approved.
    pub(super) digest: Option<&'a [u8]>,
    pub(super) price: Option<Money>,
}

impl<'a> Verdict<'a> {
    pub(super) fn new(kind: DecisionKind, comment: Option<&'a str>) -> Self {
        Self { kind, comment, problem: None, digest: None, price: None }
    }

    /// What the intent becomes.
    pub(super) fn state(&self) -> IntentState {
        match self.kind {
            DecisionKind::Approved => IntentState::Approved,
            DecisionKind::Voided => IntentState::Failed,
            DecisionKind::Rejected | DecisionKind::Withdrawn => IntentState::Cancelled,
        }
    }
}

/// Stores what was decided; answers whether the intent still waited.
pub(super) async fn decide(
    db: &mut PgConnection,
    intent: Uuid,
    verdict: &Verdict<'_>,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<bool> {
    let state = verdict.state();
    let done = sqlx::query!(
        "update intent set state = $2, decision = $3, decided_by = $4, decided_at = $5, decision_comment = $6, \
         approved_digest = $7, approved_amount = $8, approved_currency = $9, problem = $10, \
         next_look_at = case when $2 = 'approved' then $5::timestamptz end, \
         estimated_at = case when $2 = 'approved' then $5::timestamptz else estimated_at end, \
         settled_at = case when $11 then $5::timestamptz end \
         where id = $1 and state = 'drafted'",
        intent,
        state.as_str(),
        verdict.kind.as_str(),
        by,
        now,
        verdict.comment,
        verdict.digest,
        verdict.price.map(|price| price.amount),
        verdict.price.map(|price| price.currency.code().to_owned()),
        verdict.problem,
        state.is_final(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Answers whether it was added: not where the form did so before.
pub(super) async fn add_comment(
    db: &mut PgConnection,
    id: Uuid,
    intent: Uuid,
    by: Uuid,
    text: &str,
    at: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into intent_comment (id, intent_id, staff_id, at, body) values ($1, $2, $3, $4, $5) on conflict do nothing",
        id,
        intent,
        by,
        at,
        text,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn comments(pool: &PgPool, intent: Uuid) -> Result<Vec<Comment>> {
    Ok(sqlx::query_as!(
        Comment,
        "select s.name as by, c.at, c.body as text from intent_comment c join staff s on s.id = c.staff_id \
         where c.intent_id = $1 order by c.at, c.id",
        intent,
    )
    .fetch_all(pool)
    .await?)
}
