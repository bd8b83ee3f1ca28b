use super::state;
use crate::Result;
use crate::orders::Quote;
use crate::orders::confirmation::again_path;
use crate::orders::intent::{Aftermath, Blocking, Intent, IntentLine, Replacement};
use crate::orders::permission::permission_of;
use crate::orders::progress::ProblemKind;
use sqlx::PgPool;
use uuid::Uuid;

pub(in crate::orders) async fn intent(pool: &PgPool, id: Uuid) -> Result<Option<Intent>> {
    let row = sqlx::query!(
        r#"select i.id, i.kind, i.state, i.customer_id, c.name as "customer_name?", i.subscription_id, i.po_number, i.lines,
           i.estimate, s.name as requested_by, i.created_at, i.sent_at, i.order_id, i.order_number, i.correlation_id, i.problem,
           i.approval_reasons is not null as "needs_approval!", i.permission, i.at_renewal, own.renews_on as "renews_on?", i.in_flight_since, i.next_look_at, i.again_of,
           i.found_late_at, i.review_path, i.problem_kind, i.blocked_by, b.status as "blocked_by_status?",
           coalesce(b.order_number, i.blocked_by_number) as blocked_by_number,
           later.id as "later?",
           coalesce(later.state in ('drafted', 'approved') or later.state = 'sending' and later.in_flight_since is null, false)
               as "later_waits!",
           exists (select from intent o where o.id in (select order_family(i.id))
               and o.state not in ('failed', 'cancelled', 'absent')) as "living!",
           case when i.problem_kind = 'not_needed' then living_predecessor(i.id) end as turned_up_instead
           from intent i join staff s on s.id = i.requested_by left join customer c on c.id = i.customer_id
           left join subscription own on own.id = i.subscription_id
           left join marketplace_order b on b.id = i.blocked_by
           left join lateral (
               select a.id, a.state, a.in_flight_since from intent a
               where a.id in (select order_family(i.id)) and a.id > i.id
               and a.state not in ('failed', 'cancelled', 'absent') limit 1
           ) later on true
           where i.id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?;
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
        let may_be_placed =
            state.came_to_nothing() && !row.living && !blocked_by.as_ref().is_some_and(Blocking::is_open);
        let review_path = row.review_path.filter(|_| may_be_placed);
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
            now: quote.now,
            requested_by: row.requested_by,
            created_at: row.created_at,
            sent_at: row.sent_at,
            order_id: row.order_id,
            order_number: row.order_number,
            correlation_id: row.correlation_id,
            problem: row.problem,
            needs_approval: row.needs_approval,
            at_renewal: row.at_renewal,
            renews_on: row.renews_on,
            in_flight_since: row.in_flight_since,
            next_look_at: row.next_look_at,
            aftermath: Aftermath {
                again_of: row.again_of,
                replacement: row.later.map(|id| Replacement { id, waits: row.later_waits }),
                turned_up_instead: row.turned_up_instead,
                again_path: review_path.map(|path| again_path(&path, row.id)),
                found_late_at: row.found_late_at,
                blocked_by,
            },
        })
    })
    .transpose()
}
