use crate::Result;
use crate::matching::batch::{Batch, BatchRow, RecentBatch, RowState};
use crate::matching::csv::Typed;
use crate::matching::managers::Manager;
use crate::matching::verdict::Verdict;
use serde::Serialize;
use sqlx::{PgConnection, PgPool};
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

pub(in crate::matching) async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    by: Uuid,
    now: OffsetDateTime,
    unused: &[String],
) -> Result<()> {
    sqlx::query!(
        "insert into matching_batch (id, checked_by, checked_at, unused) values ($1, $2, $3, $4)",
        id,
        by,
        now,
        unused,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A row as the statement takes it.
#[derive(Serialize)]
struct NewRow<'a> {
    line: i32,
    typed_customer: &'a str,
    typed_external_id: &'a str,
    typed_managers: &'a str,
    customer_id: Option<&'a str>,
    external_id_before: Option<&'a str>,
    external_id: Option<&'a str>,
    managers_before: &'a [Uuid],
    managers: Option<&'a [Uuid]>,
    state: &'static str,
    message: Option<String>,
}

pub(in crate::matching) async fn insert_rows(
    db: &mut PgConnection,
    batch_id: Uuid,
    typed: &[Typed],
    verdicts: &[Verdict],
) -> Result<()> {
    let row = |(typed, verdict): (&'_ Typed, &'_ Verdict)| {
        serde_json::to_value(NewRow {
            line: typed.line,
            typed_customer: &typed.customer,
            typed_external_id: &typed.external_id,
            typed_managers: &typed.managers,
            customer_id: verdict.customer_id.as_deref(),
            external_id_before: verdict.external_id_before.as_deref(),
            external_id: verdict.external_id.as_deref(),
            managers_before: &verdict.managers_before,
            managers: verdict.managers.as_deref(),
            state: verdict.state().as_str(),
            message: verdict.message(),
        })
    };
    let rows = typed.iter().zip(verdicts).map(row).collect::<Result<Vec<_>, _>>()?;
    sqlx::query!(
        "insert into matching_row (batch_id, line, typed_customer, typed_external_id, typed_managers, customer_id,
             external_id_before, external_id, managers_before, managers, state, message)
         select $1, row.* from jsonb_to_recordset($2) as row (
             line integer, typed_customer text, typed_external_id text, typed_managers text, customer_id text,
             external_id_before text, external_id text, managers_before uuid[], managers uuid[], state text, message text)",
        batch_id,
        serde_json::Value::from(rows),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::matching) async fn forget_unapplied(db: &mut PgConnection, before: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from matching_batch where checked_at < $1 and applied_at is null", before).execute(db).await?;
    Ok(())
}

/// Whether the caller is the one who applies it.
pub(in crate::matching) async fn begin_applying(
    db: &mut PgConnection,
    id: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<bool> {
    let begun = sqlx::query!(
        "update matching_batch set applied_by = $2, applied_at = $3 where id = $1 and applied_at is null",
        id,
        by,
        now,
    );
    Ok(begun.execute(db).await?.rows_affected() == 1)
}

pub(in crate::matching) async fn exists(db: &mut PgConnection, id: Uuid) -> Result<bool> {
    let exists = sqlx::query_scalar!(r#"select exists (select from matching_batch where id = $1) as "exists!""#, id);
    Ok(exists.fetch_one(db).await?)
}

/// The rows as they were typed, with what was shown of each; problems are not told again.
pub(in crate::matching) async fn checked(
    db: &mut PgConnection,
    batch_id: Uuid,
) -> Result<Vec<(Typed, (RowState, Verdict))>> {
    let rows = sqlx::query!(
        "select line, typed_customer, typed_external_id, typed_managers, customer_id, external_id_before, external_id,
         managers_before, managers, state from matching_row where batch_id = $1 order by line",
        batch_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let typed = Typed {
                line: row.line,
                customer: row.typed_customer,
                external_id: row.typed_external_id,
                managers: row.typed_managers,
            };
            let verdict = Verdict {
                customer_id: row.customer_id,
                external_id_before: row.external_id_before,
                external_id: row.external_id,
                managers_before: row.managers_before,
                managers: row.managers,
                problems: Vec::new(),
            };
            Ok((typed, (row.state.parse()?, verdict)))
        })
        .collect()
}

/// What became of a row when its batch was applied.
pub(in crate::matching) struct Settled {
    pub(in crate::matching) line: i32,
    pub(in crate::matching) state: &'static str,
    pub(in crate::matching) message: Option<String>,
}

/// Stores what became of the rows, and when the worker is to look at the batch.
pub(in crate::matching) async fn settle(
    db: &mut PgConnection,
    batch_id: Uuid,
    rows: &[Settled],
    look_at: Option<OffsetDateTime>,
) -> Result<()> {
    let lines: Vec<i32> = rows.iter().map(|row| row.line).collect();
    let states: Vec<String> = rows.iter().map(|row| row.state.to_owned()).collect();
    let messages: Vec<Option<String>> = rows.iter().map(|row| row.message.clone()).collect();
    sqlx::query!(
        "update matching_row r set state = s.state, message = s.message
         from unnest($2::integer[], $3::text[], $4::text[]) as s (line, state, message)
         where r.batch_id = $1 and r.line = s.line",
        batch_id,
        &lines,
        &states,
        &messages as &[Option<String>],
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update matching_batch set next_look_at = $2 where id = $1", batch_id, look_at).execute(db).await?;
    Ok(())
}

pub(in crate::matching) async fn get(pool: &PgPool, id: Uuid) -> Result<Option<Batch>> {
    let batch = sqlx::query!(
        r#"select b.checked_at, b.unused, c.name as checked_by, b.applied_at, a.name as "applied_by?",
           b.next_look_at is not null as "under_way!"
           from matching_batch b join staff c on c.id = b.checked_by left join staff a on a.id = b.applied_by
           where b.id = $1"#,
        id,
    )
    .fetch_optional(pool)
    .await?;
    let Some(batch) = batch else { return Ok(None) };
    let rows = rows(pool, id).await?;
    Ok(Some(Batch {
        id,
        checked_by: batch.checked_by,
        checked_at: batch.checked_at,
        applied: batch.applied_by.zip(batch.applied_at),
        under_way: batch.under_way,
        unused: batch.unused,
        rows,
    }))
}

async fn rows(pool: &PgPool, batch_id: Uuid) -> Result<Vec<BatchRow>> {
    let people = super::managers::people(&mut *pool.acquire().await?).await?;
    let people: HashMap<Uuid, Manager> = people.into_iter().map(|person| (person.staff_id, person)).collect();
    let named = |ids: Vec<Uuid>| ids.iter().filter_map(|id| people.get(id).cloned()).collect::<Vec<_>>();
    let rows = sqlx::query!(
        r#"select r.line, r.typed_customer, r.typed_external_id, r.typed_managers, r.customer_id, c.name as "name?",
           r.external_id_before, r.external_id, r.managers_before, r.managers, r.state, r.message, r.correlation_id
           from matching_row r left join customer c on c.id = r.customer_id where r.batch_id = $1 order by r.line"#,
        batch_id,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let name = row.name.or_else(|| row.customer_id.clone());
            Ok(BatchRow {
                line: row.line,
                typed: [row.typed_customer, row.typed_external_id, row.typed_managers],
                customer: row.customer_id.zip(name),
                external_id: row.external_id.map(|after| (row.external_id_before, after)),
                managers: row.managers.map(|after| (named(row.managers_before), named(after))),
                state: row.state.parse()?,
                message: row.message,
                correlation_id: row.correlation_id,
            })
        })
        .collect()
}

pub(in crate::matching) async fn recent(pool: &PgPool, limit: i64) -> Result<Vec<RecentBatch>> {
    Ok(sqlx::query_as!(
        RecentBatch,
        r#"select b.id, s.name as checked_by, b.checked_at, b.applied_at is not null as "applied!", r.rows as "rows!",
           r.problems as "problems!"
           from (select * from matching_batch order by checked_at desc limit $1) b join staff s on s.id = b.checked_by,
           lateral (select count(*) as rows, count(*) filter (where state in ('refused', 'failed', 'unknown')) as problems
               from matching_row where batch_id = b.id) r
           order by b.checked_at desc"#,
        limit,
    )
    .fetch_all(pool)
    .await?)
}
