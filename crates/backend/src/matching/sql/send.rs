use crate::Result;
use crate::matching::batch::RowState;
use crate::matching::outcome::MOST_LOOKS;
use crate::staff::Staff;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row whose batch the worker holds.
#[derive(Clone, Debug)]
pub(in crate::matching) struct Held {
    pub(in crate::matching) batch_id: Uuid,
    pub(in crate::matching) line: i32,
    pub(in crate::matching) customer_id: String,
    pub(in crate::matching) external_id_before: Option<String>,
    pub(in crate::matching) external_id: String,
    /// The row assigned account managers, too.
    pub(in crate::matching) managers_set: bool,
    pub(in crate::matching) state: RowState,
    pub(in crate::matching) sends: i32,
    pub(in crate::matching) looks: i32,
    /// Who applied the batch.
    pub(in crate::matching) by: Staff,
}

/// Takes the batch that has been due longest and holds it until `hold_until`. Others skip it.
pub(in crate::matching) async fn take(
    pool: &PgPool,
    now: OffsetDateTime,
    hold_until: OffsetDateTime,
) -> Result<Option<Uuid>> {
    let batch = sqlx::query_scalar!(
        "update matching_batch set next_look_at = $2
         where id = (
             select id from matching_batch where next_look_at <= $1 order by next_look_at, id limit 1
             for update skip locked
         )
         returning id",
        now,
        hold_until,
    );
    Ok(batch.fetch_optional(pool).await?)
}

/// The first row that has not come to its end.
pub(in crate::matching) async fn next_row(pool: &PgPool, batch_id: Uuid) -> Result<Option<Held>> {
    let row = sqlx::query!(
        r#"select r.line, r.customer_id as "customer_id!", r.external_id_before, r.external_id as "external_id!",
           r.managers is not null as "managers_set!", r.state, r.sends, r.looks, s.id, s.email, s.name, role_of(s.role) as "role!"
           from matching_row r join matching_batch b on b.id = r.batch_id join staff s on s.id = b.applied_by
           where r.batch_id = $1 and (r.state in ('waiting', 'sending') or (r.state = 'unknown' and r.looks < $2))
           order by r.line limit 1"#,
        batch_id,
        MOST_LOOKS,
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| {
        let role = crate::roles::assigned(row.role)?;
        Ok(Held {
            batch_id,
            line: row.line,
            customer_id: row.customer_id,
            external_id_before: row.external_id_before,
            external_id: row.external_id,
            managers_set: row.managers_set,
            state: row.state.parse()?,
            sends: row.sends,
            looks: row.looks,
            by: Staff { id: row.id, email: row.email, name: row.name, role },
        })
    })
    .transpose()
}

/// Marks the row as being sent; answers whether it still was where it stood. After a crash it is found so, and nobody
/// can know whether the call arrived.
pub(in crate::matching) async fn begin(pool: &PgPool, row: &Held) -> Result<bool> {
    let begun = sqlx::query!(
        "update matching_row set state = 'sending', sends = sends + 1
         where batch_id = $1 and line = $2 and state = $3 and sends = $4",
        row.batch_id,
        row.line,
        row.state.as_str(),
        row.sends,
    );
    Ok(begun.execute(pool).await?.rows_affected() == 1)
}

/// Moves the row on, unless somebody else did meanwhile; answers whether it was moved. A row that waits again was not
/// sent, so that try does not count.
pub(in crate::matching) async fn move_on(
    db: &mut PgConnection,
    row: &Held,
    state: RowState,
    message: Option<&str>,
    correlation_id: Option<&str>,
    looks: i32,
) -> Result<bool> {
    let moved = sqlx::query!(
        "update matching_row set state = $5, message = $6, correlation_id = coalesce($7, correlation_id), looks = $8,
         sends = sends - case when $5 = 'waiting' then 1 else 0 end
         where batch_id = $1 and line = $2 and state = $3 and sends = $4",
        row.batch_id,
        row.line,
        row.state.as_str(),
        row.sends,
        state.as_str(),
        message,
        correlation_id,
        looks,
    );
    Ok(moved.execute(db).await?.rows_affected() == 1)
}

pub(in crate::matching) async fn look_at(db: &mut PgConnection, batch_id: Uuid, at: OffsetDateTime) -> Result<()> {
    sqlx::query!("update matching_batch set next_look_at = $2 where id = $1", batch_id, at).execute(db).await?;
    Ok(())
}

/// The name of another customer who has the number and will not give it up: no row of the batch that is still to be
/// sent is theirs.
pub(in crate::matching) async fn holder(pool: &PgPool, row: &Held) -> Result<Option<String>> {
    let holder = sqlx::query_scalar!(
        "select c.name from customer c where c.external_id = $1 and c.id <> $2
         and not exists (
             select from matching_row r where r.batch_id = $3 and r.customer_id = c.id and r.external_id <> $1
             and r.state in ('waiting', 'sending', 'unknown')
         )
         order by c.id limit 1",
        row.external_id,
        row.customer_id,
        row.batch_id,
    );
    Ok(holder.fetch_optional(pool).await?)
}

/// Nothing of the batch is left to send.
pub(in crate::matching) async fn end(pool: &PgPool, batch_id: Uuid) -> Result<()> {
    sqlx::query!("update matching_batch set next_look_at = null where id = $1", batch_id).execute(pool).await?;
    Ok(())
}
