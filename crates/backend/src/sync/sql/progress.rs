use crate::Result;
use crate::sync::progress::CollectionProgress;
use crate::sync::{CHANNEL, Collection};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

struct Row {
    collection: String,
    state: String,
    done: i32,
    total: Option<i32>,
    started_at: Option<OffsetDateTime>,
    complete_as_of: Option<OffsetDateTime>,
    finished_at: Option<OffsetDateTime>,
    calls: i32,
    changed: i32,
    error: Option<String>,
}

/// Every row; one of a collection this version does not know is left out.
pub(in crate::sync) async fn all(db: &mut PgConnection) -> Result<Vec<CollectionProgress>> {
    let rows = sqlx::query_as!(
        Row,
        "select collection, state, done, total, started_at, complete_as_of, finished_at, calls, changed, error
         from sync_progress"
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().filter_map(Row::into_progress).collect()
}

pub(in crate::sync) async fn as_of(pool: &PgPool, collection: Collection) -> Result<Option<OffsetDateTime>> {
    let row = sqlx::query_scalar!("select complete_as_of from sync_progress where collection = $1", collection.name());
    Ok(row.fetch_optional(pool).await?.flatten())
}

/// `None` unless every one of them has been complete.
pub(in crate::sync) async fn oldest_as_of(pool: &PgPool, collections: &[Collection]) -> Result<Option<OffsetDateTime>> {
    let names: Vec<_> = collections.iter().map(|collection| collection.name().to_owned()).collect();
    Ok(sqlx::query_scalar!(
        "select case when count(complete_as_of) = cardinality($1::text[]) then min(complete_as_of) end
         from sync_progress where collection = any($1)",
        &names,
    )
    .fetch_one(pool)
    .await?)
}

/// Marks the collection as asked for and wakes the process that reads.
pub(in crate::sync) async fn request(pool: &PgPool, collection: Collection) -> Result<()> {
    let mut db = pool.begin().await?;
    sqlx::query!(
        "insert into sync_progress (collection, state) values ($1, 'waiting')
         on conflict (collection) do update set state = 'waiting' where sync_progress.state <> 'running'",
        collection.name()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, collection.name()).execute(&mut *db).await?;
    Ok(db.commit().await?)
}

/// The row of one collection, if it has ever been begun or asked for.
pub(in crate::sync) async fn of(db: &mut PgConnection, collection: Collection) -> Result<Option<CollectionProgress>> {
    let row = sqlx::query_as!(
        Row,
        "select collection, state, done, total, started_at, complete_as_of, finished_at, calls, changed, error
         from sync_progress where collection = $1",
        collection.name()
    );
    row.fetch_optional(db).await?.and_then(Row::into_progress).transpose()
}

/// A new sweep begins.
pub(in crate::sync) async fn start(db: &mut PgConnection, collection: Collection, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into sync_progress (collection, state, started_at) values ($1, 'running', $2)
         on conflict (collection) do update set
             state = 'running', started_at = $2, done = 0, total = null, calls = 0, changed = 0, error = null",
        collection.name(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A sweep that did not reach the end goes on where it stopped.
pub(in crate::sync) async fn resume(db: &mut PgConnection, collection: Collection) -> Result<()> {
    sqlx::query!("update sync_progress set state = 'running' where collection = $1", collection.name())
        .execute(db)
        .await?;
    Ok(())
}

/// What a page adds to the progress.
pub(in crate::sync) struct Step {
    pub(in crate::sync) done: i32,
    pub(in crate::sync) total: i32,
    pub(in crate::sync) changed: i32,
}

/// One more page was read.
pub(in crate::sync) async fn page_read(db: &mut PgConnection, collection: Collection, step: Step) -> Result<()> {
    sqlx::query!(
        "update sync_progress set done = done + $2, total = $3, calls = calls + 1, changed = changed + $4, error = null
         where collection = $1",
        collection.name(),
        step.done,
        step.total,
        step.changed,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One more detail was read, or could not be read because of a `problem` of its own. `total`: how many there are, where they
/// were counted just now.
pub(in crate::sync) async fn detail_read(
    db: &mut PgConnection,
    collection: Collection,
    total: Option<i32>,
    problem: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "update sync_progress set done = done + 1, total = greatest(coalesce($2, total), done + 1), calls = calls + 1,
             changed = changed + 1, error = coalesce($3, error)
         where collection = $1",
        collection.name(),
        total,
        problem,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The sweep under way, if there is one, has reached the end.
pub(in crate::sync) async fn complete(
    db: &mut PgConnection,
    collection: Collection,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update sync_progress set state = 'idle', complete_as_of = started_at, finished_at = $2
         where collection = $1 and started_at is distinct from complete_as_of",
        collection.name(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was being read could not be; the position stays.
pub(in crate::sync) async fn fail(db: &mut PgConnection, collections: &[Collection], error: &str) -> Result<()> {
    let names: Vec<_> = collections.iter().map(|collection| collection.name().to_owned()).collect();
    sqlx::query!(
        "update sync_progress set state = 'failed', error = $2 where collection = any($1) and state = 'running'",
        &names,
        error,
    )
    .execute(db)
    .await?;
    Ok(())
}

impl Row {
    fn into_progress(self) -> Option<Result<CollectionProgress>> {
        let collection = Collection::from_name(&self.collection)?;
        Some(self.state.parse().map(|state| CollectionProgress {
            collection,
            state,
            done: self.done,
            total: self.total,
            started_at: self.started_at,
            as_of: self.complete_as_of,
            finished_at: self.finished_at,
            calls: self.calls,
            changed: self.changed,
            error: self.error,
        }))
    }
}
