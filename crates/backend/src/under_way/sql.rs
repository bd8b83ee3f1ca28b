use super::Placed;
use crate::{Error, Result};
use serde_json::Value;
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

pub(super) async fn open(
    pool: &PgPool,
    staff_id: Uuid,
    managed_by: Option<Uuid>,
    at_renewal: bool,
    limit: i64,
) -> Result<Vec<Placed>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select i.id, i.kind, i.state, i.customer_id, c.name as "customer_name?", i.lines, i.at_renewal,
           i.order_id is not null as "ordered!", s.name as placed_by, i.requested_by = $1 as "own!",
           i.created_at as placed_at, i.settled_at, i.problem
           from intent i join staff s on s.id = i.requested_by left join customer c on c.id = i.customer_id
           where i.state not in ('completed', 'failed', 'cancelled', 'absent') and i.at_renewal = $3
           and ($2::uuid is null or i.requested_by = $1
               or i.customer_id in (select m.customer_id from customer_manager m where m.staff_id = $2))
           order by i.requested_by = $1 desc, i.created_at desc, i.id limit $4"#,
        staff_id,
        managed_by,
        at_renewal,
        limit,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Placed::try_from).collect()
}

pub(super) async fn settled(pool: &PgPool, staff_id: Uuid, since: OffsetDateTime, limit: i64) -> Result<Vec<Placed>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select i.id, i.kind, i.state, i.customer_id, c.name as "customer_name?", i.lines, i.at_renewal,
           i.order_id is not null as "ordered!", s.name as placed_by, true as "own!",
           i.created_at as placed_at, i.settled_at, i.problem
           from intent i join staff s on s.id = i.requested_by left join customer c on c.id = i.customer_id
           where i.requested_by = $1 and i.settled_at >= $2
           order by i.settled_at desc, i.id limit $3"#,
        staff_id,
        since,
        limit,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Placed::try_from).collect()
}

pub(super) async fn of_subscription(pool: &PgPool, staff_id: Uuid, subscription_id: &str) -> Result<Vec<Placed>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select i.id, i.kind, i.state, i.customer_id, c.name as "customer_name?", i.lines, i.at_renewal,
           i.order_id is not null as "ordered!", s.name as placed_by, i.requested_by = $1 as "own!",
           i.created_at as placed_at, i.settled_at, i.problem
           from intent i join staff s on s.id = i.requested_by left join customer c on c.id = i.customer_id
           where i.subscription_id = $2 and i.state not in ('completed', 'failed', 'cancelled', 'absent')
           order by i.created_at desc, i.id"#,
        staff_id,
        subscription_id,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Placed::try_from).collect()
}

struct Row {
    id: Uuid,
    kind: String,
    state: String,
    customer_id: String,
    customer_name: Option<String>,
    lines: Value,
    at_renewal: bool,
    ordered: bool,
    placed_by: String,
    own: bool,
    placed_at: OffsetDateTime,
    settled_at: Option<OffsetDateTime>,
    problem: Option<String>,
}

impl TryFrom<Row> for Placed {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            kind: row.kind,
            state: row.state.parse().map_err(|error: domain::UnknownIntentState| Error::Stored(error.to_string()))?,
            unsent: None,
            customer_id: row.customer_id,
            customer_name: row.customer_name,
            lines: serde_json::from_value(row.lines)?,
            at_renewal: row.at_renewal,
            ordered: row.ordered,
            placed_by: row.placed_by,
            own: row.own,
            placed_at: row.placed_at,
            settled_at: row.settled_at,
            problem: row.problem,
        })
    }
}
