use super::{again, state};
use crate::Result;
use crate::approvals::DecisionKind;
use crate::orders::Quote;
use crate::orders::intent::{Aftermath, Blocking, Intent, IntentLine};
use crate::orders::permission::permission_of;
use crate::orders::progress::ProblemKind;
use sqlx::PgPool;
use uuid::Uuid;

pub(in crate::orders) async fn intent(pool: &PgPool, id: Uuid) -> Result<Option<Intent>> {
    let row = sqlx::query!(
        r#"select i.id, i.kind, i.state, i.customer_id, c.name as "customer_name?", i.subscription_id, i.po_number, i.lines,
           i.estimate, s.name as requested_by, i.created_at, i.sent_at, i.order_id, i.order_number, i.correlation_id, i.problem,
           i.approval_reasons is not null as "needs_approval!", i.permission, i.at_renewal, own.renews_on as "renews_on?", i.in_flight_since, i.next_look_at, i.again_of,
           i.found_late_at, i.problem_kind, i.blocked_by, b.status as "blocked_by_status?",
           coalesce(b.order_number, i.blocked_by_number) as blocked_by_number,
           case when i.problem_kind = 'not_needed' then living_relative(i.id) end as turned_up_instead,
           i.decision
           from intent i join staff s on s.id = i.requested_by left join customer c on c.id = i.customer_id
           left join subscription own on own.id = i.subscription_id
           left join marketplace_order b on b.id = i.blocked_by
           where i.id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?;
    // What comes after it, as the lists say it.
    let left = again::left(pool, &[id]).await?.pop();
    row.map(|row| {
        let lines: Vec<IntentLine> = serde_json::from_value(row.lines)?;
        let quote: Quote = serde_json::from_value(row.estimate)?;
        let state = state(&row.state)?;
        let conflict = row.problem_kind.as_deref() == Some(ProblemKind::Conflict.as_str());
        let blocked_by = conflict.then_some(Blocking {
            order_id: row.blocked_by,
            order_number: row.blocked_by_number,
            status: row.blocked_by_status,
        });
        let (replacement, again_path, goes_on_as) =
            left.map(|left| (left.replacement, left.again_path, left.goes_on_as)).unwrap_or_default();
        Ok(Intent {
            id: row.id,
            permission: permission_of(row.permission, &row.kind)?,
            kind: row.kind,
            state,
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            subscription_id: row.subscription_id,
            po_number: row.po_number,
            lines,
            switched: quote.switched,
            now: quote.now,
            requested_by: row.requested_by,
            created_at: row.created_at,
            sent_at: row.sent_at,
            order_id: row.order_id,
            order_number: row.order_number,
            correlation_id: row.correlation_id,
            problem: row.problem,
            decision: row.decision.as_deref().map(DecisionKind::stored).transpose()?,
            needs_approval: row.needs_approval,
            at_renewal: row.at_renewal,
            renews_on: row.renews_on,
            in_flight_since: row.in_flight_since,
            next_look_at: row.next_look_at,
            aftermath: Aftermath {
                again_of: row.again_of,
                replacement,
                turned_up_instead: row.turned_up_instead,
                // Two looks: what has ended in between offers it at the next one.
                again_path: again_path.filter(|_| state.came_to_nothing()),
                found_late_at: row.found_late_at,
                blocked_by,
                goes_on_as,
            },
        })
    })
    .transpose()
}
