//! What is not settled, for people.

use super::state;
use crate::Result;
use crate::writes::open::OpenWrite;
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

/// Writes not settled, and those of which was found since `since` that they were not carried out, or that nobody can ever
/// know here, until they are made again. The newest first, at most `limit`.
pub(in crate::writes) async fn open(
    pool: &PgPool,
    of: &Of<'_>,
    since: OffsetDateTime,
    limit: i64,
) -> Result<Vec<OpenWrite>> {
    let rows = sqlx::query!(
        r#"select w.id, w.kind, w.state, w.subject_id, w.asked_at, w.problem, w.settled_at, s.name as asked_by,
               coalesce(c.name, u.name, 'Order ' || o.order_number, r.name, w.after ->> 'name') as subject_name,
               w.customer_id, k.name as "customer_name?"
           from write w join staff s on s.id = w.asked_by
           left join customer c on w.subject_kind = 'customer' and c.id = w.subject_id
           left join subscription u on w.subject_kind = 'subscription' and u.id = w.subject_id
           left join marketplace_order o on w.subject_kind = 'order' and o.id = w.subject_id
           left join reseller r on w.subject_kind = 'reseller' and r.id = w.subject_id
           left join customer k on k.id = w.customer_id
           where (w.settled_at is null
               or (w.state in ('absent', 'unknown') and w.settled_at > $1 and not exists (select from write later
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
                settled: row.settled_at.is_some(),
            })
        })
        .collect()
}

/// Which writes are meant.
#[derive(Debug, Default)]
pub(in crate::writes) struct Of<'a> {
    pub(in crate::writes) subject_kind: Option<&'a str>,
    pub(in crate::writes) subject_id: Option<&'a str>,
    /// Asked for by this staff member, or about a customer that they look after.
    pub(in crate::writes) managed_by: Option<Uuid>,
}
